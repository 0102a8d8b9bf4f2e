"""The cast at work on forms: send one, answer, sign and read it, always through the gate."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from portal.access.actor import ClientAccess, PracticeAccess, StaffTask, System
from portal.database import Work
from portal.intake import service
from portal.intake.operations import AnswerOperation
from portal.intake.views import AnswerConflict, ImportReport, Review, Saved, SheetView, Submitted
from portal.intake.views_reading import ReadView
from portal.models import Organization, Permission
from tests.access.house import House

SETTING_UP = System("test")


def text(words: str) -> list[dict[str, Any]]:
    return [{"valueString": words}]


def yes(answer: bool = True) -> list[dict[str, Any]]:
    return [{"valueBoolean": answer}]


def code(*codes: str) -> list[dict[str, Any]]:
    return [{"valueCoding": {"code": each}} for each in codes]


def question(link: str, kind: str = "string", **more: Any) -> dict[str, Any]:
    return {"linkId": link, "type": kind, "text": f"Question {link}", **more}


def when(question: str, operator: str = "=", **answer: Any) -> dict[str, Any]:
    return {"question": question, "operator": operator, **answer}


def form_of(*items: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"resourceType": "Questionnaire", "status": "active", "title": "A form", **more, "item": list(items)}


def operation(path: str, value: Any, base: int = 0, operation_id: UUID | None = None) -> AnswerOperation:
    return AnswerOperation(operation_id=operation_id or uuid4(), path=path, base_revision=base, value=value)


class Desk(House):
    """Forms on top of the house."""

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[Work]:
        async with self.database.unit_of_work() as work:
            yield work

    async def forms(self, person: str, client: str) -> ClientAccess:
        """Proof that somebody may fill in forms for a client."""
        return await self.open(person, client, Permission.FORMS)

    async def staff(self, person: str, task: StaffTask = StaffTask.READ_ANSWERS) -> PracticeAccess:
        """Proof that a staff member may do something with forms."""
        return await self.practice(person, task)

    async def bring_in(self, questionnaire: dict[str, Any], practice: Organization | None = None) -> ImportReport:
        """Import a form for Harbor, or another practice."""
        async with self.writing() as work:
            return await service.import_questionnaire(
                work,
                organization_id=(practice or self.cast.harbor).id,
                actor=SETTING_UP,
                raw=json.dumps(questionnaire).encode(),
            )

    async def send(self, client: str, questionnaire: dict[str, Any], due_on: date | None = None) -> UUID:
        """Import a form and put it on a client's list."""
        row = self.cast.clients[client]
        practice = self.cast.harbor if row.organization_id == self.cast.harbor.id else self.cast.lakeside
        report = await self.bring_in(questionnaire, practice)
        async with self.writing() as work:
            return await service.assign_form(
                work,
                organization_id=practice.id,
                actor=SETTING_UP,
                client_id=row.id,
                form_version_id=UUID(report.form_version_id),
                due_on=due_on,
            )

    async def sheet(self, access: ClientAccess, assignment_id: UUID) -> SheetView:
        async with self.database.unit_of_work(writes=False) as work:
            return await service.open_sheet(work, access, assignment_id=assignment_id)

    async def apply(
        self, access: ClientAccess, assignment_id: UUID, operation: AnswerOperation
    ) -> Saved | AnswerConflict:
        async with self.writing() as work:
            return await service.save_answer(work, access, assignment_id=assignment_id, operation=operation)

    async def save(self, access: ClientAccess, assignment_id: UUID, path: str, value: Any, base: int = 0) -> Saved:
        """Save one answer that nothing stands against."""
        saved = await self.apply(access, assignment_id, operation(path, value, base))
        assert isinstance(saved, Saved), saved
        return saved

    async def review(self, access: ClientAccess, assignment_id: UUID) -> Review:
        async with self.database.unit_of_work(writes=False) as work:
            return await service.review_sheet(work, access, assignment_id=assignment_id)

    async def sign(
        self, access: ClientAccess, assignment_id: UUID, name: str | None = None, *, agreed: bool = True
    ) -> Submitted:
        async with self.writing() as work:
            return await service.sign_and_submit(
                work,
                access,
                assignment_id=assignment_id,
                typed_name=access.actor.name if name is None else name,
                agreed=agreed,
            )

    async def read(self, access: PracticeAccess, assignment_id: UUID) -> ReadView:
        async with self.writing() as work:
            return await service.read_sheet(work, access, assignment_id=assignment_id)
