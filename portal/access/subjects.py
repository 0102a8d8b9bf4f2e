"""Whom an account can act for, and where it works: what the home page and the person switcher start from."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self
from uuid import UUID

from portal.access.actor import AccountAccess, Capability, Person, StaffTask, Standing, Viewing
from portal.access.decision import Decision
from portal.access.effective import QUESTIONS, everything
from portal.access.facts import Facts
from portal.access.permissions import tasks_of
from portal.access.policies.standing import forms_in_reach
from portal.access.reading import facts_from
from portal.models import Role


@dataclass(frozen=True, slots=True)
class Subject:
    """One client before whom an account stands, with the answer to every question.

    `relationship` ("mother") is empty for oneself. `only_assignments` as in ClientAccess.
    """

    client_id: UUID
    name: str
    given_name: str
    organization_id: UUID
    practice_slug: str
    practice_name: str
    zone: str
    standing: Standing
    relationship: str
    decisions: Mapping[Capability, Decision]
    only_assignments: frozenset[UUID] | None

    @property
    def is_self(self) -> bool:
        """Whether this is the person's own record."""
        return self.standing is Standing.CLIENT

    @property
    def may_act(self) -> bool:
        """Whether anything at all is allowed for this client, now."""
        return any(decision.allowed for decision in self.decisions.values())

    @property
    def reach(self) -> tuple[str, frozenset[str], frozenset[UUID] | None]:
        """Return for whom what is allowed, now, in a form that can be kept and compared."""
        allowed = frozenset(str(capability) for capability, decision in self.decisions.items() if decision.allowed)
        return str(self.client_id), allowed, self.only_assignments

    @property
    def closed_because(self) -> str:
        """Say why nothing is allowed: of all that stands in the way what comes last, as they got furthest there."""
        passed = {
            question: next((place for place, step in enumerate(decision.steps) if not step.passed), 0)
            for question, decision in self.decisions.items()
        }
        return self.decisions[max(passed, key=lambda question: passed[question])].sentence

    def may(self, capability: Capability) -> bool:
        """Whether one thing is allowed for this client, now."""
        return self.decisions[capability].allowed


@dataclass(frozen=True, slots=True)
class ActingAccess:
    """Proof of a live session, with everybody whom the person may act for now. Made by access.gate alone.

    `viewing` as in ClientAccess: then there is one client, with what both may see. `closed` as in Subjects.
    """

    actor: Person
    now: datetime
    clients: tuple[Subject, ...]
    viewing: Viewing | None = None
    closed: tuple[Subject, ...] = ()

    @property
    def eyes(self) -> UUID:
        """As in ClientAccess."""
        return self.viewing.account_id if self.viewing else self.actor.account_id


@dataclass(frozen=True, slots=True)
class Workplace:
    """A practice in which an account is staff. `lacks_second_factor`: it asks for codes at sign-in, they have none."""

    membership_id: UUID
    organization_id: UUID
    practice_slug: str
    practice_name: str
    role: Role
    lacks_second_factor: bool = False

    @property
    def tasks(self) -> frozenset[StaffTask]:
        """What may be done here at all: what the role includes, and nothing where a second factor is missing."""
        return frozenset() if self.lacks_second_factor else tasks_of(self.role)


@dataclass(frozen=True, slots=True)
class Subjects:
    """Everything that an account reaches.

    `clients` are those it can act for now: itself first (in each practice), then the others by name. `closed` are
    those before whom it stands with nothing allowed at the moment; the decisions in them say why.
    """

    account: AccountAccess
    clients: tuple[Subject, ...]
    closed: tuple[Subject, ...]
    memberships: tuple[Workplace, ...]

    @classmethod
    def sorted(cls, account: AccountAccess, found: Iterable[Facts], memberships: tuple[Workplace, ...]) -> Self:
        """Sort the clients that were found into those one can act for and the rest."""
        ordered = [subject_from(facts) for facts in sorted(found, key=_order)]
        return cls(
            account,
            tuple(subject for subject in ordered if subject.may_act),
            tuple(subject for subject in ordered if not subject.may_act),
            memberships,
        )

    @property
    def actor(self) -> Person:
        """Who is signed in."""
        return self.account.actor

    @property
    def now(self) -> datetime:
        """The moment that everything here is true of."""
        return self.account.now

    @property
    def default(self) -> Subject | None:
        """Whom one acts for when the address names nobody."""
        return next(iter((*self.clients, *self.closed)), None)


def subject_from(facts: Facts, decisions: Mapping[Capability, Decision] | None = None) -> Subject:
    """Build what the home page knows of one client; `decisions` where they are not the person's own alone."""
    return Subject(
        client_id=facts.client.client_id,
        name=facts.client.name,
        given_name=facts.client.given_name,
        organization_id=facts.practice.organization_id,
        practice_slug=facts.practice.slug,
        practice_name=facts.practice.name,
        zone=facts.practice.zone,
        standing=facts.person.standing,
        relationship=facts.person.relationship,
        decisions=everything(facts) if decisions is None else decisions,
        only_assignments=forms_in_reach(facts),
    )


def default_facts(rows: Sequence[Any], now: datetime) -> Facts | None:
    """Return the facts about the client whom the account acts for by default; None when it stands before nobody."""
    found = sorted((facts for row in rows if (facts := facts_from(row, now))), key=_order)
    return next((facts for facts in found if _may_act(facts)), found[0] if found else None)


def _may_act(facts: Facts) -> bool:
    return any(question(facts).allowed for question in QUESTIONS.values())


def _order(facts: Facts) -> tuple[bool, str, str, str]:
    is_other = facts.person.standing is not Standing.CLIENT
    return is_other, facts.client.name.casefold(), facts.practice.name.casefold(), str(facts.client.client_id)
