"""The rules against their slow restatement, over the whole space of facts; and what they cost."""

import json
import time
from datetime import date
from itertools import product
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.access.actor import Scope, Sight, StaffTask, Standing
from portal.access.codes import Code
from portal.access.decision import Decision
from portal.access.effective import QUESTIONS, effective
from portal.access.facts import Facts, Login, PersonFacts, StaffFacts
from portal.access.policies.billing import may_get_superbill
from portal.access.policies.forms import may_fill_forms, may_sign
from portal.access.policies.insurance import may_add_payer
from portal.access.policies.staff import may_do
from portal.access.policies.standing import forms_in_reach
from portal.access.queries import FIELD, ROW
from portal.access.reading import contact_from, facts_from
from portal.kit.ids import new_id
from portal.models import AddOn, AssignmentStatus, Basis, Permission, Role
from tests.access.restatement import (
    YES,
    GrantGiven,
    World,
    answer,
    answer_about_new_payers,
    answer_about_superbills,
    staff_answer,
    staff_scope,
    years_lived,
)
from tests.access.worlds import MIDNIGHT, SETTINGS, worlds

FORM = {"open": AssignmentStatus.IN_PROGRESS, "signed": AssignmentStatus.SUBMITTED, None: ""}
FORM_ID = new_id()


def folded_grant(grant: GrantGiven) -> str:
    return FIELD.join(
        [
            grant.permission,
            grant.basis,
            grant.first_day.isoformat(),
            grant.last_day.isoformat() if grant.last_day else "",
            "1" if grant.revoked else "",
            "1" if grant.renewed_by_client else "",
            str(FORM_ID) if grant.form else "",
            FORM[grant.form],
        ]
    )


def facts_of(world: World) -> Facts:
    """Put a world into a row such as the database gives, and read it."""
    values = {SETTINGS[name]: name in world.on_for_practice for name in SETTINGS}
    row: Any = SimpleNamespace(
        client_id=new_id(),
        given_name="Milo",
        family_name="Park",
        birth_date=world.born,
        client_archived_at=world.now if world.client_archived else None,
        organization_id=new_id(),
        slug="harbor",
        practice_name="Harbor Counseling",
        zone=world.zone,
        majority_age=world.age_of_majority,
        card_processing_connected_at=world.now if world.card_processing else None,
        contact_id=new_id(),
        contact_archived_at=world.now if world.removed_from_network else None,
        relationship="mother",
        settings=ROW.join(FIELD.join((name, json.dumps(on))) for name, on in values.items()),
        restrictions=ROW.join(SETTINGS[name] for name in sorted(world.off_for_client)) or None,
        grants=ROW.join(folded_grant(grant) for grant in world.grants) or None,
        add_ons=ROW.join(world.subscribed_assigned_therapist_for) or None,
    )
    login = Login(world.login)
    contact = contact_from(row, "Gina Park", login)
    person = contact if world.person_is == "contact" else PersonFacts(Standing.CLIENT, "Milo Park", login)
    facts = facts_from(row, world.now, person=person)
    assert facts is not None
    return facts


def in_words(decision: Decision) -> str:
    refusal = decision.first_refusal
    assert decision.allowed == (refusal is None)
    assert bool(decision.sentence) == (refusal is not None)
    return str(refusal.code) if refusal else YES


@settings(max_examples=1500, deadline=None)
@given(worlds)
def test_every_question_is_answered_as_product_md_says(world: World) -> None:
    facts = facts_of(world)
    assert {what: in_words(effective(facts, what)) for what in QUESTIONS} == {
        what: answer(world, what) for what in QUESTIONS
    }
    assert in_words(may_add_payer(facts)) == answer_about_new_payers(world)
    assert in_words(may_get_superbill(facts)) == answer_about_superbills(world)


