"""Invitations and requests to join. The use cases live in the `service_*` files beside this one; call them here."""

from portal.invitations.service_accepting import DeadInvitation, InvitationPage, open_invitation, read_invitation
from portal.invitations.service_inviting import (
    invite_people,
    preview_invitation,
    resend_invitation,
    revoke_invitation,
)
from portal.invitations.service_joining import JoinPage, ask_to_join, read_join_page
from portal.invitations.service_logins import Answer, Joined, WrongBirthDate, join_by_invitation
from portal.invitations.service_matching import (
    decide_new_client,
    decide_same_person,
    reject_join_request,
)
from portal.invitations.service_queue import count_join_requests, list_join_requests
from portal.invitations.service_status import (
    contact_invitation_status,
    invitation_status,
    staff_invitation_status,
)
from portal.invitations.service_templates import delete_template, list_templates, save_template

__all__ = [
    "Answer",
    "DeadInvitation",
    "InvitationPage",
    "JoinPage",
    "Joined",
    "WrongBirthDate",
    "ask_to_join",
    "contact_invitation_status",
    "count_join_requests",
    "decide_new_client",
    "decide_same_person",
    "delete_template",
    "invitation_status",
    "invite_people",
    "join_by_invitation",
    "list_join_requests",
    "list_templates",
    "open_invitation",
    "preview_invitation",
    "read_invitation",
    "read_join_page",
    "reject_join_request",
    "resend_invitation",
    "revoke_invitation",
    "save_template",
    "staff_invitation_status",
]
