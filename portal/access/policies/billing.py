"""Money."""

from portal.access.actor import Standing
from portal.access.codes import Code
from portal.access.decision import Check, Decision, decide
from portal.access.facts import Facts
from portal.access.policies.standing import standing_checks
from portal.kit.clock import birthday
from portal.models import Permission
from portal.settings.catalog import SettingName


def may_pay(facts: Facts) -> Decision:
    """May this person see what is owed for this client and pay it, now?"""
    return decide(facts.names(Permission.PAYMENTS), *_paying(facts))


def may_get_superbill(facts: Facts) -> Decision:
    """May this person take a superbill of this client, now? It names the diagnosis, and who treats.

    Who files it with an insurer: the client once of age, and a contact who may pay, sees the appointments and looks
    after the insurance. Who may only pay never does. A client under age leaves it to whoever looks after them.
    """
    is_minor_in_person = facts.person.standing is Standing.CLIENT and _is_minor(facts)
    return decide(
        facts.names(Permission.PAYMENTS),
        *_paying(facts),
        *standing_checks(facts, Permission.SCHEDULING),
        *standing_checks(facts, Permission.INSURANCE),
        (not is_minor_in_person, Code.NOT_OF_AGE),
    )


def _paying(facts: Facts) -> tuple[Check, ...]:
    return (
        (facts.is_on(SettingName.ONLINE_PAYMENTS), Code.PAYMENTS_OFF),
        (facts.practice.has_card_processing, Code.NO_CARD_PROCESSING),
        (facts.is_left_on(SettingName.ONLINE_PAYMENTS), Code.OFF_FOR_CLIENT),
        *standing_checks(facts, Permission.PAYMENTS),
    )


def _is_minor(facts: Facts) -> bool:
    born = facts.client.birth_date
    return born is not None and birthday(born, facts.practice.majority_age) > facts.today