@settings(max_examples=500, deadline=None)
@given(worlds)
def test_who_holds_a_grant_for_one_form_signs_that_form_alone(world: World) -> None:
    facts = facts_of(world)
    reach = forms_in_reach(facts)
    only_one_form = reach is not None
    assert may_sign(facts, FORM_ID).allowed == (
        may_fill_forms(facts).allowed and (not only_one_form or reach == {FORM_ID})
    )
    if only_one_form:
        assert not may_sign(facts, new_id()).allowed


@settings(max_examples=300, deadline=None)
@given(worlds, st.sampled_from(list(QUESTIONS)))
def test_the_world_covers_both_answers_and_every_step_has_its_words(world: World, what: Any) -> None:
    for step in effective(facts_of(world), what).steps:
        for sentence in (step.sentence, step.why):
            assert sentence
            assert "{" not in sentence
            assert sentence.endswith(".")


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("task", StaffTask)
def test_the_staff_table_is_that_of_product_md(role: Role, task: StaffTask) -> None:
    for works_there, assigned, asked, has in product((True, False), repeat=4):
        facts = StaffFacts(task, role, "Tess Rivera", "Harbor Counseling", works_there, assigned, asked and not has)
        expected = {"works_there": works_there, "assigned": assigned, "asked_for_code": asked, "has_code": has}
        assert in_words(may_do(facts)) == staff_answer(role, task, **expected)
    scope = staff_scope(role, task)
    assert scope is None or scope in Scope


def test_birthdays_are_counted_as_people_count_them() -> None:
    assert years_lived(date(2008, 2, 29), date(2026, 2, 28)) == 17
    assert years_lived(date(2008, 2, 29), date(2026, 3, 1)) == 18
    assert years_lived(date(2008, 2, 29), date(2028, 2, 28)) == 19
    assert years_lived(date(2008, 2, 29), date(2028, 2, 29)) == 20


def busy_world() -> World:
    """A mother with five grants whose every step holds: the longest way through the rules."""
    return World(
        now=MIDNIGHT,
        zone="America/New_York",
        person_is="contact",
        on_for_practice=set(SETTINGS),
        card_processing=True,
        subscribed_assigned_therapist_for=set(AddOn),
        born=date(2018, 2, 28),
        grants=[GrantGiven(one, Basis.PARENT, date(2027, 1, 1)) for one in reversed(Permission)],
    )


@pytest.mark.parametrize("what", QUESTIONS, ids=str)
def test_a_decision_takes_at_most_twenty_microseconds(what: Any) -> None:
    facts, rounds, patience = facts_of(busy_world()), 50, time.monotonic() + 5
    # Everything is hers but the client's own record, which is nobody else's: that refusal goes through every step too.
    expected = what is not Sight.OWN_RECORD
    assert effective(facts, what).allowed is expected

    def batch() -> float:
        started = time.thread_time()
        for _ in range(rounds):
            assert effective(facts, what).allowed is expected
        return (time.thread_time() - started) / rounds

    # A neighbour on the same core makes everything slow for a while: it is asked again until it had a quiet moment.
    best = batch()
    while best > 20e-6 and time.monotonic() < patience:
        best = min(best, batch())
    assert best <= 20e-6


def test_every_code_is_reached_by_some_rule() -> None:
    """A code without a rule would be a sentence that nobody is ever told."""
    seen: set[Code] = set()

    @settings(max_examples=1500, deadline=None, database=None)
    @given(worlds)
    def explore(world: World) -> None:
        facts = facts_of(world)
        for decision in (
            *(effective(facts, what) for what in QUESTIONS),
            may_add_payer(facts),
            may_get_superbill(facts),
            may_sign(facts, UUID(int=0)),
        ):
            seen.update(step.code for step in decision.steps if not step.passed)

    explore()
    staff = {Code.STAFF_DEACTIVATED, Code.NO_SECOND_FACTOR, Code.ROLE, Code.NOT_ASSIGNED, Code.NOT_IN_VIEW}
    assert seen | staff == set(Code)
