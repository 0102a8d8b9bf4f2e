"""product.md said again, slowly and in another shape: nothing here comes from portal but the names of things.

The fast rules are compared with this over the whole space of facts. Change this first, then the rules.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from portal.access.actor import Scope, Sight, StaffTask
from portal.models import AddOn, Basis, Permission, Role

YES = "yes"


@dataclass
class GrantGiven:
    """A grant as the practice's staff would describe it. `form` is None, "open" or "signed" (or closed otherwise)."""

    permission: Permission
    basis: Basis
    first_day: date
    last_day: date | None = None
    revoked: bool = False
    renewed_by_client: bool = False
    form: str | None = None


@dataclass
class World:
    """One person before one client. Settings go by short names: payments, messaging, scheduling, insurance, …"""

    now: datetime
    zone: str
    person_is: str = "client"
    on_for_practice: set[str] = field(default_factory=set)
    off_for_client: set[str] = field(default_factory=set)
    card_processing: bool = False
    subscribed_assigned_therapist_for: set[AddOn] = field(default_factory=set)
    client_archived: bool = False
    login: str = "active"
    removed_from_network: bool = False
    born: date | None = None
    age_of_majority: int = 18
    grants: list[GrantGiven] = field(default_factory=list)


Stage = Callable[[World], Iterator[str]]

SWITCH_OF = {
    Permission.PAYMENTS: "payments",
    Permission.MESSAGING: "messaging",
    Permission.SCHEDULING: "scheduling",
    Permission.INSURANCE: "insurance",
}


def answer(world: World, what: Permission | Sight) -> str:
    """ "yes", or what stands in the way first."""
    if what is Sight.SIGNED_FORMS:
        return next(signed_forms(world), YES)
    if what is Sight.OWN_RECORD:
        return next(own_record(world), YES)
    if what is Sight.APPOINTMENTS:
        return next(stands(world, Permission.SCHEDULING), YES)
    return next(all_four(world, what), YES)


def answer_about_new_payers(world: World) -> str:
    """The same for proposing an insurance payer, which needs Display Insurance Info as well."""
    return next(new_payers(world), YES)


def answer_about_superbills(world: World) -> str:
    """The same for a superbill: who may pay, sees the appointments and has the insurance; the client once of age."""
    return next(superbill(world), YES)


def all_four(world: World, what: Permission) -> Iterator[str]:
    if what in SWITCH_OF:
        name = SWITCH_OF[what]
        if name not in world.on_for_practice:
            yield f"{name}_off"
        if what is Permission.PAYMENTS and not world.card_processing:
            yield "no_card_processing"
        if what is Permission.MESSAGING and AddOn.MESSAGING not in world.subscribed_assigned_therapist_for:
            yield "no_messaging_therapist"
        if what is Permission.SCHEDULING and AddOn.SELF_SCHEDULING not in world.subscribed_assigned_therapist_for:
            yield "no_scheduling_therapist"
        if name in world.off_for_client:
            yield "off_for_client"
    yield from stands(world, what)


def new_payers(world: World) -> Iterator[str]:
    if "insurance" not in world.on_for_practice:
        yield "insurance_off"
    if "new_payers" not in world.on_for_practice:
        yield "new_payers_off"
    if {"insurance", "new_payers"} & world.off_for_client:
        yield "off_for_client"
    yield from stands(world, Permission.INSURANCE)


def superbill(world: World) -> Iterator[str]:
    yield from all_four(world, Permission.PAYMENTS)
    yield from stands(world, Permission.SCHEDULING)
    yield from stands(world, Permission.INSURANCE)
    day = world.now.astimezone(ZoneInfo(world.zone)).date()
    if world.person_is == "client" and world.born and years_lived(world.born, day) < world.age_of_majority:
        yield "not_of_age"


def stands(world: World, permission: Permission, *, one_form_is_enough: bool = True) -> Iterator[str]:
    """Step 4. An archived client's login keeps signed forms and receipts only, and nobody else keeps anything."""
    if world.client_archived:
        yield "client_archived"
    if world.person_is == "client":
        yield from can_sign_in(world)
        return
    if world.removed_from_network:
        yield "contact_archived"
    yield from can_sign_in(world)
    if "contacts" not in world.on_for_practice:
        yield "contacts_off"
    if "contacts" in world.off_for_client:
        yield "contacts_off_for_client"
    yield from grants_cover(world, permission, one_form_is_enough)


