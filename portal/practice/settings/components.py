"""The parts of the settings page."""

from typing import Any

import reflex as rx

from portal.practice.settings import words
from portal.practice.settings.state import SettingsState
from portal.practice.settings.state_history import HistoryState
from portal.settings.catalog import MOST_HOURS
from portal.ui.kit.buttons import button
from portal.ui.kit.classes import BESIDE, CARD, HELP, INPUT, LABEL, PADDED, ROWS, join
from portal.ui.kit.decisions import CopyButton, HoursField, Question, Switch, UndoNotice
from portal.ui.kit.events import call
from portal.ui.session_state import PageState
from portal.ui.words import CLOSE

_ANSWERS = SettingsState.answers + PageState.notice_count


def feature_switches() -> rx.Component:
    """What clients can do."""
    return _section("features", words.FEATURES, words.FEATURES_HELP, _switches(SettingsState.features))


def notice_switches() -> rx.Component:
    """What clients get an e-mail about."""
    return _section("notices", words.NOTICES, words.NOTICES_HELP, _switches(SettingsState.notices))


def team_switches() -> rx.Component:
    """How staff sign in."""
    return _section("team", words.TEAM, words.TEAM_HELP, _switches(SettingsState.team))


def shortcut_cards() -> rx.Component:
    """The links to hand out."""
    cards = rx.el.div(rx.foreach(SettingsState.shortcuts, _shortcut), class_name="grid gap-4")
    return _section("shortcuts", words.SHORTCUTS, words.SHORTCUTS_HELP, cards)


def change_history() -> rx.Component:
    """Who changed what, from what to what; the latest first."""
    listed = rx.el.ul(rx.foreach(HistoryState.history, _change), class_name=ROWS)
    more = rx.cond(
        HistoryState.older > 0,
        rx.el.div(button(words.OLDER, on_click=call(HistoryState.show_older, HistoryState.older)), class_name="mt-4"),
    )
    nothing = rx.el.p(words.NO_HISTORY, class_name=join(CARD, PADDED, HELP))
    filled = rx.fragment(listed, more)
    return _section("history", words.HISTORY, "", rx.cond(HistoryState.history.length() > 0, filled, nothing))


def before_and_after() -> rx.Component:
    """The question before a change, and the way back after it."""
    asked: Any = SettingsState.asked
    done: Any = SettingsState.done
    agree = call(SettingsState.change, asked.name, False, asked.step + 1)
    return rx.fragment(
        Question.create(
            open=asked.name != "",
            title=asked.title,
            lines=asked.lines,
            confirm=asked.confirm,
            cancel=words.KEEP,
            harms=True,
            on_confirm=agree,
            on_cancel=SettingsState.leave_it,
        ),
        UndoNotice.create(
            text=done.sentence,
            count=done.count,
            undo=words.UNDO,
            close=CLOSE,
            on_undo=call(SettingsState.change, done.name, done.value),
        ),
    )


def _section(key: str, title: str, help_text: str, *children: Any) -> rx.Component:
    return rx.el.section(
        rx.el.h2(title, id=f"{key}-title", class_name="scroll-mt-4 text-lg font-semibold"),
        *([rx.el.p(help_text, class_name=HELP)] if help_text else []),
        rx.el.div(*children, class_name="mt-3"),
        aria_labelledby=f"{key}-title",
    )


def _switches(rows: Any) -> rx.Component:
    return rx.el.ul(rx.foreach(rows, _switch), class_name=ROWS)


def _switch(row: Any) -> rx.Component:
    id_ = row.name.to(str)
    name = rx.el.label(row.label, id=id_ + "-label", html_for=id_, class_name=join(LABEL, "cursor-pointer"))
    return rx.el.li(
        rx.el.div(
            rx.el.div(name, _told(row, id_), class_name=BESIDE),
            Switch.create(
                id=id_,
                on=row.is_on,
                locked=~SettingsState.may_change | (row.obstacle != ""),
                answers=_ANSWERS,
                described_by=id_ + "-help",
                on_switch=lambda on: call(SettingsState.change, row.name, on),
            ),
            class_name="flex flex-wrap items-start gap-x-4 gap-y-2",
        ),
        rx.cond(row.is_on & (row.hours.length() > 0), rx.el.div(rx.foreach(row.hours, _hours), class_name=_PARTS)),
        class_name=rx.cond(row.is_part, "px-5 py-4 pl-10 sm:px-6 sm:pl-14", "px-5 py-4 sm:px-6"),
        key=row.name,
    )


_PARTS = "mt-4 grid gap-5 border-l-2 border-line pl-4 sm:grid-cols-2"


def _told(row: Any, id_: Any) -> rx.Component:
    """What a switch does, why it is grey, and what it still needs: read aloud with the switch."""
    return rx.el.div(
        rx.cond(row.help != "", rx.el.p(row.help, class_name=join(HELP, "mt-1 max-w-prose text-sm"))),
        rx.cond(row.obstacle != "", rx.el.p(row.obstacle, class_name="mt-1 text-sm font-semibold")),
        rx.cond(
            (row.missing != "") & (row.obstacle == ""), rx.el.p(row.missing, class_name="mt-1 text-sm text-caution")
        ),
        id=id_ + "-help",
    )


def _hours(part: Any) -> rx.Component:
    told = rx.el.div(
        rx.el.p(part.label, class_name=LABEL), rx.el.p(part.hours, " ", words.UNIT), rx.el.p(part.help, class_name=HELP)
    )
    return rx.cond(SettingsState.may_change, _hours_field(part), told)


def _hours_field(part: Any) -> rx.Component:
    return HoursField.create(
        id=part.name,
        label=part.label,
        help=part.help,
        unit=words.UNIT,
        hours=part.hours,
        most=MOST_HOURS,
        problem=words.HOURS_PROBLEM,
        answers=_ANSWERS,
        on_hours=lambda hours: call(SettingsState.change, part.name, hours),
    )


def _shortcut(link: Any) -> rx.Component:
    id_ = "link-" + link.key.to(str)
    field = rx.el.input(id=id_, value=link.address, read_only=True, class_name=join(INPUT, "mt-2 bg-sunk"))
    return rx.el.div(
        rx.el.div(
            rx.el.label(link.label, html_for=id_, class_name=LABEL),
            rx.el.p(link.help, class_name=HELP),
            rx.cond(link.warning != "", rx.el.p(link.warning, class_name="mt-1 text-caution")),
            field,
            rx.el.div(_copy(link, id_), class_name="mt-3"),
            class_name="min-w-0 grow",
        ),
        rx.el.figure(
            rx.el.img(src=link.picture, alt=link.picture_label, class_name="size-36 rounded-small bg-card"),
            rx.el.figcaption(words.QR_HELP, class_name="mt-1 max-w-36 text-sm text-ink-soft"),
            class_name="shrink-0",
        ),
        class_name=join(CARD, PADDED, "flex flex-col gap-5 sm:flex-row"),
        key=link.key,
    )


def _copy(link: Any, id_: Any) -> rx.Component:
    return CopyButton.create(
        words.COPY, target=id_, label=link.copy_label, copied=words.COPIED, by_hand=words.COPY_BY_HAND
    )


def _change(row: Any) -> rx.Component:
    return rx.el.li(
        rx.el.p(row.what, class_name="font-semibold leading-snug"),
        rx.el.p(row.from_to, class_name="leading-snug"),
        rx.el.p(row.who, " · ", row.when, class_name=join("text-sm", HELP)),
        class_name="px-5 py-4 sm:px-6",
        key=row.sequence,
    )
