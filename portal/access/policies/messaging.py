"""Messages."""

from portal.access.codes import Code
from portal.access.decision import Decision, decide
from portal.access.facts import Facts
from portal.access.policies.standing import standing_checks
from portal.models import AddOn, Permission
from portal.settings.catalog import SettingName


def may_message(facts: Facts) -> Decision:
    """May this person write to this client's therapists, now? A contact reads and writes only threads they are in."""
    return decide(
        facts.names(Permission.MESSAGING),
        (facts.is_on(SettingName.SECURE_MESSAGING), Code.MESSAGING_OFF),
        (AddOn.MESSAGING in facts.client.add_ons, Code.NO_MESSAGING_THERAPIST),
        (facts.is_left_on(SettingName.SECURE_MESSAGING), Code.OFF_FOR_CLIENT),
        *standing_checks(facts, Permission.MESSAGING),
    )
