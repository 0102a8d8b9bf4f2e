"""What staff did with forms in the demo: PHQ-9 three times over, one sheet returned, a form of their own and a draft.

All of it goes through the gate and the services, as if people had clicked.
"""

from datetime import timedelta
from typing import Any
from uuid import UUID

from portal.access.actor import StaffTask
from portal.access.gate import open_client, open_practice
from portal.database import Work
from portal.demo.forms import earlier, flat, give_answer, signed_in
from portal.demo.people import Cast
from portal.intake import service
from portal.intake.building import rules_form, rules_items
from portal.intake.building import service_building as building
from portal.intake.building import service_library as library
from portal.intake.building.documents import write
from portal.intake.building.rules_building import add_item, new_document
from portal.intake.handling import queries, service_life
from portal.models import Permission, SignerRule

# days ago, and the points of the nine answers
_COURSE = ((63, 16), (35, 11), (9, 6))
_OPTIONS = ("Not at all", "Several days", "More than half the days", "Nearly every day")
_PRIVACY = {
    "contact-way": ["Phone call"],
    "share-with": False,
    "received": True,
}


async def load_handled_forms(work: Work, cast: Cast) -> None:
    """Let Casey have answered PHQ-9 three times, Morgan have a form returned, and Tess have built two forms."""
    listed = await service.list_forms(work, organization_id=cast.harbor.id)
    versions = {form.key: form.version_id for form in listed}
    for days, points in _COURSE:
        with earlier(work, timedelta(days=days)):
            sheet = await _signed(work, cast, ("casey", "tess"), versions["phq-9"], _phq_9(points))
            await _handle(work, cast, "tess", sheet, "complete_sheet")
    with earlier(work, timedelta(days=4)):
        sheet = await _signed(work, cast, ("morgan", "noah"), versions["privacy-practices"], _PRIVACY)
        said = "Is there really nobody we may talk to in an emergency? Please look at this question once more."
        await _comment(work, cast, sheet, "share-with", said)
        await _handle(work, cast, "noah", sheet, "return_sheet", text="")
    with earlier(work, timedelta(days=12)):
        await _build(work, cast, "Rules of the group", publish=True)
    with earlier(work, timedelta(days=1)):
        await _build(work, cast, "Sleep, week by week", publish=False)


def _phq_9(points: int) -> dict[str, Any]:
    """Spread points over the first eight questions; the ninth stays at zero."""
    answers = {f"phq-9-{number}": _OPTIONS[min(3, max(0, points - 3 * (number - 1)))] for number in range(1, 9)}
    return {**answers, "phq-9-9": _OPTIONS[0]}


async def _signed(work: Work, cast: Cast, who: tuple[str, str], version: UUID, answers: dict[str, Any]) -> UUID:
    """Send a form, and let the client fill it in and sign it."""
    client, account = cast.clients[who[0]], cast.accounts[who[0]]
    async with signed_in(work, cast.accounts[who[1]]) as session_hash:
        access = await open_practice(work, session_hash, StaffTask.SEND_FORMS, client_id=client.id)
        sheet = await service.send_form(work, access, client_id=client.id, form_version_id=version)
    async with signed_in(work, account) as session_hash:
        own = await open_client(work, session_hash, client.id, Permission.FORMS)
        view = await service.open_sheet(work, own, assignment_id=sheet)
        items = {item.path: item for page in view.pages for item in flat(page.items)}
        for path, answer in answers.items():
            await give_answer(work, own, sheet, items[path], answer)
        await service.sign_and_submit(work, own, assignment_id=sheet, typed_name=account.name, agreed=True)
    return sheet


async def _comment(work: Work, cast: Cast, sheet: UUID, path: str, text: str) -> None:
    async with signed_in(work, cast.accounts["noah"]) as session_hash:
        access = await open_practice(work, session_hash, StaffTask.READ_ANSWERS)
        await service_life.comment_on(work, access, assignment_id=sheet, path=path, text=text)


async def _handle(work: Work, cast: Cast, who: str, sheet: UUID, action: str, **more: Any) -> None:
    async with signed_in(work, cast.accounts[who]) as session_hash:
        access = await open_practice(work, session_hash, StaffTask.READ_ANSWERS)
        found = await queries.find_sheet(work, access, sheet)
        seen = found.revision if found else 0
        await getattr(service_life, action)(work, access, assignment_id=sheet, seen=seen, **more)


async def _build(work: Work, cast: Cast, title: str, *, publish: bool) -> None:
    """Begin a form, put a few questions into it, and publish it or leave it a draft."""
    document = rules_items.set_text(new_document(title), "section-1", "To agree on")
    document, name = add_item(document, "line", "section-1")
    document = rules_items.set_text(document, name, "What would you like to be called?")
    document, rules = add_item(document, "agree", name)
    document = rules_items.set_text(document, rules, "What is said here stays here")
    wish = rules_form.SignatureWish(rule=SignerRule.ANY, countersign=True)
    text = write(rules_form.set_signatures(document, wish))
    async with signed_in(work, cast.accounts["tess"]) as session_hash:
        access = await open_practice(work, session_hash, StaffTask.SEND_FORMS)
        form_id = await library.create_form(work, access, title=title)
        await building.put_draft(work, access, form_id=form_id, base=1, text=text)
        if publish:
            await building.publish_draft(work, access, form_id=form_id, base=2)
