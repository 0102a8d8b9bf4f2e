"""What the page says on which several forms are sent at once."""

TITLE = "Send several forms"
BACK = "Back to the client"
HELP = "Tick the forms. For each you can say who signs it; without a tick it is whom the form asks for."
FORMS = "Forms"
WHO = "Who signs “{form}”"
THE_CLIENT = "The client"
ALL_OF_THEM = "All who are ticked have to sign"
ONLY_THEM = "Nobody else on the client's side sees this form"
DUE, DUE_HELP = "Due on", "One day for all of them. Leave it empty for none."
SEND = "Send the forms"
NO_FORMS = "There is no form to send"
NO_FORMS_HELP = "Publish a form first."
DAY_BAD = "Please enter a day that exists."
NEEDS_SIGNER = "Please tick who signs a form that nobody else may see."


def sent(count: int) -> str:
    """Say how many forms were sent."""
    return "1 form is on its way." if count == 1 else f"{count} forms are on their way."
