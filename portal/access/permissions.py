"""The staff table of product.md: which role may do what, and how far it reaches. An empty cell is a no."""

from collections.abc import Mapping
from types import MappingProxyType

from portal.access.actor import Scope, StaffTask
from portal.models import Role

_EVERYBODY = dict.fromkeys(Role, Scope.ALL)
_ADMIN_ONLY = {Role.ADMIN: Scope.ALL}
_CARE = {Role.ADMIN: Scope.ALL, Role.THERAPIST: Scope.ASSIGNED, Role.FRONT_DESK: Scope.ALL}

STAFF_TABLE: Mapping[StaffTask, Mapping[Role, Scope]] = MappingProxyType(
    {
        StaffTask.TODAY: _EVERYBODY,
        StaffTask.SETTINGS: _ADMIN_ONLY,
        StaffTask.TEAM: _ADMIN_ONLY,
        StaffTask.AUDIT: _ADMIN_ONLY,
        StaffTask.SEE_CLIENTS: {
            Role.ADMIN: Scope.ALL,
            Role.THERAPIST: Scope.ASSIGNED,
            Role.BILLER: Scope.CONTACT_DATA_AND_MONEY,
            Role.FRONT_DESK: Scope.CONTACT_DATA_AND_APPOINTMENTS,
        },
        StaffTask.EDIT_CLIENTS: _CARE,
        StaffTask.SEND_FORMS: _CARE,
        StaffTask.READ_ANSWERS: {
            Role.ADMIN: Scope.ALL,
            Role.THERAPIST: Scope.ASSIGNED,
            Role.FRONT_DESK: Scope.STATUS_ONLY,
        },
        StaffTask.APPOINTMENTS: {
            Role.ADMIN: Scope.ALL,
            Role.THERAPIST: Scope.OWN,
            Role.BILLER: Scope.DATES_AND_SERVICES,
            Role.FRONT_DESK: Scope.ALL,
        },
        StaffTask.DECIDE_REQUESTS: {
            Role.ADMIN: Scope.ON_BEHALF,
            Role.THERAPIST: Scope.OWN,
            Role.FRONT_DESK: Scope.ON_BEHALF,
        },
        StaffTask.MONEY: {
            Role.ADMIN: Scope.ALL,
            Role.THERAPIST: Scope.BALANCE_OF_ASSIGNED,
            Role.BILLER: Scope.ALL,
        },
        StaffTask.INSURANCE_REVIEW: {Role.ADMIN: Scope.ALL, Role.BILLER: Scope.ALL},
        StaffTask.MESSAGES: {Role.ADMIN: Scope.OWN_THREADS, Role.THERAPIST: Scope.OWN_THREADS},
        StaffTask.VIEW_AS: {Role.ADMIN: Scope.ALL, Role.THERAPIST: Scope.ASSIGNED},
    }
)


def scope_of(role: Role, task: StaffTask) -> Scope | None:
    """Return how far a task reaches for a role; None where the role does not include it."""
    return STAFF_TABLE[task].get(role)


def tasks_of(role: Role) -> frozenset[StaffTask]:
    """Return what a role may do at all; for the staff navigation."""
    return frozenset(task for task in StaffTask if scope_of(role, task))


def includes_diagnoses(role: Role) -> bool:
    """Say whether a role lists and enters diagnoses: they are clinical, so whoever reads the answers of forms does.

    The front desk sees where a form stands and not what is in it, so that it has no part in this either.
    """
    return scope_of(role, StaffTask.READ_ANSWERS) in {Scope.ALL, Scope.ASSIGNED}


# Messages and appointments need somebody who gives care: an add-on bought for anybody else reaches nobody.
CARE_ROLES = frozenset({Role.ADMIN, Role.THERAPIST})
