"""What the browser may see of invitations, and what it may send: plain values, ids and moments as text."""

from dataclasses import dataclass
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from portal.clients.views import ClientFields, KnownKind


class InvitationState(StrEnum):
    """How far an invitation has come."""

    NOT_INVITED = "not_invited"
    INVITED = "invited"
    FOLLOWED = "followed"
    JOINED = "joined"
    MAIL_REFUSED = "mail_refused"
    EXPIRED = "expired"
    REVOKED = "revoked"


class Invitee(BaseModel):
    """Who is to be invited: a client, or, with `contact_id`, a contact of that client. Ids as text."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    client_id: str
    contact_id: str = ""


@dataclass(frozen=True, slots=True)
class InvitationStatus:
    """How one person's newest invitation stands. Moments are ISO 8601, empty where there is none."""

    invitation_id: str
    state: InvitationState
    label: str
    email: str
    sent_at: str
    expires_at: str
    forms: int


@dataclass(frozen=True, slots=True)
class InvitationPreview:
    """What one person would get: the words before and after the button. `problem` says why they cannot be invited."""

    client_id: str
    contact_id: str
    name: str
    email: str
    subject: str
    before: str
    button: str
    after: str
    until: str
    forms: list[str]
    problem: str


@dataclass(frozen=True, slots=True)
class NotInvited:
    """Somebody to whom nothing was sent, and why."""

    client_id: str
    contact_id: str
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class InvitationsSent:
    """How sending went: the ids of the new invitations, and whom it passed over."""

    sent: list[str]
    passed_over: list[NotInvited]
    sentence: str


@dataclass(frozen=True, slots=True)
class MessageTemplate:
    """Words for invitations that the practice keeps."""

    id: str
    name: str
    body: str


class JoinFields(BaseModel):
    """What a stranger types on the join page. `birth_date` is "2010-05-31"."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    given_name: str
    family_name: str
    email: str
    birth_date: str = ""
    phone: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ServedClient:
    """A client whom somebody looks after."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Match:
    """Somebody whom a stranger looks like, with what is on record about them.

    `client_id` is the client whom this is, empty for a contact who is none; `serves` are those a contact looks after.
    """

    kind: KnownKind
    id: str
    name: str
    reason: str
    fields: ClientFields
    has_login: bool
    is_archived: bool
    client_id: str
    serves: list[ServedClient]


@dataclass(frozen=True, slots=True)
class JoinRequestView:
    """A stranger who asks to join, and whom they look like. `like` lists clients first, then contacts."""

    id: str
    name: str
    fields: ClientFields
    note: str
    asked_at: str
    like: list[Match]


@dataclass(frozen=True, slots=True)
class JoinDecided:
    """What was decided about a join request. `invited` says whether an invitation went out; if not, `sentence` why."""

    client_id: str
    invited: bool
    sentence: str
