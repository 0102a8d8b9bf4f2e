"""The first steps of an installation: a practice, and somebody who runs it. Done by whoever holds the server."""

import re
from dataclasses import dataclass

from portal.access.actor import System
from portal.accounts.queries import find_account
from portal.accounts.rules import email_key
from portal.accounts.service_email import read_email
from portal.audit.service import record_account_event, record_change
from portal.database import Work
from portal.errors import Conflict, Invalid, NotFound
from portal.insurance.starter import install_payers
from portal.intake.service import install_builtin_forms
from portal.kit.clock import is_zone
from portal.models import Account, Membership, Organization, Role
from portal.practice import queries_founding as queries

_SLUG = re.compile(r"[a-z][a-z0-9-]{1,58}")
_CURRENCY = re.compile(r"[A-Z]{3}")


@dataclass(frozen=True, slots=True)
class NewPractice:
    """What a practice needs to begin with: "harbor", "Harbor Counseling", "America/New_York", "USD"."""

    slug: str
    name: str
    zone: str
    currency: str = "USD"


async def get_practice(work: Work, slug: str) -> Organization:
    """Return a practice by its short name; NotFound names those that exist."""
    if practice := await queries.find_practice(work, slug):
        return practice
    known = ", ".join(one.slug for one in await queries.list_practices(work)) or "none yet"
    raise NotFound(f"There is no practice “{slug[:60]}”. This installation has: {known}.")


async def found_practice(work: Work, practice: NewPractice) -> Organization:
    """Store a new practice with the insurance companies and the forms that come with the portal.

    Raises Invalid for what cannot be used and Conflict for a short name that is taken.
    """
    if not _SLUG.fullmatch(practice.slug):
        raise Invalid("The short name has to be small letters, digits and hyphens, such as harbor.")
    if not practice.name.strip() or len(practice.name) > 120:
        raise Invalid("Please give the practice a name of at most 120 letters.")
    if not is_zone(practice.zone):
        raise Invalid(f"“{practice.zone[:60]}” is not a time zone. It looks like America/New_York.")
    if not _CURRENCY.fullmatch(practice.currency):
        raise Invalid("A currency is three capital letters, such as USD.")
    if await queries.find_practice(work, practice.slug):
        raise Conflict(f"There is a practice “{practice.slug}” already.")
    made = Organization(
        slug=practice.slug,
        name=practice.name.strip(),
        zone=practice.zone,
        currency=practice.currency,
        created_at=work.now,
    )
    work.add(made)
    await work.flush()
    await install_payers(work, made.id)
    await install_builtin_forms(work, made.id)
    return made


async def create_administrator(
    work: Work, actor: System, *, practice: Organization, email: str, name: str, password_hash: str | None
) -> Membership:
    """Make somebody an administrator of a practice, with a new login or the one they have.

    `password_hash` is needed for a new login (`hash_new_password`, before the unit) and left alone otherwise. Raises
    Invalid for an unusable address or name and Conflict for somebody who is an administrator there already.
    """
    account = await find_account(work, email_key(email))
    if account is None:
        account = await _new_account(work, email=email, name=name, password_hash=password_hash)
    member = await queries.find_membership(work, practice, account)
    if member and member.role is Role.ADMIN and member.deactivated_at is None:
        raise Conflict(f"{account.email} is an administrator of {practice.name} already.")
    member = member or Membership(
        organization_id=practice.id,
        account_id=account.id,
        number=1 + await queries.last_number(work, practice),
        role=Role.ADMIN,
        name=account.name,
        email=account.email,
        created_at=work.now,
    )
    member.role, member.deactivated_at = Role.ADMIN, None
    work.add(member)
    await work.flush()
    await record_change(
        work, organization_id=practice.id, actor=actor, action="administrator.created", object_id=member.id
    )
    return member


async def _new_account(work: Work, *, email: str, name: str, password_hash: str | None) -> Account:
    address = read_email(email)
    if not name.strip() or len(name) > 120:
        raise Invalid("Please give a name of at most 120 letters.")
    if password_hash is None:
        raise Invalid("Somebody without a login needs a password.")
    account = Account(
        email=address,
        email_key=email_key(address),
        name=name.strip(),
        password_hash=password_hash,
        password_changed_at=work.now,
        created_at=work.now,
    )
    work.add(account)
    await work.flush()
    await record_account_event(work, account_id=account.id, action="account_created")
    return account
