"""How what waits becomes a list that can be read at a glance."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from portal.access.subjects import Subject
from portal.billing.service_home import ToPay
from portal.home import words
from portal.home.views import PersonTodos, Todo
from portal.intake import words_pages
from portal.intake.views import AssignmentView
from portal.kit.clock import today_in
from portal.messaging.service_home import ToRead
from portal.scheduling.service_home import NextAppointment


def group_by_person(
    subjects: Sequence[Subject],
    waiting: Sequence[AssignmentView],
    now: datetime,
    acting_for: str,
    viewed_as: str = "",
    coming: Sequence[NextAppointment] = (),
) -> list[PersonTodos]:
    """Group what is waiting and coming by person; whom one acts for (a client id, or empty) comes first.

    `viewed_as` is the id that links keep where staff view the page as somebody else.
    """
    several = len({subject.organization_id for subject in subjects}) > 1
    ordered = sorted(subjects, key=lambda subject: str(subject.client_id) != acting_for)
    groups = [[view for view in waiting if view.client_id == str(subject.client_id)] for subject in ordered]
    first = next((view.id for group in groups for view in group), "")
    return [
        PersonTodos(
            client_id=str(subject.client_id),
            heading=words.FOR_YOU if subject.is_self else words.for_person(subject.given_name),
            place=subject.practice_name if several else "",
            todos=[
                *(_todo(view, today_in(subject.zone, now), first, viewed_as) for view in group),
                *(_coming(one, viewed_as) for one in coming if one.client_id == str(subject.client_id)),
            ],
        )
        for subject, group in zip(ordered, groups, strict=True)
    ]


def add_sums(
    people: Sequence[PersonTodos], money: Sequence[ToPay], messages: Sequence[ToRead], viewed_as: str = ""
) -> list[PersonTodos]:
    """Add below each person's list what is to be paid for them, and that something new was written."""
    return [
        replace(
            person,
            todos=[
                *person.todos,
                *(_to_pay(one, viewed_as) for one in money if one.client_id == person.client_id),
                *(_to_read(one, viewed_as) for one in messages if one.client_id == person.client_id),
            ],
        )
        for person in people
    ]


def _to_pay(one: ToPay, viewed_as: str) -> Todo:
    return Todo(
        id=f"money-{one.client_id}",
        title=words.to_pay(one.amount),
        detail=words.sessions(one.charges),
        is_late=False,
        is_first=False,
        action=words.PAY,
        address=_address("/billing", one.client_id, viewed_as),
        kind="money",
    )


def _to_read(one: ToRead, viewed_as: str) -> Todo:
    return Todo(
        id=f"messages-{one.client_id}",
        title=words.new_messages(one.threads),
        detail="",
        is_late=False,
        is_first=False,
        action=words.READ,
        address=_address("/messages", one.client_id, viewed_as),
        kind="messages",
    )


def _address(path: str, client_id: str, viewed_as: str) -> str:
    return f"{path}?for={client_id}" + (f"&as={viewed_as}" if viewed_as else "")


def _coming(one: NextAppointment, viewed_as: str) -> Todo:
    return Todo(
        id=one.id,
        title=words.appointment_with(one.therapist),
        detail=one.when,
        is_late=False,
        is_first=False,
        action=words.SEE,
        address=_address("/appointments", one.client_id, viewed_as),
        kind="appointment",
        join=one.join,
    )


def _todo(view: AssignmentView, today: date, first: str, viewed_as: str) -> Todo:
    due_on = date.fromisoformat(view.due_on) if view.due_on else None
    again = words_pages.STATUS[view.status] if view.status == "returned" else ""
    parts = (
        again,
        words_pages.due(due_on, today),
        "" if again else words_pages.progress(view.progress.answered, view.progress.total),
    )
    return Todo(
        id=view.id,
        title=view.title,
        detail=" · ".join(part for part in parts if part),
        is_late=view.is_overdue,
        is_first=view.id == first,
        action=words_pages.CONTINUE if view.progress.answered else words_pages.START,
        address=_address(f"/forms/{view.id}", view.client_id, viewed_as),
    )
