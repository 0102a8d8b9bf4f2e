"""What administrators read about their team."""

from collections.abc import Mapping

from portal.models import AddOn, Role

ROLES: Mapping[Role, str] = {
    Role.ADMIN: "Administrator",
    Role.THERAPIST: "Therapist",
    Role.BILLER: "Biller",
    Role.FRONT_DESK: "Front desk",
}
ROLE_HELP: Mapping[Role, str] = {
    Role.ADMIN: "Sees and decides everything: settings, team, all clients, money, the audit.",
    Role.THERAPIST: "Sees the clients assigned to them: forms, appointments, messages, balance.",
    Role.BILLER: "Sees every client's name, contact data and money. No forms, no messages.",
    Role.FRONT_DESK: "Sees every client's name, contact data and appointments. Invites, and sends forms.",
}
ADD_ONS: Mapping[AddOn, str] = {
    AddOn.MESSAGING: "Secure messaging",
    AddOn.SELF_SCHEDULING: "Self-scheduling",
}
OPEN_TEAM = "To do this, open Team first."
NAME_MISSING = "Please enter a name."
NAME_LONG = "Please use at most 120 letters for the name."
NAME_ODD = "The name has a character that cannot be used. Please type it again."
EMAIL_MISSING = "Please enter an email address: the invitation goes there."
ON_THE_TEAM = "{name} is on your team already, with this email address."
WAS_ON_THE_TEAM = "{name} was on your team with this email address. Let them back in instead."
LAST_ADMIN = "Your practice needs at least one administrator who can sign in. Make somebody else one first."
NOT_YOURSELF = "You cannot close your own access. Another administrator can."
HAS_CLIENTS = "{name} still has {count} assigned clients. Give them to somebody else first."
NOT_ACTIVE = "{name} is not active. Let them back in first."
NO_CARE = "Only therapists and administrators can have this."
NO_CLIENTS = "Please choose at least one client."
TOO_MANY_CLIENTS = "Please choose at most 200 clients at a time."
HAS_JOINED = "{name} has joined already."
