"""The first run of an empty installation: one form, opened by a token on the console, sets up a practice.

The token is stored as a hash, is new at every start, and ends when it is used or as soon as there is a practice.
"""

from dataclasses import dataclass

from sqlmodel import col, delete, select, update

from portal.access.actor import StaffTask, System
from portal.access.gate import open_practice
from portal.accounts.queries import find_owner
from portal.accounts.service_passwords import hash_new_password
from portal.accounts.service_sessions import NewSession, open_session
from portal.clients.rules import InvalidFields
from portal.database import Work
from portal.errors import Conflict, Invalid, NotFound
from portal.kit.tokens import new_token, token_hash
from portal.models import FirstRun, Location, Membership, Organization, Role
from portal.practice.first_run import FirstRunFields, problems_of, slug_of
from portal.practice.queries_founding import has_practice
from portal.practice.service_founding import NewPractice, create_administrator, found_practice
from portal.practice.service_team import invite_staff
from portal.practice.views_team import StaffFields
from portal.runtime import Runtime

_PAGE = System("first-run page")


@dataclass(frozen=True, slots=True)
class Founded:
    """A practice was set up; its administrator is signed in with `session`."""

    session: NewSession
    email: str


async def make_first_run_token(work: Work) -> str | None:
    """Return a fresh token where there is no practice yet, and make older ones worthless; None where there is one."""
    await work.exec(delete(FirstRun))
    if await has_practice(work):
        return None
    token = new_token()
    work.add(FirstRun(token_hash=token_hash(token), created_at=work.now))
    await work.flush()
    return token


async def check_first_run(work: Work, *, token: str) -> None:
    """Raise NotFound for any token but the one of this start, and as soon as there is a practice. Changes nothing."""
    query = select(FirstRun.id).where(FirstRun.token_hash == token_hash(token), col(FirstRun.used_at).is_(None))
    if (await work.exec(query)).first() is None or await has_practice(work):
        raise NotFound


async def set_up_installation(runtime: Runtime, *, token: str, fields: FirstRunFields, device: str) -> Founded:
    """Make the practice, its administrator, its first location and, where one is named, its first therapist.

    Raises InvalidFields with a sentence for each field that cannot be used, NotFound for a token that is no more.
    """
    async with runtime.database.unit_of_work(writes=False) as work:
        await check_first_run(work, token=token)
    if problems := problems_of(fields):
        raise InvalidFields(problems)
    try:
        hashed = await hash_new_password(fields.password, (fields.email, fields.name, fields.practice))
    except Invalid as wrong:
        raise InvalidFields({"password": wrong.sentence}) from wrong
    async with runtime.database.unit_of_work() as work:
        await _use_up(work, token)
        return await _found(work, fields, hashed, device)


async def _use_up(work: Work, token: str) -> None:
    """Use the token up before anything is made: of two who press at once, one gets through."""
    query = update(FirstRun).where(col(FirstRun.token_hash) == token_hash(token), col(FirstRun.used_at).is_(None))
    if (await work.exec(query.values(used_at=work.now))).rowcount != 1 or await has_practice(work):
        raise NotFound


async def _found(work: Work, fields: FirstRunFields, hashed: str, device: str) -> Founded:
    try:
        slug = fields.slug or slug_of(fields.practice)
        practice = await found_practice(work, NewPractice(slug, fields.practice, fields.zone, fields.currency))
        admin = await create_administrator(
            work, _PAGE, practice=practice, email=fields.email, name=fields.name, password_hash=hashed
        )
    except Conflict as taken:
        raise InvalidFields({"email": taken.sentence}) from taken
    work.add(Location(organization_id=practice.id, name=fields.location, address=fields.address))
    session = await _sign_in(work, admin, device)
    if fields.therapist_email:
        await _invite_therapist(work, practice, session, fields)
    return Founded(session, admin.email)


async def _sign_in(work: Work, admin: Membership, device: str) -> NewSession:
    owner = await find_owner(work, admin.account_id) if admin.account_id else None
    if owner is None:
        raise NotFound
    return await open_session(work, owner.account, owner.practices, device=device, is_known_device=True)


async def _invite_therapist(work: Work, practice: Organization, session: NewSession, fields: FirstRunFields) -> None:
    """Invite the first therapist in the administrator's name, through the same gate as ever."""
    access = await open_practice(work, token_hash(session.token), StaffTask.TEAM, practice=practice.slug)
    therapist = StaffFields(name=fields.therapist_name, email=fields.therapist_email, role=Role.THERAPIST)
    await invite_staff(work, access, fields=therapist)
