"""View as: what a staff member and the person they look as may both see. Nobody sees more by it."""

from collections.abc import Mapping
from types import MappingProxyType

from portal.access.actor import Capability, Scope, Sight, StaffTask
from portal.access.codes import Code
from portal.access.decision import Decision, decide
from portal.access.effective import effective
from portal.access.facts import Facts
from portal.access.permissions import scope_of
from portal.access.words import WHAT
from portal.models import Permission, Role

STAFF_SIDE: Mapping[Capability, StaffTask] = MappingProxyType(
    {
        Permission.FORMS: StaffTask.READ_ANSWERS,
        Permission.PAYMENTS: StaffTask.MONEY,
        Permission.SCHEDULING: StaffTask.APPOINTMENTS,
        Permission.MESSAGING: StaffTask.MESSAGES,
        Permission.INSURANCE: StaffTask.INSURANCE_REVIEW,
        Sight.APPOINTMENTS: StaffTask.APPOINTMENTS,
        Sight.SIGNED_FORMS: StaffTask.READ_ANSWERS,
        Sight.OWN_RECORD: StaffTask.AUDIT,
    }
)
"""What staff need on their own side of the portal to see what a capability shows to clients."""
_WHOLE = frozenset({Scope.ALL, Scope.ASSIGNED})


def may_view(role: Role, staff_name: str, facts: Facts, capability: Capability) -> Decision:
    """May a staff member see what this person sees by a capability? Whom they may view as at all was asked before.

    Where the role shows only a part (one's own appointments, a balance, the status of forms, threads one is in), the
    page of the client would show more than the staff member may see, so it stays shut.
    """
    scope = scope_of(role, STAFF_SIDE[capability])
    names = {"what": WHAT[capability], "person": staff_name}
    own = decide(names, (scope in _WHOLE, Code.NOT_IN_VIEW))
    return Decision((*own.steps, *effective(facts, capability).steps))
