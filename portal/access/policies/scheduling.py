"""Appointments: asking for them can be switched off, seeing one's own cannot."""

from portal.access.actor import Sight
from portal.access.codes import Code
from portal.access.decision import Decision, decide
from portal.access.facts import Facts
from portal.access.policies.standing import standing_checks
from portal.models import AddOn, Permission
from portal.settings.catalog import SettingName


def may_schedule(facts: Facts) -> Decision:
    """May this person ask for an appointment for this client, now?"""
    return decide(
        facts.names(Permission.SCHEDULING),
        (facts.is_on(SettingName.SELF_SCHEDULING), Code.SCHEDULING_OFF),
        (AddOn.SELF_SCHEDULING in facts.client.add_ons, Code.NO_SCHEDULING_THERAPIST),
        (facts.is_left_on(SettingName.SELF_SCHEDULING), Code.OFF_FOR_CLIENT),
        *standing_checks(facts, Permission.SCHEDULING),
    )


def may_see_appointments(facts: Facts) -> Decision:
    """May this person see this client's appointments and join them? No setting takes that away."""
    return decide(facts.names(Sight.APPOINTMENTS), *standing_checks(facts, Permission.SCHEDULING))
