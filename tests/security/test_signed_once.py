"""Whose grant is for one form signs it; asked again, since the reply was lost, it was signed. They read it no more."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest
from sqlmodel import select

from portal.models import AssignmentStatus, FormAssignment, FormSignature, FormVersion
from portal.models import Form as StoredForm
from tests.security.conftest import Door
from tests.security.tab import PAGE, Tab
from tests.security.test_chosen_names import ANSWERS, OTHER, Rename
from tests.security.test_forms_staff_page import page_at

CLIENT_FORMS = f"{PAGE}.portal___practice___client___state_forms____client_forms_state"
FILL = f"{PAGE}.portal___intake___filling___state____fill_state"
HAND = {"typed_name": "Pete Park", "agreed": True}


@dataclass
class Asked:
    """Pete, who may only pay, was asked to sign one form about Milo."""

    door: Door
    assignment_id: str

    async def tab(self, who: str) -> Tab:
        tab = self.door.tab(
            await self.door.sign_in(who), path="/forms/[assignment_id]", query={"for": self.door.client_id("milo")}
        )
        tab.parts = {"assignment_id": self.assignment_id}
        return await tab.open()

    async def signed(self) -> Tab:
        """Pete answers what has to be answered, and signs."""
        pete = await self.tab("pete")
        await pete.do(f"{FILL}.load")
        for item in [item for page in pete.state[FILL]["sheet"]["pages"] for item in page["items"] if item["required"]]:
            plain = {"boolean": {"valueBoolean": True}, "date": {"valueDate": "2026-01-01"}}
            chosen = item["options"][0]["value"] if item["options"] else None
            value = [chosen or plain.get(item["kind"], {"valueString": "Pete Park"})]
            sent = {"operation_id": str(uuid4()), "path": item["path"], "base_revision": 0, "value": value}
            await pete.do(f"{FILL}.save", operation=sent)
        await pete.do(f"{FILL}.sign", fields=HAND)
        return pete

    async def signatures(self) -> int:
        async with self.door.database.unit_of_work(writes=False) as work:
            rows = (await work.exec(select(FormSignature))).all()
            return sum(str(row.assignment_id) == self.assignment_id for row in rows)


@pytest.fixture
async def asked(door: Door) -> AsyncIterator[Asked]:
    """The notice of privacy practices: it asks nothing, so it can be signed at once."""
    async with door.database.unit_of_work(writes=False) as work:
        query = select(FormVersion.id).join(StoredForm, StoredForm.id == FormVersion.form_id)  # type: ignore[arg-type]  # SQLModel types a comparison as bool
        named = query.where(StoredForm.title == "Notice of Privacy Practices")
        version_id = (await work.exec(named.where(FormVersion.organization_id == door.cast.harbor.id))).one()
    before = set(await door.assignments("milo"))
    tess = door.tab(await door.sign_in("tess"), path="/practice/clients/[client_id]")
    tess.parts = {"client_id": door.client_id("milo")}
    await tess.open()
    signer = f"signer:{door.cast.contacts['pete'].id}"
    await tess.do(f"{CLIENT_FORMS}.send", fields={"form": str(version_id), "due_on": "", signer: "on"})
    [made] = set(await door.assignments("milo")) - before
    yield Asked(door, made)
    async with door.database.unit_of_work() as work:
        row = (await work.exec(select(FormAssignment).where(FormAssignment.id == UUID(made)))).one()
        row.status = AssignmentStatus.REVOKED
        work.add(row)


async def test_the_repeat_says_that_it_was_signed(asked: Asked) -> None:
    pete = await asked.signed()
    assert pete.state[FILL]["sent"]["id"] == asked.assignment_id
    again = await asked.tab("pete")
    for handler, sent in (("sign", {"fields": HAND}), ("load", {}), ("sign", {"fields": HAND})):
        await again.do(f"{FILL}.{handler}", **sent)
        assert again.page["refusal"] == ""
        assert again.state[FILL]["sent"]["id"] == asked.assignment_id
        assert "Pete Park signed and sent this form on" in again.state[FILL]["sent"]["sent"]
        assert again.state[FILL]["sent"]["sections"] == [], "what is in it is not his any more"
        assert again.state[FILL]["sheet"] is None
    assert await asked.signatures() == 1


async def test_who_did_not_sign_is_refused_as_before(asked: Asked) -> None:
    await asked.signed()
    morgan = await asked.tab("morgan")
    for handler, sent in (("load", {}), ("sign", {"fields": {**HAND, "typed_name": "Morgan Diaz"}})):
        await morgan.do(f"{FILL}.{handler}", **sent)
        assert morgan.page["refusal"] != ""
        assert morgan.state[FILL]["sent"]["id"] == ""
    assert "Notice of Privacy" not in morgan.text
    assert await asked.signatures() == 1


async def test_a_signature_is_by_whom_the_practice_knows(asked: Asked, rename: Rename) -> None:
    await rename("pete", OTHER)
    pete = await asked.signed()
    assert await asked.signatures() == 1  # with the name that the practice has for him
    await pete.close()
    tess = await page_at(asked.door, "tess", "/practice/answers/[assignment_id]", assignment_id=asked.assignment_id)
    await tess.do(f"{ANSWERS}.load")
    text = json.dumps(tess.state[ANSWERS])
    assert "Pete Park" in text
    assert OTHER not in text


async def test_the_name_of_somebody_else_is_no_signature(asked: Asked, rename: Rename) -> None:
    await rename("pete", OTHER)
    pete: Tab = await asked.tab("pete")
    await pete.do(f"{FILL}.load")
    await pete.do(f"{FILL}.sign", fields={"typed_name": OTHER, "agreed": True})
    assert "Pete Park" in pete.state[FILL]["signing"]["sentence"]
    assert await asked.signatures() == 0
