"""The cast as tests speak of it: `gina`, `milo`, `tess` … each with what the database holds about them.

A test takes whom it needs as a fixture: `async def test_payer_sees_no_forms(database, pete, milo)`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

import pytest

from portal.demo.people import Cast
from portal.models import Account, Client, Contact, Membership


@dataclass(frozen=True)
class Human:
    """Somebody of the cast. What they are not is None: Milo has no account, Pete is no client.

    Casey is a client of two practices: `client` is Harbor's record, `clients` has both.
    """

    name: str
    account: Account | None
    client: Client | None
    contact: Contact | None
    membership: Membership | None
    clients: tuple[Client, ...] = ()

    @property
    def account_id(self) -> UUID:
        assert self.account, f"{self.name} has no login"
        return self.account.id

    @property
    def client_id(self) -> UUID:
        assert self.client, f"{self.name} is no client"
        return self.client.id

    @property
    def membership_id(self) -> UUID:
        assert self.membership, f"{self.name} is no staff"
        return self.membership.id


def human(cast: Cast, name: str) -> Human:
    """Somebody of the cast by the name they are called."""
    clients = tuple(client for key, client in cast.clients.items() if key.split("_")[0] == name)
    return Human(
        name=name,
        account=cast.accounts.get(name),
        client=cast.clients.get(name),
        contact=cast.contacts.get(name),
        membership=cast.staff.get(name),
        clients=clients,
    )


def somebody(name: str) -> Callable[[Cast], Human]:
    """A fixture that is one person of the cast."""

    @pytest.fixture(name=name)
    def find(cast: Cast) -> Human:
        return human(cast, name)

    return find


avery = somebody("avery")
tess = somebody("tess")
noah = somebody("noah")
bea = somebody("bea")
frank = somebody("frank")
lena = somebody("lena")
theo = somebody("theo")
casey = somebody("casey")
morgan = somebody("morgan")
milo = somebody("milo")
gina = somebody("gina")
pete = somebody("pete")
tara = somebody("tara")
omar = somebody("omar")
quinn = somebody("quinn")
