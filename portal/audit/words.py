"""What the entries of the chain and the logs are called, for people. A test holds that every action in use is here."""

from portal.audit.rules import Fault, Problem

ACTIONS = {
    "setting.changed": "changed a setting of the practice",
    "setting.off_for_client": "switched a setting off for one client",
    "setting.as_practice_for_client": "let the practice's setting hold for a client again",
    "form.imported": "added a form to the practice's forms",
    "form.sent": "sent a form",
    "form.seen": "opened a form for the first time",
    "form.started": "gave the first answer of a form",
    "form.submitted": "signed and submitted a form",
    "client.added": "added a client",
    "client.edited": "changed a client's particulars",
    "client.archived": "archived a client",
    "client.restored": "restored a client",
    "client.therapists_changed": "changed a client's therapists",
    "client.came_of_age": "came of age, so that access as parent or guardian ended",
    "client.coming_of_age_announced": "told staff and family that a client comes of age",
    "clients.imported": "imported clients from a file",
    "clients.exported": "exported the list of clients",
    "contact.added": "added somebody to a contact network",
    "contact.edited": "changed a contact's particulars",
    "contact.relationship_changed": "changed what a contact is to a client",
    "contact.removed": "took somebody out of a contact network",
    "contact.became_client": "made a contact a client too",
    "grant.given": "let a contact do something for a client",
    "grant.changed": "changed what a contact may do",
    "grant.ended": "ended what a contact may do",
    "grant.renewed": "kept a grant of a parent or guardian after coming of age",
    "invitation.sent": "sent an invitation",
    "invitation.sent_again": "sent an invitation again, so that the older link died",
    "invitation.revoked": "withdrew an invitation",
    "invitation.accepted": "accepted an invitation and joined",
    "invitation.locked": "closed an invitation after five wrong dates of birth",
    "invitation.template_saved": "saved a message for invitations",
    "invitation.template_deleted": "deleted a message for invitations",
    "join.received": "received a request to join",
    "join.same_person": "decided that somebody who asked to join is a client already",
    "join.new_client": "made somebody who asked to join a new client",
    "join.rejected": "rejected a request to join",
    "staff.invited": "invited somebody to the team",
    "staff.role_changed": "changed the role of somebody on the team",
    "staff.deactivated": "closed the access of somebody on the team",
    "staff.reactivated": "let somebody back into the team",
    "subscription.started": "bought an add-on for a therapist",
    "subscription.ended": "ended an add-on of a therapist",
    "administrator.created": "made somebody an administrator of the practice",
}
ACCOUNT_ACTIONS = {
    "invitation_accepted": "accepted an invitation",
    "signed_in": "signed in",
    "signed_out": "signed out",
    "signed_out_everywhere": "signed out on every device",
    "session_ended": "ended the session of another device",
    "account_created": "got a login",
    "profile_changed": "changed the name of the account",
    "password_changed": "changed the password",
    "password_reset_requested": "asked for a link to set a new password",
    "password_reset": "set a new password by a link",
    "email_change_requested": "asked to change the e-mail address",
    "email_changed": "changed the e-mail address",
    "email_change_undone": "took back a change of the e-mail address",
}
ACCESS_KINDS = {
    "answers": "read the answers of a form",
}
FAULTS = {
    Fault.CHANGED: "Entry {place} was changed after it was written.",
    Fault.MISSING: "Entry {place} is missing.",
    Fault.REORDERED: "Entry {place} does not stand where it was written.",
}


def fault_sentence(problem: Problem) -> str:
    """Say in one sentence what is wrong with a place in the chain."""
    return FAULTS[problem.fault].format(place=problem.sequence)
