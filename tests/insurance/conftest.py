"""Insurance as tests use it: a policy of Milo's, proposals of Gina's, decisions of Bea's, each through the gate."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlmodel import col, select

from portal.access.actor import StaffTask
from portal.database import Database
from portal.insurance import service, service_deciding, service_proposing
from portal.insurance.rules import Ruling, Verdict
from portal.insurance.sealing import details_of
from portal.insurance.service import Typed
from portal.insurance.service_deciding import Decision
from portal.insurance.service_proposing import Wish
from portal.insurance.views import NO_CARDS, Cards, PolicyView, ProposalView
from portal.models import FileOwner, InsurancePolicy, Permission, PolicyVersion, StoredFile
from tests.factories import as_client, as_staff
from tests.people import Human

OWN: Mapping[str, str] = {
    "plan": "Open Choice PPO",
    "member_id": "W123456789",
    "group_number": "0098765",
    "subscriber": "parent",
    "subscriber_name": "Gina Park",
    "subscriber_birth_date": "1987-02-03",
    "first_day": "2026-01-01",
    "last_day": "",
}


@dataclass
class Counter:
    """Where insurance is handled; every call opens its own access, as a click does."""

    database: Database
    bea: Human

    async def add(
        self, client: Human, *, payer: str = "Aetna", place: int = 1, cards: Cards = NO_CARDS, by: Human | None = None,
        adds_payer: bool = False, **changed: str,
    ) -> UUID:  # fmt: skip
        typed = Typed(payer, {**OWN, **changed}, cards, adds_payer=adds_payer)
        async with self.staff(client, by) as (work, access):
            return await service.add_policy(work, access, typed=typed, place=place)

    async def change(
        self,
        client: Human,
        policy_id: UUID,
        *,
        seen: int,
        payer: str = "Aetna",
        by: Human | None = None,
        **changed: str,
    ) -> None:
        async with self.staff(client, by) as (work, access):
            typed = Typed(payer, {**OWN, **changed}, seen=seen)
            await service.change_policy(work, access, policy_id=policy_id, typed=typed)

    async def propose(
        self,
        who: Human,
        client: Human,
        policy_id: UUID | None = None,
        *,
        seen: int = 1,
        payer: str = "Aetna",
        cards: Cards = NO_CARDS,
        place: int = 1,
        operation_id: UUID | None = None,
        **changed: str,
    ) -> UUID:
        wish = Wish(operation_id or uuid4(), payer, {**OWN, **changed}, policy_id, seen, cards, place)
        async with as_client(self.database, who, client, Permission.INSURANCE) as (work, access):
            return await service_proposing.propose(work, access, wish=wish)

    async def proposals(self, who: Human, client: Human) -> list[ProposalView]:
        async with as_client(self.database, who, client, Permission.INSURANCE, writes=False) as (work, access):
            return await service_proposing.list_proposals(work, access)

    async def open(self, proposal_id: UUID, by: Human | None = None) -> ProposalView:
        async with self.staff(None, by) as (work, access):
            return await service_deciding.open_proposal(work, access, proposal_id=proposal_id)

    async def decide(
        self,
        view: ProposalView,
        rulings: Mapping[str, Ruling | Verdict],
        *,
        by: Human | None = None,
        message: str = "",
        place: int = 1,
    ) -> None:
        plain = {name: one if isinstance(one, Ruling) else Ruling(one) for name, one in rulings.items()}
        decision = Decision(plain, view.revision, view.policy, message, place)
        async with self.staff(None, by) as (work, access):
            await service_deciding.decide(work, access, proposal_id=UUID(view.id), decision=decision)

    async def policies(self, client: Human) -> list[PolicyView]:
        async with self.staff(client) as (work, access):
            return await service.list_policies(work, access)

    def staff(self, client: Human | None, by: Human | None = None, **more: Any) -> Any:
        return as_staff(self.database, by or self.bea, StaffTask.INSURANCE_REVIEW, client=client, **more)

    async def versions(self, policy_id: UUID) -> list[dict[str, str]]:
        """What stands in every version of a policy, the first first."""
        query = select(PolicyVersion).where(PolicyVersion.policy_id == policy_id).order_by(col(PolicyVersion.number))
        async with self.database.unit_of_work(writes=False) as work:
            return [details_of(work.ring, one) for one in (await work.exec(query)).all()]

    async def policy(self, policy_id: UUID) -> InsurancePolicy:
        async with self.database.unit_of_work(writes=False) as work:
            return await work.get_one(InsurancePolicy, policy_id)

    async def photo(self, client: Human, by: Human) -> UUID:
        """A photo of a card as it is noted once it was taken in; its bytes are the business of tests of files."""
        assert client.client
        file = StoredFile(
            id=uuid4(),
            organization_id=client.client.organization_id,
            client_id=client.client_id,
            owner=FileOwner.INSURANCE,
            owner_id=client.client_id,
            name=b"sealed",
            content_type="image/jpeg",
            size=1,
            sha256="0" * 64,
            uploaded_by=by.account_id,
            created_at=self.database.clock(),
        )
        async with self.database.unit_of_work() as work:
            work.add(file)
        return file.id


@pytest.fixture
def counter(database: Database, bea: Human) -> Counter:
    return Counter(database, bea)
