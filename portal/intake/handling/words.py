"""What staff and clients read about the life of a form that was sent."""

from portal.models import AssignmentStatus

STATUS = {
    AssignmentStatus.SENT: "Sent, not opened yet",
    AssignmentStatus.SEEN: "Opened",
    AssignmentStatus.IN_PROGRESS: "Being filled in",
    AssignmentStatus.SIGNING: "Signed by some, others still have to sign",
    AssignmentStatus.SUBMITTED: "Signed and sent",
    AssignmentStatus.RETURNED: "Returned to be corrected",
    AssignmentStatus.COMPLETED: "Completed",
    AssignmentStatus.REVOKED: "Taken back",
    AssignmentStatus.EXPIRED: "Expired",
}
STEPS = {
    "form.sent": "Sent",
    "form.seen": "Opened for the first time",
    "form.started": "First answer",
    "form.signed": "Signed, others still have to sign",
    "form.submitted": "Signed and sent",
    "form.commented": "Commented on",
    "form.returned": "Returned to be corrected",
    "form.countersigned": "Countersigned and completed",
    "form.completed": "Completed",
    "form.revoked": "Taken back",
    "form.expired": "Expired",
    "form.reminded": "Reminded",
    "form.alert_raised": "An answer that you are told of at once",
    "form.alert_acknowledged": "Alert taken note of",
}
STEPS_OF_ANSWERS = frozenset({"form.alert_raised", "form.alert_acknowledged"})
"""The steps that tell something of what was answered."""
MOVED_ON = "This form has moved on meanwhile. You see the latest now; nothing was changed."
NOT_NOW = "This cannot be done with the form as it is now."
SAY_WHAT = "Please say what has to be corrected: comment on an answer, or write a few words."
EMPTY_COMMENT = "Please write a few words."
NO_SUCH_ITEM = "This form has no such question."
COUNTERSIGN_FIRST = "This form has to be countersigned. It is complete after that."
NO_COUNTERSIGN = "This form needs no countersignature."
NOBODY_TO_REMIND = "Nobody who is asked to fill this in has a login yet. Invite them first."
REMINDED_TODAY = "A reminder went out today already."
WAITS_ALREADY = "This form waits on the client's list already. Choose Remind there."
NOT_IN_USE = "This form is not in use any more. Please choose another one under Send a form."
THERAPIST_OF = "{role}, {practice}"
ROLES = {"admin": "administrator", "therapist": "therapist"}
INTENT = "I have read this form with its answers and signatures, and I countersign it as {capacity}."
