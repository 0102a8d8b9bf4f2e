"""What we store: tables only, one file per subject. Importing this package fills the metadata."""

from portal.models.access_help import AccessHelp, IdentityCheck
from portal.models.accounts import Account, AccountLink, FirstRun, LinkPurpose, RecoveryCode, Session
from portal.models.audit import AccessLog, AccountEvent, AuditEvent, AuditHead
from portal.models.base import metadata
from portal.models.clients import (
    Basis,
    Client,
    ClientRestriction,
    ClientSearchWord,
    ClientTherapist,
    Contact,
    ContactLink,
    ContactSearchWord,
    Grant,
    Permission,
)
from portal.models.intake import (
    AssignmentSigner,
    AssignmentStatus,
    Form,
    FormAnswer,
    FormAssignment,
    FormResponse,
    FormSignature,
    FormVersion,
    SignerRule,
)
from portal.models.invitations import Invitation, InvitationForm, InvitationTemplate, JoinRequest, JoinStatus
from portal.models.notifications import MutedMail, OutboxMail, OutboxStatus
from portal.models.organizations import (
    AddOn,
    Location,
    Membership,
    Organization,
    OrganizationSetting,
    Role,
    Subscription,
)
from portal.models.triggers import install_triggers

__all__ = [
    "AccessHelp",
    "AccessLog",
    "Account",
    "AccountEvent",
    "AccountLink",
    "AddOn",
    "AssignmentSigner",
    "AssignmentStatus",
    "AuditEvent",
    "AuditHead",
    "Basis",
    "Client",
    "ClientRestriction",
    "ClientSearchWord",
    "ClientTherapist",
    "Contact",
    "ContactLink",
    "ContactSearchWord",
    "FirstRun",
    "Form",
    "FormAnswer",
    "FormAssignment",
    "FormResponse",
    "FormSignature",
    "FormVersion",
    "Grant",
    "IdentityCheck",
    "Invitation",
    "InvitationForm",
    "InvitationTemplate",
    "JoinRequest",
    "JoinStatus",
    "LinkPurpose",
    "Location",
    "Membership",
    "MutedMail",
    "Organization",
    "OrganizationSetting",
    "OutboxMail",
    "OutboxStatus",
    "Permission",
    "RecoveryCode",
    "Role",
    "Session",
    "SignerRule",
    "Subscription",
    "install_triggers",
    "metadata",
]
