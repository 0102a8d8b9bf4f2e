"""Bringing forms in and taking them out."""

import json
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlmodel import func, select

from portal.errors import Invalid, NotFound
from portal.intake import service
from portal.models import Form, FormVersion
from tests.intake.desk import SETTING_UP, Desk, form_of, question, text, yes

KEYS = ["standard-intake", "informed-consent", "privacy-practices", "card-authorization", "phq-9", "gad-7"]


async def bring_in(desk: Desk, raw: bytes) -> Any:
    async with desk.writing() as work:
        return await service.import_questionnaire(work, organization_id=desk.cast.harbor.id, actor=SETTING_UP, raw=raw)


async def count(desk: Desk) -> int:
    async with desk.database.unit_of_work(writes=False) as work:
        return (await work.exec(select(func.count()).select_from(Form))).one()


async def test_what_comes_in_goes_out_unchanged(desk: Desk) -> None:
    start = b'\xef\xbb\xbf {"resourceType":"Questionnaire",  "x-own": [1.50, 1e2, "\\u00e9"], '
    raw = start + b'"item":[{"linkId":"a","type":"string"}]}'
    report = await bring_in(desk, raw)
    async with desk.database.unit_of_work(writes=False) as work:
        exported = await service.export_questionnaire(
            work, organization_id=desk.cast.harbor.id, form_id=UUID(report.form_id)
        )
        with pytest.raises(NotFound):
            await service.export_questionnaire(
                work, organization_id=desk.cast.lakeside.id, form_id=UUID(report.form_id)
            )
    assert exported.encode() == raw.removeprefix(b"\xef\xbb\xbf")


async def test_the_same_file_twice_is_one_form(desk: Desk) -> None:
    raw = json.dumps(form_of(question("a"))).encode()
    first, second = await bring_in(desk, raw), await bring_in(desk, raw)
    assert (first.form_id, first.already_there, second.already_there) == (second.form_id, False, True)
    assert await count(desk) == 1


@pytest.mark.parametrize(
    ("raw", "named"),
    [
        (b"", "JSON"),
        (b"\xff\xfe", "UTF-8"),
        (b"[]", "not a FHIR Questionnaire"),
        (b"[" * 200_000, "JSON"),
        (b'{"a": NaN}', "JSON"),
        (b'{"resourceType": "Patient"}', "FHIR Patient"),
        (b'{"resourceType": "Questionnaire"}', "no items"),
        (b'{"resourceType": "Questionnaire", "item": {}}', "not a list"),
        (b'{"resourceType": "Questionnaire", "item": [3]}', "not a JSON object"),
        (b'{"resourceType": "Questionnaire", "item": [{"type": "string", "text": "Hi"}]}', "Hi"),
        (b'{"resourceType": "Questionnaire", "item": [{"linkId": "a"}]}', "no type"),
        (b'{"resourceType": "Questionnaire", "item": [{"linkId": "a", "type": "string", "text": {}}]}', "not text"),
        (
            b'{"resourceType": "Questionnaire", "title": "\\ud800", "item": [{"linkId": "a", "type": "string"}]}',
            "characters",
        ),
        (
            b'{"resourceType": "Questionnaire", "title": "\\u0000", "item": [{"linkId": "a", "type": "string"}]}',
            "characters",
        ),
        (json.dumps(form_of(question("a"), question("a"))).encode(), "“a”"),
        (json.dumps(form_of(question("a" * 300))).encode(), "longer than 255"),
        (json.dumps(form_of(*(question(f"q{n}") for n in range(1_001)))).encode(), "1,000"),
        (b'{"resourceType": "Questionnaire"}' + b" " * 3_000_000, "too large"),
    ],
)
async def test_what_is_no_form_is_named_and_nothing_is_imported(desk: Desk, raw: bytes, named: str) -> None:
    with pytest.raises(Invalid, match=named):
        await bring_in(desk, raw)
    assert await count(desk) == 0


async def test_fifty_levels_and_five_hundred_items_work(desk: Desk) -> None:
    nested: dict[str, Any] = question("deepest", required=True)
    for level in range(49):
        nested = {"linkId": f"level-{level}", "type": "group", "text": f"Level {level}", "item": [nested]}
    sheet = await desk.send("milo", form_of(nested, *(question(f"q{n}") for n in range(500))))
    gina = await desk.forms("gina", "milo")
    saved = await desk.save(gina, sheet, "deepest", text("down here"))
    assert saved.progress.total == 501
    await desk.sign(gina, sheet)
    view = await desk.read(await desk.staff("tess"), sheet)
    assert view.sections[0].lines[-1].answers == ["down here"]
    with pytest.raises(Invalid, match="50 levels"):
        await bring_in(desk, json.dumps(form_of({"linkId": "more", "type": "group", "item": [nested]})).encode())


async def test_built_in_forms_are_installed_once_and_renewed_by_version(desk: Desk) -> None:
    async with desk.writing() as work:
        first = await service.install_builtin_forms(work, desk.cast.harbor.id)
        other = await service.install_builtin_forms(work, desk.cast.lakeside.id)
    async with desk.writing() as work:
        assert await service.install_builtin_forms(work, desk.cast.harbor.id) == first
        old = await work.get_one(FormVersion, first["phq-9"])
        old.sha256 = "0" * 64
        work.add(old)
    async with desk.writing() as work:
        renewed = await service.install_builtin_forms(work, desk.cast.harbor.id)
        listed = await service.list_forms(work, organization_id=desk.cast.harbor.id)
    assert list(first) == KEYS
    assert not set(first.values()) & set(other.values())
    assert [key for key in KEYS if renewed[key] != first[key]] == ["phq-9"]
    assert {row.key: row.number for row in listed if row.key == "phq-9"} == {"phq-9": 2}


async def test_a_form_that_was_changed_in_the_database_is_not_used(desk: Desk) -> None:
    sheet = await desk.send("milo", form_of(question(f"only-here-{uuid4()}", "boolean")))
    async with desk.writing() as work:
        row = (await work.exec(select(FormVersion))).one()
        row.questionnaire = row.questionnaire.replace("Question", "Kwestion")
        work.add(row)
    with pytest.raises(RuntimeError, match="fingerprint"):
        await desk.sheet(await desk.forms("gina", "milo"), sheet)


async def test_the_text_of_a_question_may_hold_markup(desk: Desk) -> None:
    nasty = "<script>alert(1)</script>"
    sheet = await desk.send("milo", form_of(question("a", "boolean", text=nasty), title=nasty))
    gina = await desk.forms("gina", "milo")
    await desk.save(gina, sheet, "a", yes())
    view = await desk.sheet(gina, sheet)
    assert (view.title, view.pages[0].items[0].text) == (nasty, nasty)
