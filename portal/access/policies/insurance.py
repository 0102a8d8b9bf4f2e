"""Insurance."""

from portal.access.codes import Code
from portal.access.decision import Decision, decide
from portal.access.facts import Facts
from portal.access.policies.standing import standing_checks
from portal.models import Permission
from portal.settings.catalog import SettingName


def may_see_insurance(facts: Facts) -> Decision:
    """May this person see this client's insurance, and propose changes to it, now?"""
    return decide(
        facts.names(Permission.INSURANCE),
        (facts.is_on(SettingName.INSURANCE_INFO), Code.INSURANCE_OFF),
        (facts.is_left_on(SettingName.INSURANCE_INFO), Code.OFF_FOR_CLIENT),
        *standing_checks(facts, Permission.INSURANCE),
    )


def may_add_payer(facts: Facts) -> Decision:
    """May this person propose an insurance company that is not on the practice's list, now?"""
    return decide(
        facts.names(Permission.INSURANCE),
        (facts.is_on(SettingName.INSURANCE_INFO), Code.INSURANCE_OFF),
        (facts.is_on(SettingName.NEW_PAYERS), Code.NEW_PAYERS_OFF),
        (facts.is_left_on(SettingName.NEW_PAYERS), Code.OFF_FOR_CLIENT),
        *standing_checks(facts, Permission.INSURANCE),
    )
