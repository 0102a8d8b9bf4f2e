"""What administrators read on Organization, Client Portal."""

from portal.models import Colour
from portal.settings.catalog import CATALOG, MOST_HOURS, Kind, Setting, SettingName, Value

LEAD = "What clients and their contacts can do in the portal. Every change holds at once, also on pages that are open."
READ_ONLY = "You see how the portal is set up. Only an administrator can change it."
ANSWERING = "Answering messages"
ANSWERING_LABEL = "When you answer"
ANSWERING_HELP = (
    "It stands beside every box in which clients write. For example: Monday to Friday, within one working day."
)
ANSWERING_SAVE, ANSWERING_SAVED = "Save", "Saved. Clients see it beside every box."
COLOUR, COLOUR_LABEL = "Your mails", "Colour"
COLOUR_HELP = "Of the button and the edge of every mail in your practice's name. Each can be read in light and dark."
COLOUR_SAVE, COLOUR_SAVED = "Use this colour", "Saved. The next mail has this colour."
COLOURS = {
    Colour.TEAL: "Teal",
    Colour.BLUE: "Blue",
    Colour.VIOLET: "Violet",
    Colour.ROSE: "Rose",
    Colour.GREEN: "Green",
    Colour.SAND: "Sand",
}
FEATURES = "Client Portal Settings"
FEATURES_HELP = "These hold for the whole practice. Most can then be switched off for single clients."
NOTICES = "Client Notification Settings"
NOTICES_HELP = (
    "Clients get an email when someone at the practice, or in their network, does one of these. "
    "Every client can mute each of them."
)
TEAM = "Team Settings"
TEAM_HELP = "These are about how your own staff sign in."
SHORTCUTS = "Client Shortcuts"
SHORTCUTS_HELP = "Links to put on your website, in an email or on the wall. Clients you invite need none of them."
ON_THIS_PAGE = "On this page"
MANAGE_CLIENTS = "Manage Clients"
MANAGE_CLIENTS_HELP = (
    "Find a client, or choose several, to switch features off or back on for them, and to invite them. Open a "
    "client for single switches. What is off for the whole practice stays off for everybody."
)
HISTORY = "History of changes"
NO_HISTORY = "Nobody has changed a setting yet. Every change will be listed here: who, when, from what to what."
OLDER = "Show older changes"
UNIT = "hours"
HOURS_PROBLEM = f"Please enter whole hours, from 0 to {MOST_HOURS}."
UNDO, KEEP, GO_ON, SHOW = "Undo", "Leave it on", "Switch it off", "Show the address"
ON, OFF, NO_NOTICE = "on", "off", "no notice"

LOGIN_LINK = "Login link"
LOGIN_LINK_HELP = "For clients who have an account already. It opens the page where they sign in."
APPOINTMENT_LINK = "New Appointment link"
APPOINTMENT_LINK_HELP = "For clients who want another appointment. They sign in, and can ask for a time at once."
SCHEDULING_OFF = "Self-scheduling is switched off at the moment, so the link tells people to contact you."
INVITATION_LINK = "New Invitation link"
INVITATION_LINK_HELP = "For new people whom you have not added yet. They leave their name, and you decide who they are."
INVITATION_LINK_WARNING = (
    "This link should not be shared with clients who have already been added. Should one of them use it all the same, "
    "nothing is doubled: you are asked whether it is the same person."
)
SIGN_UP_OFF = "Sign-up is switched off at the moment, so the link asks people to contact you."
COPY, COPIED = "Copy", "Copied"
COPY_BY_HAND = "It is selected: press Ctrl+C, or hold and choose Copy."
QR_HELP = "Scan it with a phone, or print it."


def copy_label(link: str) -> str:
    """Name the button that copies a link."""
    return f"Copy {link}"


def qr_label(link: str) -> str:
    """Describe the picture of a link."""
    return f"QR code of the {link}"


def value_in_words(one: Setting, value: object) -> str:
    """Say a value as people do: "on", "24 hours"."""
    if one.kind is not Kind.HOURS:
        return ON if value is True else OFF
    if value == 0:
        return NO_NOTICE
    return "1 hour" if value == 1 else f"{value} hours"


def changed(one: Setting, new: Value) -> str:
    """Say what a setting is now, just after it was changed."""
    return f"{one.label}: now {value_in_words(one, new)}."


def history_line(name: str, old: object, new: object) -> tuple[str, str]:
    """Return what was changed, and from what to what; a setting that is gone keeps its bare name."""
    one = CATALOG.get(SettingName(name)) if name in set(SettingName) else None
    if one is None:
        return name, ""
    return one.label, f"From {value_in_words(one, old)} to {value_in_words(one, new)}"


def question_title(one: Setting, step: int) -> str:
    """Head the question before a setting is switched off."""
    if one.reveals_when_off:
        return "Show the address to clients?" if step == 0 else "Really show the address?"
    return f"Switch off “{one.label}”?"
