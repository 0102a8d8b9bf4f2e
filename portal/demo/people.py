"""The people of the demo practice. Every password is `portico-demo-2026`."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from portal.clients.service_search import reindex
from portal.database import Work
from portal.demo.settings import load_settings
from portal.files.service import PreparedFile
from portal.insurance.starter import install_payers
from portal.kit.clock import birthday, today_in
from portal.models import (
    Account,
    AddOn,
    Basis,
    Client,
    ClientTherapist,
    Contact,
    ContactLink,
    Grant,
    Location,
    Membership,
    Organization,
    Permission,
    Role,
    Subscription,
)

PASSWORD = "portico-demo-2026"  # noqa: S105 - printed in the README, refused outside the demo


@dataclass
class Cast:
    """Everybody by the name they are called: accounts, staff, clients, contacts, by first name in lower case.

    `files` are what was attached: noted already, and to be put into the storage after the commit.
    """

    harbor: Organization
    lakeside: Organization
    accounts: dict[str, Account] = field(default_factory=dict)
    staff: dict[str, Membership] = field(default_factory=dict)
    clients: dict[str, Client] = field(default_factory=dict)
    contacts: dict[str, Contact] = field(default_factory=dict)
    files: list[PreparedFile] = field(default_factory=list)


STAFF = (
    ("avery", "Avery Stone", "harbor", Role.ADMIN),
    ("tess", "Tess Rivera", "harbor", Role.THERAPIST),
    ("noah", "Noah Webb", "harbor", Role.THERAPIST),
    ("bea", "Bea Ortiz", "harbor", Role.BILLER),
    ("frank", "Frank Doyle", "harbor", Role.FRONT_DESK),
    ("lena", "Lena Cho", "lakeside", Role.ADMIN),
    ("theo", "Theo Grant", "lakeside", Role.THERAPIST),
)
# name in the cast, given name, family name, practice, therapist, age, has a login
CLIENTS = (
    ("casey", "Casey", "Lin", "harbor", "tess", 34, True),
    ("morgan", "Morgan", "Diaz", "harbor", "noah", 41, True),
    ("milo", "Milo", "Park", "harbor", "tess", 9, False),
    ("gina", "Gina", "Park", "harbor", "noah", 39, True),
    ("tara", "Tara", "Park", "harbor", "tess", 16, True),
    ("omar", "Omar", "Haddad", "harbor", "tess", 52, True),
    ("quinn", "Quinn", "Ellis", "lakeside", "theo", 29, True),
    ("casey_lakeside", "Casey", "Lin", "lakeside", "theo", 34, True),
)
# contact, client, relationship, basis, permissions
NETWORK = (
    ("gina", "milo", "mother", Basis.PARENT, tuple(Permission)),
    ("gina", "tara", "mother", Basis.PARENT, (Permission.PAYMENTS, Permission.SCHEDULING)),
    ("pete", "milo", "father", Basis.PAYER_ONLY, (Permission.PAYMENTS,)),
)


async def load_people(work: Work, password_hash: str) -> Cast:
    """Store both practices and everybody in them; `password_hash` is that of PASSWORD."""
    cast = await _practices(work)
    for name, full_name, slug, role in STAFF:
        account = _account(work, cast, name, full_name, f"{name}@{slug}.example", password_hash)
        await work.flush()
        _staff(work, cast, name, role, slug, account)
    _account(work, cast, "pete", "Pete Park", "pete@mail.example", password_hash)
    await work.flush()
    for row in CLIENTS:
        await _client(work, cast, row, password_hash)
    await _network(work, cast)
    _subscribe_tess(work, cast)
    await work.flush()
    await load_settings(work, cast)
    for practice in (cast.harbor, cast.lakeside):
        await install_payers(work, practice.id)
    await reindex(work)
    return cast


async def _practices(work: Work) -> Cast:
    now = work.now
    harbor = Organization(
        slug="harbor",
        name="Harbor Counseling",
        zone="America/New_York",
        currency="USD",
        phone="+1 212 555 0142",
        card_processing_connected_at=now - timedelta(days=200),
        created_at=now - timedelta(days=400),
    )
    lakeside = Organization(
        slug="lakeside",
        name="Lakeside Therapy",
        zone="America/Los_Angeles",
        currency="USD",
        phone="+1 206 555 0177",
        created_at=now - timedelta(days=300),
    )
    places = (
        Location(organization_id=harbor.id, name="Harbor office", address="14 Pier Street, New York, NY 10004"),
        Location(organization_id=lakeside.id, name="Lakeside office", address="8 Shore Road, Seattle, WA 98101"),
    )
    work.add_all([harbor, lakeside])
    await work.flush()
    work.add_all(places)
    return Cast(harbor=harbor, lakeside=lakeside)


def _account(work: Work, cast: Cast, name: str, full_name: str, email: str, password_hash: str) -> Account:
    account = Account(
        email=email,
        email_key=email,
        name=full_name,
        password_hash=password_hash,
        password_changed_at=work.now - timedelta(days=90),
        created_at=work.now - timedelta(days=90),
    )
    cast.accounts[name] = account
    work.add(account)
    return account


def _staff(work: Work, cast: Cast, name: str, role: Role, slug: str, account: Account) -> None:
    organization = cast.harbor if slug == "harbor" else cast.lakeside
    number = 1 + sum(1 for member in cast.staff.values() if member.organization_id == organization.id)
    cast.staff[name] = Membership(
        organization_id=organization.id,
        account_id=account.id,
        number=number,
        role=role,
        name=account.name,
        email=account.email,
        created_at=work.now - timedelta(days=90),
    )
    work.add(cast.staff[name])


async def _client(work: Work, cast: Cast, row: tuple[str, str, str, str, str, int, bool], password_hash: str) -> None:
    name, given, family, slug, therapist, age, has_login = row
    organization = cast.harbor if slug == "harbor" else cast.lakeside
    person = given.lower()
    if has_login and person not in cast.accounts:
        _account(work, cast, person, f"{given} {family}", f"{person}@mail.example", password_hash)
        await work.flush()
    account = cast.accounts.get(person) if has_login else None
    client = Client(
        organization_id=organization.id,
        account_id=account.id if account else None,
        given_name=given,
        family_name=family,
        birth_date=_born(today_in(organization.zone, work.now), age),
        email=account.email if account else "",
        created_at=work.now - timedelta(days=80),
    )
    cast.clients[name] = client
    work.add(client)
    await work.flush()
    work.add(_assigned(client, cast.staff[therapist].id, work))


def _assigned(client: Client, membership_id: UUID, work: Work) -> ClientTherapist:
    return ClientTherapist(
        organization_id=client.organization_id,
        client_id=client.id,
        membership_id=membership_id,
        created_at=work.now - timedelta(days=80),
    )


def _born(today: date, age: int) -> date:
    """A date of birth that makes somebody `age` years and about five months old, whatever today is."""
    return birthday(today - timedelta(days=150), -age)


async def _network(work: Work, cast: Cast) -> None:
    for name in dict.fromkeys(row[0] for row in NETWORK):
        account = cast.accounts[name]
        given, family = account.name.split(" ", 1)
        cast.contacts[name] = Contact(
            organization_id=cast.harbor.id,
            account_id=account.id,
            client_id=cast.clients[name].id if name in cast.clients else None,
            given_name=given,
            family_name=family,
            email=account.email,
            created_at=work.now - timedelta(days=70),
        )
        work.add(cast.contacts[name])
    await work.flush()
    for name, client_name, relationship, basis, permissions in NETWORK:
        _link(work, cast, name, client_name, relationship, basis, permissions)


def _link(
    work: Work,
    cast: Cast,
    name: str,
    client_name: str,
    relationship: str,
    basis: Basis,
    permissions: tuple[Permission, ...],
) -> None:
    contact, client = cast.contacts[name], cast.clients[client_name]
    given_at = work.now - timedelta(days=70)
    link = ContactLink(
        organization_id=cast.harbor.id,
        client_id=client.id,
        contact_id=contact.id,
        relationship=relationship,
        created_at=given_at,
    )
    work.add(link)
    for permission in permissions:
        work.add(
            Grant(
                organization_id=cast.harbor.id,
                client_id=client.id,
                contact_id=contact.id,
                permission=permission,
                basis=basis,
                first_day=given_at.date(),
                given_at=given_at,
                given_by=cast.accounts["avery"].id,
            )
        )


def _subscribe_tess(work: Work, cast: Cast) -> None:
    for add_on in AddOn:
        work.add(
            Subscription(
                organization_id=cast.harbor.id,
                membership_id=cast.staff["tess"].id,
                add_on=add_on,
                started_at=work.now - timedelta(days=60),
            )
        )
