"""People whom the log of looks does not know yet, so that whatever they look at is a row of its own."""

from uuid import UUID

from sqlmodel import col, func, select, update

from portal.access.actor import StaffTask
from portal.access.gate import open_client, open_practice
from portal.database import Work
from portal.demo.forms import flat, give_answer, signed_in
from portal.intake import service
from portal.kit.ids import new_id
from portal.kit.tokens import new_token, token_hash
from portal.models import (
    AccessLog,
    Account,
    Basis,
    ClientTherapist,
    Contact,
    ContactLink,
    Form,
    FormVersion,
    Grant,
    Membership,
    Permission,
    Role,
    Session,
    Side,
    ThreadParticipant,
)
from tests.security.conftest import Door
from tests.security.tab import Tab


class Newcomer:
    """Somebody whom the log of looks does not know yet: what they looked at is a row of its own."""

    def __init__(self, door: Door, account_id: UUID, token: str) -> None:
        self.door, self.account_id, self.token = door, account_id, token

    async def at(self, query: dict[str, str] | None = None, **parts: str) -> Tab:
        """A tab of theirs with these parts in its address, at a page that loads nothing of them by itself."""
        tab = self.door.tab(self.token, query=query or {})
        tab.parts = parts
        return await tab.open()

    async def looks(self) -> list[tuple[str, str]]:
        """What the log says of them: at whom they looked, and how."""
        async with self.door.database.unit_of_work(writes=False) as work:
            query = select(AccessLog.client_id, AccessLog.kind).where(AccessLog.account_id == self.account_id)
            return [(str(client), kind) for client, kind in (await work.exec(query)).all()]


class Newcomers:
    """Makes people of the practice and of Milo's family."""

    def __init__(self, door: Door) -> None:
        self.door = door
        self.accounts: list[UUID] = []
        self.contacts: list[UUID] = []

    async def staff(self, role: Role, *, thread: str = "") -> Newcomer:
        """Somebody on the team, therapist of Milo and Casey where that is the role, and in the conversation."""
        here = self.door.cast.harbor.id
        async with self.door.database.unit_of_work() as work:
            account, token = await self._login(work)
            number = (await work.exec(select(func.max(Membership.number)))).one() + 1
            member = Membership(
                organization_id=here,
                account_id=account.id,
                number=number,
                role=role,
                name=account.name,
                email=account.email,
                created_at=work.now,
            )
            work.add(member)
            await work.flush()
            if role is Role.THERAPIST:
                for client in ("milo", "casey"):
                    about = UUID(self.door.client_id(client))
                    ids = {"client_id": about, "membership_id": member.id}
                    work.add(ClientTherapist(organization_id=here, created_at=work.now, **ids))
            if thread:
                ids = {"thread_id": UUID(thread), "membership_id": member.id}
                work.add(ThreadParticipant(organization_id=here, side=Side.STAFF, **ids))
        return Newcomer(self.door, account.id, token)

    async def contact(self, thread: str) -> Newcomer:
        """Somebody who may do everything for Milo, and is in the conversation."""
        here, milo = self.door.cast.harbor.id, UUID(self.door.client_id("milo"))
        async with self.door.database.unit_of_work() as work:
            account, token = await self._login(work)
            contact = Contact(
                organization_id=here,
                account_id=account.id,
                given_name="Nora",
                family_name="New",
                email=account.email,
                created_at=work.now,
            )
            work.add(contact)
            await work.flush()
            ids = {"organization_id": here, "client_id": milo, "contact_id": contact.id}
            work.add(ContactLink(relationship="aunt", created_at=work.now, **ids))
            await work.flush()
            for permission in Permission:
                given = {"first_day": work.now.date(), "given_at": work.now, "given_by": account.id}
                work.add(Grant(permission=permission, basis=Basis.OTHER, **given, **ids))
            place = {"thread_id": UUID(thread), "contact_id": contact.id}
            work.add(ThreadParticipant(organization_id=here, side=Side.CONTACT, **place))
        self.contacts.append(contact.id)
        return Newcomer(self.door, account.id, token)

    async def _login(self, work: Work) -> tuple[Account, str]:
        token, email, now = new_token(), f"new-{new_id().hex}@mail.example", work.now
        account = Account(
            email=email, email_key=email, name="Nora New", password_hash="-", password_changed_at=now, created_at=now
        )
        work.add(account)
        await work.flush()
        times = {"created_at": now, "touched_at": now, "stepped_up_at": now}
        work.add(Session(account_id=account.id, token_hash=token_hash(token), **times))
        self.accounts.append(account.id)
        return account, token

    async def leave(self) -> None:
        """They work there no longer, and act for nobody."""
        async with self.door.database.unit_of_work() as work:
            gone = update(Membership).where(col(Membership.account_id).in_(self.accounts))
            await work.exec(gone.values(deactivated_at=work.now))
            over = update(Grant).where(col(Grant.contact_id).in_(self.contacts))
            await work.exec(over.values(ended_at=work.now))


async def signed_and_waiting(door: Door) -> list[str]:
    """Two GAD-7 of Omar's: one that he signed, and one that waits for him."""
    omar, sheets = UUID(door.client_id("omar")), list[UUID]()
    async with door.database.unit_of_work() as work:
        query = select(FormVersion.id).join(Form, col(Form.id) == col(FormVersion.form_id))
        version = (await work.exec(query.where(Form.organization_id == door.cast.harbor.id, Form.key == "gad-7"))).one()
        async with signed_in(work, door.cast.accounts["tess"]) as session:
            tess = await open_practice(work, session, StaffTask.SEND_FORMS, client_id=omar)
            for _ in range(2):
                sheets.append(await service.send_form(work, tess, client_id=omar, form_version_id=version, due_on=None))
        async with signed_in(work, door.cast.accounts["omar"]) as session:
            own = await open_client(work, session, omar, Permission.FORMS)
            sheet = await service.open_sheet(work, own, assignment_id=sheets[0])
            for item in flat(item for page in sheet.pages for item in page.items):
                if item.options:
                    await give_answer(work, own, sheets[0], item, item.options[0].label)
            await service.sign_and_submit(work, own, assignment_id=sheets[0], typed_name="Omar Haddad", agreed=True)
    return [str(sheet) for sheet in sheets]
