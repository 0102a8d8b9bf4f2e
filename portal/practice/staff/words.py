"""What administrators read on Organization, Team."""

LEAD = "Who works in your practice, what each may do, and the add-ons you have bought for them."
MEMBERS = "Staff"
INVITE = "Invite somebody"
INVITE_HELP = "They get an email with a link, choose a password and can begin. The link works once, for 7 days."
NAME, EMAIL, ROLE = "Name", "Email", "Role"
SEND = "Send invitation"
SEND_AGAIN = "Send the invitation again"
CHANGE, SAVE = "Change", "Save"
CLOSE = "Close access"
LET_BACK = "Let back in"
CLOSED = "Access closed"
YOU = "You"
CLOSE_HELP = "They are signed out everywhere at once. What they did stays, and so do their clients."
NOT_YOURSELF = "You cannot close your own access. Another administrator can."
KEEP = "Leave it"


def clients(count: int) -> str:
    """Say how many clients are assigned."""
    return "No assigned clients" if count == 0 else "1 assigned client" if count == 1 else f"{count} assigned clients"


def invited(name: str) -> str:
    """Say that somebody was invited."""
    return f"{name} is invited. The email is on its way."


def role_saved(name: str, role: str) -> str:
    """Say what somebody is now."""
    return f"{name}: now {role.lower()}."


def switched(name: str, add_on: str, on: bool) -> str:
    """Say that an add-on was bought or ended."""
    return f"{add_on} is {'on' if on else 'off'} for {name}."


def closing(name: str, clients_left: int) -> tuple[str, list[str]]:
    """Ask before somebody's access is closed: the title and the lines."""
    left = [f"{clients(clients_left)} will have no therapist who can sign in."] if clients_left else []
    return f"Close the access of {name}?", [CLOSE_HELP, *left]


def closed(name: str) -> str:
    """Say that somebody's access is closed."""
    return f"The access of {name} is closed."


def back(name: str) -> str:
    """Say that somebody is back."""
    return f"{name} is back on the team."
