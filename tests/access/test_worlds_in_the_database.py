"""The same worlds, stored: what the gate reads back decides as product.md says, on both databases."""

import json
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import SQLModel

from portal.access.actor import Capability
from portal.access.gate import open_client
from portal.errors import NotFound, NotPermitted
from portal.kit.ids import new_id
from portal.kit.tokens import token_hash
from portal.models import (
    AddOn,
    AssignmentStatus,
    Client,
    ClientRestriction,
    ClientTherapist,
    Contact,
    ContactLink,
    Form,
    FormAssignment,
    FormVersion,
    Grant,
    Membership,
    Organization,
    OrganizationSetting,
    Role,
    Session,
    Subscription,
)
from tests.access.house import CAPABILITIES, House
from tests.access.restatement import YES, GrantGiven, World, answer
from tests.access.worlds import SETTINGS, worlds

STATUS = {"open": AssignmentStatus.RETURNED, "signed": AssignmentStatus.COMPLETED}


class Stored:
    """The rows of one world: a practice of its own, in which Pete is the client or the contact."""

    def __init__(self, house: House, world: World) -> None:
        self.world, self.pete = world, house.cast.accounts["pete"].id
        self.token = token_hash(str(new_id()))
        archived = world.now - timedelta(days=1) if world.client_archived else None
        self.practice = Organization(
            slug=str(new_id()),
            name="Elsewhere",
            zone=world.zone,
            currency="USD",
            majority_age=world.age_of_majority,
            card_processing_connected_at=world.now if world.card_processing else None,
            created_at=world.now,
        )
        self.client = Client(
            organization_id=self.practice.id,
            account_id=self.pete if world.person_is == "client" else None,
            given_name="Milo",
            family_name="Park",
            birth_date=world.born,
            created_at=world.now,
            archived_at=archived,
        )
        self.rows: list[SQLModel] = [
            self.practice,
            self.client,
            Session(account_id=self.pete, token_hash=self.token, created_at=world.now, touched_at=world.now),
        ]
        self._settings()
        self._therapists()
        if world.person_is == "contact":
            self._network()

    def _settings(self) -> None:
        for name, setting in SETTINGS.items():
            on = json.dumps(name in self.world.on_for_practice)
            self.rows.append(OrganizationSetting(**self._mine(), name=setting, value=on, changed_at=self.world.now))
        for name in sorted(self.world.off_for_client):
            restriction = ClientRestriction(**self._mine("client"), setting=SETTINGS[name], created_at=self.world.now)
            self.rows.append(restriction)

    def _therapists(self) -> None:
        """A therapist of this client with the add-ons; and four whose add-ons must not count, each for a reason."""
        others = set(AddOn)
        self._therapist(1, self.world.subscribed_assigned_therapist_for)
        self._therapist(2, others, left=True)
        self._therapist(3, others, ended_at=self.world.now - timedelta(days=3))
        self._therapist(4, others, assigned=False)
        self._therapist(5, others, role=Role.FRONT_DESK)

    def _therapist(
        self,
        number: int,
        add_ons: set[AddOn],
        *,
        assigned: bool = True,
        role: Role = Role.THERAPIST,
        left: bool = False,
        ended_at: datetime | None = None,
    ) -> None:
        now = self.world.now
        member = Membership(
            **self._mine(),
            number=number,
            role=role,
            name="Somebody",
            email="",
            created_at=now,
            deactivated_at=now if left else None,
        )
        self.rows.append(member)
        if assigned:
            self.rows.append(ClientTherapist(**self._mine("client"), membership_id=member.id, created_at=now))
        for add_on in sorted(add_ons):
            self.rows.append(
                Subscription(
                    **self._mine(),
                    membership_id=member.id,
                    add_on=add_on,
                    started_at=now - timedelta(days=9),
                    ended_at=ended_at,
                )
            )

    def _network(self) -> None:
        now = self.world.now
        contact = Contact(
            **self._mine(),
            account_id=self.pete,
            given_name="Pete",
            family_name="Park",
            created_at=now,
            archived_at=now if self.world.removed_from_network else None,
        )
        link = ContactLink(**self._mine("client"), contact_id=contact.id, relationship="father", created_at=now)
        self.rows += [contact, link]
        for grant in self.world.grants:
            self._grant(grant, contact.id)

    def _grant(self, grant: GrantGiven, contact_id: UUID) -> None:
        now = self.world.now
        self.rows.append(
            Grant(
                **self._mine("client"),
                contact_id=contact_id,
                permission=grant.permission,
                basis=grant.basis,
                first_day=grant.first_day,
                last_day=grant.last_day,
                assignment_id=self._form(grant.form) if grant.form else None,
                given_at=now,
                ended_at=now if grant.revoked else None,
                renewed_at=now if grant.renewed_by_client else None,
            )
        )

    def _form(self, state: str) -> UUID:
        now = self.world.now
        form = Form(**self._mine(), title="Consent", created_at=now)
        version = FormVersion(
            **self._mine(), form_id=form.id, number=1, questionnaire="{}", sha256="0" * 64, published_at=now
        )
        sent = FormAssignment(**self._mine("client"), form_version_id=version.id, status=STATUS[state], sent_at=now)
        self.rows += [form, version, sent]
        return sent.id

    def _mine(self, *also: str) -> dict[str, UUID]:
        mine = {"organization_id": self.practice.id}
        return {**mine, "client_id": self.client.id} if "client" in also else mine


async def told(house: House, stored: Stored, what: Capability) -> str:
    async with house.database.unit_of_work(writes=False) as work:
        try:
            await open_client(work, stored.token, stored.client.id, what)
        except NotFound:
            return "contact_archived"
        except NotPermitted as refused:
            return refused.sentence
    return YES


@settings(
    max_examples=4,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(st.lists(worlds, min_size=12, max_size=12))
async def test_what_is_stored_decides_as_product_md_says(house: House, many: list[World]) -> None:
    for world in many:
        reachable = replace(world, login="active")
        stored = Stored(house, reachable)
        house.clock.now = reachable.now
        await house.store(*stored.rows)
        for what in CAPABILITIES:
            expected, got = answer(reachable, what), await told(house, stored, what)
            if reachable.removed_from_network and reachable.person_is == "contact":
                assert got == "contact_archived"
            else:
                assert (got == YES) == (expected == YES), (what, expected, got)
