"""The one list of what a person may do for a client, and the question that answers each."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from portal.access.actor import Capability, Sight
from portal.access.decision import Decision
from portal.access.facts import Facts
from portal.access.policies.billing import may_pay
from portal.access.policies.forms import may_fill_forms, may_see_signed_forms
from portal.access.policies.insurance import may_see_insurance
from portal.access.policies.messaging import may_message
from portal.access.policies.record import may_see_who_looked
from portal.access.policies.scheduling import may_schedule, may_see_appointments
from portal.models import Permission

QUESTIONS: Mapping[Capability, Callable[[Facts], Decision]] = MappingProxyType(
    {
        Permission.FORMS: may_fill_forms,
        Permission.PAYMENTS: may_pay,
        Permission.SCHEDULING: may_schedule,
        Permission.MESSAGING: may_message,
        Permission.INSURANCE: may_see_insurance,
        Sight.APPOINTMENTS: may_see_appointments,
        Sight.SIGNED_FORMS: may_see_signed_forms,
        Sight.OWN_RECORD: may_see_who_looked,
    }
)


def effective(facts: Facts, capability: Capability) -> Decision:
    """May this person do this, for this client, now? With every step."""
    return QUESTIONS[capability](facts)


def everything(facts: Facts) -> dict[Capability, Decision]:
    """Answer every question at once: for the home page, and for Why?."""
    return {capability: question(facts) for capability, question in QUESTIONS.items()}
