"""Two hundred clients with a form to fill, and a live session each, put straight into a portal's database."""

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

from sqlmodel import select

from portal.config import Config, Mode
from portal.database import Database, Work
from portal.intake.fhir.form import Form
from portal.intake.forms_cache import form_of
from portal.kit.tokens import new_token, token_hash
from portal.models import Account, Client, FormAssignment, FormVersion, Organization, Session
from portal.models import Form as StoredForm

COOKIE = "portico_session"


@dataclass(frozen=True)
class Filler:
    """Somebody with a form open: the cookie, the sheet's address, and the item that is answered over and over."""

    cookie: str
    assignment_id: str
    client_id: str
    item: str


async def fillers(folder: Path, number: int) -> list[Filler]:
    """Add clients to the demo practice in a data folder, each with the standard questionnaire to fill."""
    config = Config(mode=Mode.TEST, data_dir=folder)
    database = Database(config.database, config.ring())
    async with database.unit_of_work() as work:
        version = await _questionnaire(work)
        item = _a_line_of_text(await form_of(work, version.id, version.sha256))
        found = [await _filler(work, version, item, place) for place in range(number)]
    await database.close()
    return found


async def _questionnaire(work: Work) -> FormVersion:
    asked = (
        select(FormVersion)
        .join(StoredForm, StoredForm.id == FormVersion.form_id)
        .join(Organization, Organization.id == FormVersion.organization_id)
        .where(Organization.slug == "harbor", StoredForm.title == "Standard Intake Questionnaire")
    )
    return (await work.exec(asked)).first()


def _a_line_of_text(form: Form) -> str:
    """Return the path of the first line of text that everybody is asked."""
    return next(item.path for item in form.items if item.kind == "string")


async def _filler(work: Work, version: FormVersion, item: str, place: int) -> Filler:
    client, cookie = await newcomer(work, version.organization_id, "Filler", place)
    assignment = FormAssignment(
        organization_id=version.organization_id, client_id=client.id, form_version_id=version.id, sent_at=work.now
    )
    work.add(assignment)
    await work.flush()
    return Filler(cookie, str(assignment.id), str(client.id), item)


async def newcomer(work: Work, organization_id: UUID, name: str, place: int) -> tuple[Client, str]:
    """Add a client with a login to a practice; return them and the cookie of a live session."""
    email = f"{name.lower()}{place}@bench.example"
    account = Account(email=email, email_key=email, name=f"{name} {place}", created_at=work.now)
    work.add(account)
    await work.flush()
    client = Client(
        organization_id=organization_id,
        account_id=account.id,
        given_name=name,
        family_name=f"Number {place}",
        created_at=work.now,
    )
    work.add(client)
    await work.flush()
    return client, open_session(work, account)


def open_session(work: Work, account: Account) -> str:
    """Open a session for somebody; return its cookie."""
    token = new_token()
    work.add(Session(account_id=account.id, token_hash=token_hash(token), created_at=work.now, touched_at=work.now))
    return f"{COOKIE}={token}"


def operation(filler: Filler, revision: int) -> dict[str, object]:
    """Return what the browser sends to save one answer."""
    return {
        "operation_id": str(uuid4()),
        "path": filler.item,
        "instance": 0,
        "base_revision": revision,
        "value": [{"valueString": f"Answer number {revision}"}],
    }
