"""The head of a client's page, and the details."""

from typing import Any

import reflex as rx

from portal.practice.client import words
from portal.practice.client.state import ClientState
from portal.practice.client.state_why import WhyState
from portal.practice.components_back import back_to
from portal.ui.kit.buttons import button, button_link
from portal.ui.kit.checked import checked_field
from portal.ui.kit.classes import CARD, HELP, PADDED, join
from portal.ui.kit.editing import ConfirmButton, FillIn, Panel, Seen
from portal.ui.kit.events import call
from portal.ui.kit.fields import action_form, submit
from portal.ui.shell_state import ShellState

_BUTTONS = "mt-5 flex flex-wrap gap-3"
_CLIENT: Any = ClientState.client
_FORM: Any = ClientState.form


def back() -> rx.Component:
    """The way back to the list."""
    return back_to(words.BACK, "/practice/clients")


def archived_note() -> rx.Component:
    """That the record is archived, and what this means."""
    note = rx.el.div(
        rx.el.p(words.ARCHIVED),
        rx.cond(
            ClientState.may_edit, rx.el.div(button(words.RESTORE, on_click=ClientState.restore), class_name="mt-3")
        ),
        class_name="mb-8 rounded-small border-l-4 border-caution bg-caution-soft p-4",
    )
    return rx.cond(_CLIENT.is_archived, note)


def details() -> rx.Component:
    """Who the client is, and changing it."""
    here = ClientState.may_edit & ~_CLIENT.is_archived
    buttons = rx.el.div(
        rx.cond(here, _edit()),
        rx.cond(here & ClientState.may_assign, _therapists()),
        rx.cond(ClientState.may_edit, _messages()),
        button(words.WHY, on_click=call(WhyState.ask, "")),
        rx.cond(ClientState.may_edit, view_as(_CLIENT)),
        rx.cond(here, _archive()),
        _insurance(),
        class_name=_BUTTONS,
    )
    return section(
        "details",
        words.DETAILS,
        rx.el.div(
            rx.el.p(
                _CLIENT.status_label,
                class_name="mb-4 inline-block rounded-full bg-sunk px-3 py-0.5 text-sm text-ink-soft",
            ),
            rx.el.dl(rx.foreach(_CLIENT.facts, _fact), class_name="grid gap-4 sm:grid-cols-2"),
            mail_note(_CLIENT.mail),
            buttons,
            class_name=join(CARD, PADDED),
        ),
    )


def _messages() -> rx.Component:
    """The way to the messages with this client, for staff who can have any."""
    to = "/practice/clients/" + _CLIENT.id.to(str) + "/messages" + ShellState.query
    return rx.cond(ShellState.links.contains("inbox"), button_link(words.MESSAGES, to=to))


def _insurance() -> rx.Component:
    """The way to this client's insurance, for staff who look after it."""
    to = "/practice/clients/" + _CLIENT.id.to(str) + "/insurance" + ShellState.query
    return rx.cond(ShellState.links.contains("insurance"), button_link(words.INSURANCE, to=to))


def view_as(one: Any) -> rx.Component:
    """The way to what somebody sees, for who may look."""
    name = words.VIEW_AS + " " + one.name.to(str)
    return rx.cond(one.view_as != "", button_link(words.VIEW_AS, to=one.view_as, aria_label=name))


def mail_note(sentence: Any) -> rx.Component:
    """That mail to somebody does not arrive; nothing while it does."""
    classes = "mt-3 rounded-small border-l-4 border-caution bg-caution-soft p-3 break-words"
    return rx.cond(sentence != "", rx.el.p(sentence, class_name=classes))


def section(key: str, title: str, *children: Any, help_text: str = "") -> rx.Component:
    """One part of the page, with its heading."""
    return rx.el.section(
        rx.el.h2(title, id=f"{key}-title", class_name="text-lg font-semibold"),
        *([rx.el.p(help_text, class_name=HELP)] if help_text else []),
        rx.el.div(*children, class_name="mt-3"),
        aria_labelledby=f"{key}-title",
    )


def conflict_note(rows: Any, shown: Any) -> rx.Component:
    """What two people wrote into the same field; nothing is lost, and either can be kept."""
    note = rx.el.div(
        rx.el.ul(rx.foreach(rows, _conflict), class_name="grid gap-2"),
        rx.el.p(words.CONFLICT_NEXT, class_name="mt-2"),
        class_name="rounded-small border-l-4 border-caution bg-caution-soft p-3",
    )
    return rx.cond(shown, note)


def _conflict(row: Any) -> rx.Component:
    use = FillIn.create(words.USE_THEIRS, target=row.target, text=row.theirs)
    return rx.el.li(rx.el.strong(row.label, ": "), row.sentence, rx.el.div(use), key=row.target)


def _fact(fact: Any) -> rx.Component:
    return rx.el.div(rx.el.dt(fact.label, class_name=HELP), rx.el.dd(fact.text, class_name="break-words"))


def _edit() -> rx.Component:
    form = action_form(
        conflict_note(ClientState.conflicts, ClientState.conflicts.length() > 0),
        _line(words.GIVEN_NAME, "given_name"),
        _line(words.FAMILY_NAME, "family_name"),
        _line(words.BIRTH_DATE, "birth_date", type="date", classes="max-w-60"),
        _line(words.EMAIL, "email", input_mode="email", spell_check=False),
        _line(words.PHONE, "phone", type="tel"),
        Seen.create(name="seen", value=ClientState.seen, answers=ClientState.answers),
        submit(words.SAVE),
        on_submit=ClientState.save,
        cleared=ClientState.saved,
        custom_attrs={"noValidate": True},
    )
    return Panel.create(
        form,
        label=words.EDIT,
        name=words.EDIT_DETAILS,
        title=words.EDIT_DETAILS,
        kind="plain",
        close=words.CLOSE,
        done=ClientState.saved,
    )


def _line(label: str, name: str, **props: Any) -> rx.Component:
    problems: Any = ClientState.problems
    more = {"auto_complete": "off", "default_value": _FORM[name], **props}
    return checked_field(label, name, form="details", problems=problems, **more)


def _therapists() -> rx.Component:
    form = action_form(
        rx.el.p(words.THERAPISTS_HELP, class_name=HELP),
        rx.el.div(rx.foreach(ClientState.therapists, _therapist)),
        submit(words.SAVE),
        on_submit=ClientState.assign,
        cleared=ClientState.saved,
    )
    return Panel.create(
        form,
        label=words.THERAPISTS,
        name=words.CHANGE_THERAPISTS,
        title=words.CHANGE_THERAPISTS,
        kind="plain",
        close=words.CLOSE,
        done=ClientState.saved,
    )


def _therapist(option: Any) -> rx.Component:
    box = rx.el.input(
        type="checkbox",
        name="therapist:" + option.value.to(str),
        default_checked=option.chosen,
        class_name="size-6 shrink-0 accent-accent",
    )
    classes = "flex min-h-target cursor-pointer items-center gap-3 py-2"
    return rx.el.label(box, option.label, class_name=classes, key=option.value)


def _archive() -> rx.Component:
    return ConfirmButton.create(
        label=words.ARCHIVE,
        kind="danger",
        title=words.ARCHIVE_QUESTION,
        text=words.ARCHIVE_TEXT,
        confirm=words.ARCHIVE,
        cancel=words.CANCEL,
        on_confirm=ClientState.archive,
    )
