"""The forms of the demo: what waits to be filled in, and one sheet that Casey has signed and Tess has not read.

All of it goes through the gate and the services, as if people had clicked.
"""

from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import timedelta
from uuid import UUID

from portal.access.actor import ClientAccess, StaffTask
from portal.access.gate import open_client, open_practice
from portal.database import Work
from portal.demo.answers import CASEY
from portal.demo.people import Cast
from portal.intake import service
from portal.intake.operations import AnswerOperation
from portal.intake.views import ItemView, Value
from portal.kit.ids import new_id
from portal.kit.tokens import new_token, token_hash
from portal.models import Account, Permission, Session

# client, form, days until it is due
_DUE = (
    ("milo", "standard-intake", 5),
    ("milo", "informed-consent", 5),
    ("casey", "phq-9", 2),
    ("casey", "informed-consent", 9),
    ("gina", "privacy-practices", 7),
    ("tara", "gad-7", 3),
    ("quinn", "standard-intake", 6),
    ("casey_lakeside", "informed-consent", 8),
)
_SIGNED = ("casey", "standard-intake", 1)
_SENDERS = {"milo": "tess", "casey": "tess", "tara": "tess", "gina": "noah", "quinn": "theo", "casey_lakeside": "theo"}
_KEYS = {str: "valueString", bool: "valueBoolean", int: "valueInteger"}
_Plain = str | bool | int | list[str]


async def load_forms(work: Work, cast: Cast) -> None:
    """Give both practices the forms that come with the portal, send some, and let Casey fill one in."""
    with earlier(work, timedelta(days=30)):
        versions = {
            practice.id: await service.install_builtin_forms(work, practice.id)
            for practice in (cast.harbor, cast.lakeside)
        }
    with earlier(work, timedelta(days=3)):
        sent = {(name, key): await _send(work, cast, versions, name, key, days) for name, key, days in (*_DUE, _SIGNED)}
    with earlier(work, timedelta(hours=20)):
        await _fill_in(work, cast, sent[_SIGNED[:2]])


async def _send(work: Work, cast: Cast, versions: dict[UUID, dict[str, UUID]], name: str, key: str, days: int) -> UUID:
    client, sender = cast.clients[name], cast.accounts[_SENDERS[name]]
    async with signed_in(work, sender) as session_hash:
        access = await open_practice(work, session_hash, StaffTask.SEND_FORMS, client_id=client.id)
        return await service.send_form(
            work,
            access,
            client_id=client.id,
            form_version_id=versions[client.organization_id][key],
            due_on=access.today + timedelta(days=days + 3),
        )


async def _fill_in(work: Work, cast: Cast, assignment_id: UUID) -> None:
    """Answer what Casey answered, one question after the other, and sign."""
    account, client = cast.accounts["casey"], cast.clients["casey"]
    birth_date = {} if client.birth_date is None else {"birth-date": client.birth_date.isoformat()}
    async with signed_in(work, account) as session_hash:
        access = await open_client(work, session_hash, client.id, Permission.FORMS)
        sheet = await service.open_sheet(work, access, assignment_id=assignment_id)
        items = {item.path: item for page in sheet.pages for item in flat(page.items)}
        for path, answer in {**CASEY, **birth_date}.items():
            await give_answer(work, access, assignment_id, items[path], answer)
        await service.sign_and_submit(work, access, assignment_id=assignment_id, typed_name=account.name, agreed=True)


async def give_answer(work: Work, access: ClientAccess, assignment_id: UUID, item: ItemView, answer: _Plain) -> None:
    """Answer one question in plain words."""
    operation = AnswerOperation(operation_id=new_id(), path=item.path, base_revision=0, value=_values(item, answer))
    await service.save_answer(work, access, assignment_id=assignment_id, operation=operation)


def _values(item: ItemView, answer: _Plain) -> list[Value]:
    if item.options:
        chosen = answer if isinstance(answer, list) else [answer]
        return [option.value for option in item.options if option.label in chosen]
    return [{"valueDate" if item.kind == "date" else _KEYS[type(answer)]: answer}]


def flat(items: Iterable[ItemView]) -> Iterator[ItemView]:
    """Return items with all that stand below them."""
    for item in items:
        yield item
        yield from flat(item.items)


@contextmanager
def earlier(work: Work, ago: timedelta) -> Iterator[None]:
    """Let what happens inside have happened some time ago."""
    now = work.now
    work.now = now - ago
    try:
        yield
    finally:
        work.now = now


@asynccontextmanager
async def signed_in(work: Work, account: Account) -> AsyncIterator[str]:
    """Sign somebody in for a moment, without a trace; yields the session's hash, as the gate wants it."""
    hashed = token_hash(new_token())
    session = Session(account_id=account.id, token_hash=hashed, created_at=work.now, touched_at=work.now)
    work.add(session)
    await work.flush()
    yield hashed
    await work.delete(session)
    await work.flush()
