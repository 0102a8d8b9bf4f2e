"""What staff may do: the table in permissions.py, and whom it reaches."""

from portal.access.codes import Code
from portal.access.decision import Decision, decide
from portal.access.facts import StaffFacts
from portal.access.permissions import scope_of


def may_do(facts: StaffFacts) -> Decision:
    """May this staff member do this task, for this client where one is asked about, now?"""
    scope = scope_of(facts.role, facts.task)
    narrow = scope is not None and scope.only_assigned
    return decide(
        facts.names(),
        (facts.is_active, Code.STAFF_DEACTIVATED),
        (not facts.lacks_second_factor, Code.NO_SECOND_FACTOR),
        (scope is not None, Code.ROLE),
        (not narrow or facts.is_assigned is not False, Code.NOT_ASSIGNED),
    )