def signed_forms(world: World) -> Iterator[str]:
    if world.person_is == "client":
        yield from can_sign_in(world)
    else:
        yield from stands(world, Permission.FORMS, one_form_is_enough=False)


def own_record(world: World) -> Iterator[str]:
    """Who has access and who looked is shown to clients, about their own record; not once it is archived."""
    if world.client_archived:
        yield "client_archived"
    if world.person_is != "client":
        yield "not_in_person"
    yield from can_sign_in(world)


def can_sign_in(world: World) -> Iterator[str]:
    if world.login == "none":
        yield "no_login"
    if world.login == "disabled":
        yield "login_disabled"


def grants_cover(world: World, permission: Permission, one_form_is_enough: bool) -> Iterator[str]:
    day = world.now.astimezone(ZoneInfo(world.zone)).date()
    reasons = []
    for grant in world.grants:
        if grant.permission == permission and (grant.form is None or one_form_is_enough):
            reasons.append(what_is_wrong(grant, world, day))
    if YES in reasons:
        return
    for reason in ("grant_not_yet", "grant_of_age", "grant_over", "grant_ended", "form_signed"):
        if reason in reasons:
            yield reason
    yield "no_grant"


def what_is_wrong(grant: GrantGiven, world: World, day: date) -> str:
    if grant.revoked:
        return "grant_ended"
    if grant.last_day and (day - grant.last_day).days > 0:
        return "grant_over"
    depends_on_age = grant.basis in {Basis.PARENT, Basis.LEGAL_GUARDIAN} and not grant.renewed_by_client
    if depends_on_age and world.born and years_lived(world.born, day) >= world.age_of_majority:
        return "grant_of_age"
    if (grant.first_day - day).days > 0:
        return "grant_not_yet"
    return "form_signed" if grant.form == "signed" else YES


def years_lived(born: date, day: date) -> int:
    """Count birthdays one by one; in years without a 29 February that birthday is the day after the 28th."""
    years = 0
    while True:
        year = born.year + years + 1
        if (born.month, born.day) == (2, 29):
            next_birthday = date(year, 2, 28) + timedelta(days=1)
        else:
            next_birthday = date(year, born.month, born.day)
        if next_birthday > day:
            return years
        years += 1


STAFF = """
task            | admin       | therapist           | biller                 | front desk
today           | all         | all                 | all                    | all
settings        | all         |                     |                        |
team            | all         |                     |                        |
audit           | all         |                     |                        |
see clients     | all         | assigned            | contact data and money | contact data and appointments
edit clients    | all         | assigned            |                        | all
send forms      | all         | assigned            |                        | all
read answers    | all         | assigned            |                        | status only
appointments    | all         | own                 | dates and services     | all
decide requests | on behalf   | own                 |                        | on behalf
money           | all         | balance of assigned | all                    |
insurance review| all         |                     | all                    |
messages        | own threads | own threads         |                        |
view as         | all         | assigned            |                        |
"""


def staff_scope(role: Role, task: StaffTask) -> Scope | None:
    """Look up the table; an empty cell is a no."""
    heads, *rows = [[cell.strip().replace(" ", "_") for cell in line.split("|")] for line in STAFF.strip().splitlines()]
    [row] = [row for row in rows if row[0] == task]
    cell = row[heads.index(role)]
    return Scope(cell) if cell else None


def staff_answer(
    role: Role,
    task: StaffTask,
    *,
    works_there: bool,
    assigned: bool,
    asked_for_code: bool = False,
    has_code: bool = False,
) -> str:
    """What a staff member is told about a task for one client of the practice.

    `asked_for_code`: the practice asks its staff for a code at sign-in; `has_code`: this person has set it up.
    """
    scope = staff_scope(role, task)
    if not works_there:
        return "staff_deactivated"
    if asked_for_code and not has_code:
        return "no_second_factor"
    if scope is None:
        return "role"
    narrow = scope in {Scope.ASSIGNED, Scope.OWN, Scope.BALANCE_OF_ASSIGNED}
    return "not_assigned" if narrow and not assigned else YES
