"""What a grant may say, and where it stands. Whether it covers today is access.policies' answer. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from portal.access.codes import Code
from portal.access.facts import Facts, HeldGrant
from portal.access.policies.standing import has_ended_with_age, why_not_covering
from portal.access.words import why
from portal.clients import words
from portal.clients.rules import InvalidFields
from portal.clients.views_network import GrantFields, GrantState, GrantView, Preset, PresetView
from portal.errors import Invalid
from portal.kit.clock import birthday
from portal.kit.text import is_printable, tidy
from portal.models import Basis, Grant, Permission

LONGEST_NOTE = 400
MONEY = frozenset({Permission.PAYMENTS, Permission.INSURANCE})
"""What those see of grants who see clients for the money alone."""
_FURTHEST = timedelta(days=36525)
_OF_AGE = frozenset({Basis.PARENT, Basis.LEGAL_GUARDIAN})

PRESETS: Mapping[Preset, tuple[str, str, tuple[Permission, ...], Basis]] = MappingProxyType(
    {
        Preset.PARENT: (
            "Parent or guardian",
            "Everything, until the client comes of age.",
            tuple(Permission),
            Basis.PARENT,
        ),
        Preset.PAYER: ("Payer only", "Payments, and nothing else.", (Permission.PAYMENTS,), Basis.PAYER_ONLY),
        Preset.SCHEDULER: ("Scheduler", "Asks for appointments and sees them.", (Permission.SCHEDULING,), Basis.OTHER),
        Preset.CASEWORKER: (
            "Agency caseworker",
            "Completes forms and looks after appointments and insurance.",
            (Permission.FORMS, Permission.SCHEDULING, Permission.INSURANCE),
            Basis.AGENCY,
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Terms:
    """On what basis, on which days, and why somebody was given access; the last day still counts."""

    basis: Basis
    first_day: date
    last_day: date | None
    note: str


def list_presets() -> list[PresetView]:
    """Return the sets of grants that a form can start with."""
    return [
        PresetView(preset, label, text, [permission.value for permission in permissions], basis.value)
        for preset, (label, text, permissions, basis) in PRESETS.items()
    ]


def check_terms(fields: GrantFields, *, basis: Basis, today: date, first_day: date) -> Terms:
    """Return what was typed about a grant; `first_day` counts where none was typed.

    Raises InvalidFields for an end before the start or in the past, days that are none, and long notes.
    """
    first = read_day("first_day", fields.first_day, today) or first_day
    last = read_day("last_day", fields.last_day, today)
    note = tidy(fields.note)
    if last is not None and last < first:
        raise InvalidFields({"last_day": words.END_BEFORE_START})
    if last is not None and last < today:
        raise InvalidFields({"last_day": words.END_IN_PAST})
    if len(note) > LONGEST_NOTE or not is_printable(note):
        raise InvalidFields({"note": words.NOTE_LONG})
    return Terms(basis, first, last, note)


def read_day(field: str, text: str, today: date) -> date | None:
    """Read a day, None for nothing; within a hundred years of today."""
    if not text.strip():
        return None
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        raise InvalidFields({field: words.DAY_BAD}) from None
    if abs(day - today) > _FURTHEST:
        raise InvalidFields({field: words.DAY_FAR})
    return day


def refuse_of_age(terms: Terms, facts: Facts) -> None:
    """Refuse a basis that ends with age for a client who is of age: it would look like access, and be none."""
    grant = HeldGrant(Permission.FORMS, terms.basis, terms.first_day)
    if has_ended_with_age(grant, facts.client.birth_date, facts.practice.majority_age, facts.today):
        raise Invalid(words.CLIENT_OF_AGE.format(client=facts.client.name))


def ends_with_age(grant: Grant, facts: Facts) -> date | None:
    """Return the birthday on which a grant ends by itself; None for one that does not."""
    born = facts.client.birth_date
    if grant.basis not in _OF_AGE or grant.renewed_at is not None or born is None:
        return None
    return birthday(born, facts.practice.majority_age)


def held(grant: Grant, *, is_form_open: bool) -> HeldGrant:
    """Return a stored grant as the rules look at it."""
    return HeldGrant(
        permission=grant.permission,
        basis=grant.basis,
        first_day=grant.first_day,
        last_day=grant.last_day,
        is_ended=grant.ended_at is not None,
        is_renewed=grant.renewed_at is not None,
        assignment_id=grant.assignment_id,
        is_form_open=is_form_open,
    )


def view_grant(grant: Grant, facts: Facts, *, is_form_open: bool, note: str = "") -> GrantView:
    """Return a grant as people see it, with where it stands today; `note` is for staff alone."""
    code = why_not_covering(held(grant, is_form_open=is_form_open), facts)
    birthday_end = ends_with_age(grant, facts)
    return GrantView(
        id=str(grant.id),
        permission=grant.permission.value,
        label=words.PERMISSIONS[grant.permission],
        basis=grant.basis.value,
        basis_label=words.BASES[grant.basis],
        first_day=grant.first_day.isoformat(),
        last_day=grant.last_day.isoformat() if grant.last_day else "",
        note=note,
        one_form=grant.assignment_id is not None,
        state=_state(code),
        reason=why(code, False, facts.names(grant.permission)) if code else "",
        ends_with_age=birthday_end.isoformat() if birthday_end else "",
    )


def _state(code: Code | None) -> GrantState:
    if code is None:
        return GrantState.RUNNING
    return GrantState.NOT_YET if code is Code.GRANT_NOT_YET else GrantState.OVER
