"""The kinds of mail. A mail names the practice and the person it goes to; no health information, no third person."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from portal.access.actor import Capability, Sight
from portal.models import Permission, Role


class Audience(StrEnum):
    """Whom a kind of mail that can be muted is for."""

    STAFF = "staff"
    CLIENT = "client"


_EVERYBODY = frozenset(Role)
_CARE = frozenset({Role.ADMIN, Role.THERAPIST})
BOOKKEEPERS = frozenset({Role.ADMIN, Role.BILLER})
"""Those who are told of money that came in."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of mail: its subject, and what its template needs besides `practice`, `name` and `origin`.

    With `audience` and `label` ("Tell me when …") whoever gets it can mute it on the account page; nothing else is
    needed for that. Of a kind for staff `roles` are those that get it. What is about the login itself, or answers
    somebody, cannot be muted. What it `attaches` is a part of the context that goes out as a file beside the words.
    `of_login`: it is about the login itself, so that it stays with the address it was written to; every other kind
    follows a person to a new one. Older than it is `good_for` it says nothing of use any more. `sight` is what whoever
    gets it has to be allowed for the client that it is about, still when it is sent.
    """

    subject: str
    needs: frozenset[str] = frozenset()
    audience: Audience | None = None
    label: str = ""
    roles: frozenset[Role] = _EVERYBODY
    attaches: frozenset[str] = frozenset()
    of_login: bool = False
    good_for: timedelta | None = None
    sight: Capability | None = None


def _login(subject: str, *needs: str, good_for: timedelta | None = None) -> Kind:
    return Kind(subject, frozenset(needs), of_login=True, good_for=good_for)


def _appointment(subject: str, label: str) -> Kind:
    return Kind(
        subject,
        frozenset({"when", "where", "link"}),
        audience=Audience.CLIENT,
        label=label,
        attaches=frozenset({"calendar"}),
        good_for=timedelta(days=7),
        sight=Sight.APPOINTMENTS,
    )


def _for_therapists(subject: str, label: str) -> Kind:
    needs, good_for = frozenset({"when"}), timedelta(days=7)
    return Kind(subject, needs, audience=Audience.STAFF, label=label, roles=_CARE, good_for=good_for)


KINDS: Mapping[str, Kind] = {
    "reset_password": _login("Choose a new password", "link", "when", good_for=timedelta(minutes=30)),
    "password_changed": _login("Your password was changed", "when"),
    "confirm_email": _login("Confirm your new email address", "link", "when", good_for=timedelta(hours=24)),
    "email_in_use": _login("Somebody tried to use your email address", "when"),
    "email_changed": _login("Your email address was changed", "link", "when", good_for=timedelta(days=7)),
    "new_device": _login("A new device signed in", "device", "when"),
    "second_factor_on": _login("Codes at sign-in are switched on", "when"),
    "second_factor_off": _login("Codes at sign-in are switched off", "when"),
    "recovery_codes_made": _login("You have new recovery codes", "when"),
    "recovery_code_used": _login("A recovery code was used", "when"),
    "access_help": _login("Sign in again", "link", good_for=timedelta(days=7)),
    "access_help_asked": _login("Somebody asked for help with signing in"),
    "invitation": _login("You are invited", "before", "after", "link", "until", good_for=timedelta(0)),
    "join_received": _login("Your message has arrived"),
    "form_sent": Kind(
        "A form is there for you", audience=Audience.CLIENT, label="A form is sent to me", sight=Permission.FORMS
    ),
    "form_returned": Kind("A form needs another look", sight=Permission.FORMS),
    "form_reminder": Kind("A form is waiting for you", sight=Permission.FORMS),
    "form_alert": Kind("Something needs you now"),
    "message_waiting": Kind(
        "A message waits for you",
        frozenset({"link"}),
        audience=Audience.CLIENT,
        label="A message waits for me that I have not read for 15 minutes",
        sight=Permission.MESSAGING,
    ),
    "message_waiting_staff": Kind(
        "A message waits for you",
        frozenset({"link"}),
        audience=Audience.STAFF,
        label="A message waits for me that I have not read for 15 minutes",
        roles=_CARE,
    ),
    "receipt": Kind("Your receipt", frozenset({"amount", "receipt"})),
    "insurance_proposed": Kind(
        "Something waits for you",
        audience=Audience.STAFF,
        label="Somebody sends a change of insurance",
        roles=BOOKKEEPERS,
    ),
    "insurance_decided": Kind(
        "Your practice has answered",
        frozenset({"link"}),
        audience=Audience.CLIENT,
        label="My practice answers what I sent about insurance",
        sight=Permission.INSURANCE,
    ),
    "form_submitted": Kind(
        "A form has arrived", audience=Audience.STAFF, label="A form was signed and sent to me", roles=_CARE
    ),
    "payment_received": Kind(
        "A payment has arrived", audience=Audience.STAFF, label="A client pays in the portal", roles=BOOKKEEPERS
    ),
    "access_changed": Kind("Your access changed", frozenset({"when"})),
    "record_access_changed": Kind("Somebody's access changed", frozenset({"when"})),
    "coming_of_age_staff": Kind("Access to a record changes soon", frozenset({"client", "when"})),
    "coming_of_age_family": Kind("Your access changes soon", frozenset({"when"})),
    "appointment_created": _appointment("A new appointment", "An appointment is made"),
    "appointment_rescheduled": _appointment("An appointment was moved", "An appointment is moved"),
    "appointment_cancelled": _appointment("An appointment was cancelled", "An appointment is cancelled"),
    "appointment_deleted": _appointment("An appointment was removed", "An appointment is removed"),
    "request_confirmed": _appointment("Your request was confirmed", "A request for an appointment is confirmed"),
    "request_declined": _appointment("About your request", "A request for an appointment is declined"),
    "request_undone": _appointment("Your request is open again", "An answer to a request is taken back"),
    "appointment_reminder": _appointment("An appointment in two days", "A reminder, two days before an appointment"),
    "request_received": _for_therapists("A new request", "Somebody asks me for an appointment"),
    "appointment_taken": _for_therapists("A time was taken", "Somebody takes a time that I suggested"),
    "appointment_given_back": _for_therapists("A time was given back", "Somebody cancels an appointment with me"),
}


def check_context(kind: str, context: Mapping[str, str]) -> None:
    """Raise ValueError when a kind is unknown, or its context holds too little, too much or something but text."""
    known = KINDS.get(kind)
    if known is None:
        raise ValueError(f"There is no mail of the kind {kind!r}.")
    if set(context) != (whole := known.needs | known.attaches):
        raise ValueError(f"A mail of the kind {kind!r} needs exactly: {', '.join(sorted(whole)) or 'nothing'}.")
    if not all(isinstance(value, str) for value in context.values()):
        raise ValueError("A mail's context is text.")


def kinds_to_mute(audience: Audience, roles: Collection[Role] = _EVERYBODY) -> Mapping[str, str]:
    """Return the label of every kind of mail that this side, or staff with these roles, can mute, by kind."""
    return {
        name: kind.label
        for name, kind in KINDS.items()
        if kind.audience is audience and not kind.roles.isdisjoint(roles)
    }
