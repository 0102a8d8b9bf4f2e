"""Money."""

from portal.access.codes import Code
from portal.access.decision import Decision, decide
from portal.access.facts import Facts
from portal.access.policies.standing import standing_checks
from portal.models import Permission
from portal.settings.catalog import SettingName


def may_pay(facts: Facts) -> Decision:
    """May this person see what is owed for this client and pay it, now?"""
    return decide(
        facts.names(Permission.PAYMENTS),
        (facts.is_on(SettingName.ONLINE_PAYMENTS), Code.PAYMENTS_OFF),
        (facts.practice.has_card_processing, Code.NO_CARD_PROCESSING),
        (facts.is_left_on(SettingName.ONLINE_PAYMENTS), Code.OFF_FOR_CLIENT),
        *standing_checks(facts, Permission.PAYMENTS),
    )
