"""The parts of the page of requests to join."""

from typing import Any

import reflex as rx

from portal.practice.joining import words
from portal.practice.joining.state import JoiningState
from portal.ui.kit.classes import CARD, HELP, LINK, PADDED, join
from portal.ui.kit.editing import ConfirmButton
from portal.ui.kit.events import call
from portal.ui.kit.native import inner_link
from portal.ui.kit.states import empty
from portal.ui.shell_state import ShellState

_HEAD = "hidden px-3 py-2 text-left text-sm font-semibold text-ink-soft sm:table-cell"
_CELL = "block break-words sm:table-cell sm:px-3 sm:py-2 sm:align-top"
_TINY = "mr-2 whitespace-nowrap text-sm text-ink-soft sm:hidden"


def queue() -> rx.Component:
    """Everybody who waits, or that nobody does."""
    listed = rx.el.ul(rx.foreach(JoiningState.rows, _waiting), class_name="grid gap-6")
    nobody = empty(words.NOBODY, words.NOBODY_HELP, sign="users")
    return rx.el.div(
        rx.el.p(JoiningState.counted, role="status", class_name=join("mb-2 min-h-6 text-sm", HELP)),
        rx.cond(JoiningState.rows.length() > 0, listed, nobody),
        class_name="max-w-3xl",
    )


def _waiting(one: Any) -> rx.Component:
    note = rx.el.div(
        rx.el.p(words.NOTE, class_name=join("text-sm", HELP)),
        rx.el.p(one.note, class_name="whitespace-pre-line break-words"),
        class_name="mt-4 rounded-small bg-sunk p-4",
    )
    nobody = rx.el.p(words.NOBODY_ALIKE, class_name=join("mt-4", HELP))
    alike = rx.el.ul(rx.foreach(one.like, lambda match: _alike(one, match)), class_name="mt-5 grid gap-5")
    return rx.el.li(
        rx.el.h2(one.name, class_name="text-lg font-semibold"),
        rx.el.p(one.asked, class_name=join("text-sm", HELP)),
        rx.el.dl(rx.foreach(one.facts, _fact), class_name="mt-4 grid gap-3 sm:grid-cols-3"),
        rx.cond(one.note != "", note),
        rx.cond(one.like.length() > 0, alike, nobody),
        rx.el.div(_new(one), _reject(one), class_name="mt-5 flex flex-wrap gap-3 border-t border-line pt-5"),
        key=one.id,
        class_name=join(CARD, PADDED),
    )


def _fact(line: Any) -> rx.Component:
    return rx.el.div(
        rx.el.dt(line.label, class_name=join("text-sm", HELP)),
        rx.el.dd(line.theirs, class_name="break-words"),
        key=line.label,
    )


def _alike(one: Any, match: Any) -> rx.Component:
    """One lookalike, side by side with what the stranger wrote."""
    title = rx.cond(
        match.address != "",
        inner_link(match.heading, to=match.address.to(str) + ShellState.query, class_name=LINK),
        match.heading,
    )
    serves = rx.el.p(words.SERVES, ": ", rx.foreach(match.serves, _served), class_name="mt-2")
    return rx.el.li(
        rx.el.h3(title, class_name="font-semibold"),
        rx.el.p(match.reason, class_name=HELP),
        _table(match),
        rx.el.p(match.note, class_name="mt-2 empty:hidden"),
        rx.cond(match.serves.length() > 0, serves),
        rx.cond(
            match.id != "",
            rx.el.div(_same(one, match), rx.cond(match.take_text != "", _take(one, match)), class_name=_BUTTONS),
        ),
        key=match.key,
        class_name="rounded-small border-l-4 border-caution bg-caution-soft p-4",
    )


_BUTTONS = "mt-4 flex flex-wrap gap-3"


def _served(link: Any) -> rx.Component:
    return inner_link(link.name, to=link.address.to(str) + ShellState.query, class_name=join(LINK, "mr-3"))


def _table(match: Any) -> rx.Component:
    heads = (words.NAME, words.THEY_WROTE, words.ON_RECORD, words.COMPARED)
    corner, *titles = (rx.el.th(title, scope="col", role="columnheader", class_name=_HEAD) for title in heads)
    corner = rx.el.td(role="cell", class_name="hidden sm:table-cell")
    return rx.el.table(
        rx.el.thead(rx.el.tr(corner, *titles, role="row"), role="rowgroup", class_name="hidden sm:table-header-group"),
        rx.el.tbody(rx.foreach(match.lines, _line), role="rowgroup", class_name="block sm:table-row-group"),
        role="table",
        aria_label=match.heading,
        class_name="mt-3 block w-full rounded-small bg-card sm:table",
    )


def _line(line: Any) -> rx.Component:
    strong = rx.cond(line.same == words.SAME, "font-semibold text-accent-strong", "text-ink-soft")
    return rx.el.tr(
        rx.el.th(line.label, scope="row", role="rowheader", class_name=join(_CELL, "text-left font-semibold")),
        rx.el.td(rx.el.span(words.THEY_WROTE, class_name=_TINY), line.theirs, role="cell", class_name=_CELL),
        rx.el.td(rx.el.span(words.ON_RECORD, class_name=_TINY), line.ours, role="cell", class_name=_CELL),
        rx.el.td(rx.el.span(line.same, class_name=strong), role="cell", class_name=_CELL),
        role="row",
        key=line.label,
        class_name="block border-b border-line p-3 last:border-b-0 sm:table-row sm:p-0",
    )


def _same(one: Any, match: Any) -> rx.Component:
    return _decide(
        words.SAME_PERSON,
        match.same_name,
        match.same_title,
        match.same_text,
        call(JoiningState.same_person, one.id, match.id, False),
    )


def _take(one: Any, match: Any) -> rx.Component:
    name = words.TAKE_EMAIL + ": " + match.heading.to(str)
    act = call(JoiningState.same_person, one.id, match.id, True)
    return _decide(words.TAKE_EMAIL, name, match.same_title, match.take_text, act)


def _new(one: Any) -> rx.Component:
    act = call(JoiningState.new_client, one.id, one.despite)
    return _decide(words.NEW_CLIENT, one.new_name, one.new_title, one.new_text, act)


def _reject(one: Any) -> rx.Component:
    act = call(JoiningState.reject, one.id)
    return _decide(words.REJECT, one.reject_name, one.reject_title, words.REJECT_TEXT, act, kind="danger")


def _decide(label: str, name: Any, title: Any, text: Any, act: Any, kind: str = "plain") -> rx.Component:
    return ConfirmButton.create(
        label=label,
        name=name,
        kind=kind,
        title=title,
        text=text,
        confirm=label,
        cancel=words.LEAVE,
        mild=kind != "danger",
        on_confirm=act,
    )
