"""The parts around a form that staff read: where it stands, what was said, and moving it on."""

from typing import Any

import reflex as rx

from portal.intake.answers import words
from portal.intake.answers.state_course import CourseState
from portal.intake.answers.state_handling import HandlingState
from portal.ui.kit.buttons import button
from portal.ui.kit.classes import CARD, HELP, INPUT, LABEL, PADDED, join
from portal.ui.kit.editing import ConfirmButton, Panel, Sheet
from portal.ui.kit.events import call
from portal.ui.kit.fields import action_form, field, submit

_AROUND: Any = HandlingState.around
_SAID: Any = HandlingState.said
_NOTE = "rounded-small border-l-4 border-accent bg-accent-soft p-3"


def standing(document: rx.Component) -> rx.Component:
    """Where the form stands, what can be done with it, and its PDF."""
    made: rx.Component = rx.el.section(
        rx.el.h2(words.STATUS, class_name="sr-only"),
        rx.el.p(
            rx.el.span(_AROUND.status, class_name="font-semibold"),
            rx.cond(_AROUND.due != "", " · ", ""),
            rx.el.span(_AROUND.due),
        ),
        rx.el.p(_AROUND.countersigned, class_name="mt-1 empty:hidden"),
        rx.el.div(
            rx.cond(_AROUND.may_countersign, _countersign()),
            rx.cond(_AROUND.may_complete, _complete()),
            rx.cond(_AROUND.may_return, _return()),
            rx.cond(
                _AROUND.may_return,
                button(words.COMMENT_WHOLE, kind="quiet", on_click=call(HandlingState.write_about, "-")),
            ),
            document,
            class_name="mt-4 flex flex-wrap items-center gap-3",
        ),
        _comment(),
        class_name=join(CARD, PADDED, "mb-5"),
    )
    return made


def _countersign() -> rx.Component:
    form = action_form(
        rx.el.p(_AROUND.intent),
        field(words.NAME, "typed_name", auto_complete="name", max_length=200),
        _tick("agreed", words.AGREE),
        submit(words.COUNTERSIGN),
        on_submit=HandlingState.countersign,
        cleared=HandlingState.done,
        custom_attrs={"noValidate": True},
    )
    return _panel(form, words.COUNTERSIGN, words.COUNTERSIGN_TITLE, "primary")


def _return() -> rx.Component:
    form = action_form(
        rx.el.p(words.RETURN_HELP, class_name=HELP),
        _text(words.RETURN_TEXT, "return-text"),
        submit(words.RETURN_NOW),
        on_submit=HandlingState.give_back,
        cleared=HandlingState.done,
        custom_attrs={"noValidate": True},
    )
    return _panel(form, words.RETURN, words.RETURN_TITLE, "plain")


def _complete() -> rx.Component:
    return ConfirmButton.create(
        label=words.COMPLETE,
        kind="primary",
        title=words.COMPLETE_TITLE,
        text=words.COMPLETE_TEXT,
        confirm=words.COMPLETE,
        cancel=words.CANCEL,
        on_confirm=HandlingState.complete,
    )


def _panel(form: rx.Component, label: str, title: str, kind: str) -> rx.Component:
    return Panel.create(form, label=label, title=title, kind=kind, close=words.CLOSE, done=HandlingState.done)


def _comment() -> rx.Component:
    form = action_form(
        rx.el.p(words.COMMENT_HELP, class_name=HELP),
        _text(words.YOUR_COMMENT, "comment-text"),
        submit(words.SAY),
        on_submit=HandlingState.comment,
        cleared=HandlingState.done,
        custom_attrs={"noValidate": True},
    )
    return Sheet.create(
        form,
        open=HandlingState.about != "",
        title=words.COMMENT,
        close=words.CLOSE,
        on_close=call(HandlingState.write_about, ""),
    )


def _text(label: str, id_: str) -> rx.Component:
    made: rx.Component = rx.el.div(
        rx.el.label(label, html_for=id_, class_name=LABEL),
        rx.el.textarea(id=id_, name="text", rows=4, max_length=2000, class_name=join(INPUT, "mt-1")),
    )
    return made


def _tick(name: str, label: str) -> rx.Component:
    made: rx.Component = rx.el.label(
        rx.el.input(type="checkbox", name=name, class_name="size-6 shrink-0 accent-accent"),
        label,
        class_name="flex min-h-target cursor-pointer items-center gap-3",
    )
    return made


def under_line(line: Any) -> rx.Component:
    """What was said about one answer, and the button to say more."""
    may = _AROUND.may_return & (line.kind != "group") & (line.kind != "display")
    listed = rx.cond(
        _SAID.contains(line.path),
        rx.el.ul(rx.foreach(_SAID[line.path], _said), class_name="mt-2 grid gap-2"),
    )
    comment = button(
        words.COMMENT,
        kind="quiet",
        classes="-ml-5 text-sm lg:absolute lg:top-0 lg:right-0 lg:-mt-2.5",
        on_click=call(HandlingState.write_about, line.path),
        aria_label=words.COMMENT + ": " + line.label.to(str),
    )
    made: rx.Component = rx.fragment(listed, rx.cond(may, comment))
    return made


def _said(one: Any) -> rx.Component:
    made: rx.Component = rx.el.li(
        rx.el.p(one.text, class_name="whitespace-pre-line break-words"),
        rx.el.p(one.by, class_name=join("text-sm", HELP)),
        key=one.by + one.text,
        class_name=_NOTE,
    )
    return made


def around() -> rx.Component:
    """What was said about the whole, what was signed before, and what happened."""
    made: rx.Component = rx.el.div(
        rx.cond(
            _AROUND.comments.length() > 0,
            _section(words.COMMENTS, rx.el.ul(rx.foreach(_AROUND.comments, _said), class_name="grid gap-2")),
        ),
        rx.cond(
            _AROUND.earlier.length() > 0,
            _section(words.VERSIONS, rx.el.ul(rx.foreach(_AROUND.earlier, _earlier), class_name="grid gap-1")),
        ),
        _section(words.HISTORY, rx.el.ol(rx.foreach(_AROUND.steps, _step), class_name="grid gap-2")),
        class_name="mt-5 grid gap-5",
    )
    return made


def _section(title: str, content: rx.Component) -> rx.Component:
    made: rx.Component = rx.el.section(
        rx.el.h2(title, class_name="mb-3 text-lg font-semibold"), content, class_name=join(CARD, PADDED)
    )
    return made


def _earlier(one: Any) -> rx.Component:
    show = call(HandlingState.show_version, one.number)
    made: rx.Component = rx.el.li(
        button(one.label, kind="quiet", classes="-ml-5 text-left", on_click=show), key=one.label
    )
    return made


def _step(one: Any) -> rx.Component:
    made: rx.Component = rx.el.li(
        rx.el.span(one.what, class_name="block font-semibold"),
        rx.el.span(one.detail, class_name=join("block text-sm", HELP)),
        key=one.what + one.detail,
    )
    return made


def earlier_note() -> rx.Component:
    """That an earlier version is shown, and the way back to the newest."""
    made: rx.Component = rx.el.div(
        rx.el.p(HandlingState.showing, class_name="grow"),
        button(words.NEWEST, kind="quiet", on_click=call(HandlingState.show_version, 0)),
        role="status",
        class_name="mb-5 flex flex-wrap items-center gap-3 rounded-small border-l-4 border-caution bg-caution-soft p-3",
    )
    return made


def courses() -> rx.Component:
    """Scores over time, drawn and in a table."""
    made: rx.Component = rx.cond(
        CourseState.courses.length() > 0,
        rx.el.div(rx.foreach(CourseState.courses, _course), class_name="mb-5 grid gap-5"),
    )
    return made


def _course(course: Any) -> rx.Component:
    several = course.dots.length() > 1
    made: rx.Component = rx.el.section(
        rx.el.h2(course.name, " · ", words.COURSE, class_name="mb-3 text-lg font-semibold"),
        rx.cond(several, _chart(course)),
        rx.el.table(
            rx.el.thead(rx.el.tr(*_course_heads(), role="row", class_name=_COURSE_ROW), role="rowgroup"),
            rx.el.tbody(rx.foreach(course.dots, _dot_row), role="rowgroup"),
            role="table",
            aria_label=course.name,
            class_name="mt-3 block w-full text-sm sm:table",
        ),
        key=course.name,
        class_name=join(CARD, PADDED),
    )
    return made


# On a phone a row is a line of three that breaks where letters are large; its roles say that it is a table.
_COURSE_ROW = "flex flex-wrap gap-x-4 py-1 sm:table-row"
_COURSE_HEADS = {
    words.WHEN: "grow basis-[6.5rem]",
    words.POINTS: "basis-[3rem] whitespace-nowrap",
    words.BAND: "grow basis-[5.5rem]",
}
_CELL = "min-w-0 break-words text-left sm:table-cell sm:py-1 sm:pr-4"


def _course_heads() -> list[rx.Component]:
    return [
        rx.el.th(title, scope="col", role="columnheader", class_name=join(_CELL, width))
        for title, width in _COURSE_HEADS.items()
    ]


def _chart(course: Any) -> rx.Component:
    """The line for the eye; the table below says the same."""
    made: rx.Component = rx.el.svg(
        rx.el.svg.line(x1="0", y1="160", x2="600", y2="160", stroke="currentColor", stroke_opacity="0.3"),
        rx.el.svg.line(x1="0", y1="0", x2="600", y2="0", stroke="currentColor", stroke_opacity="0.3"),
        rx.el.svg.path(d=course.line, fill="none", stroke="currentColor", stroke_width="3"),
        rx.foreach(course.dots, lambda dot: rx.el.svg.circle(cx=dot.x, cy=dot.y, r="6", fill="currentColor")),
        view_box="-10 -10 620 180",
        aria_hidden="true",
        class_name="h-auto w-full max-w-2xl text-accent",
    )
    return made


def _dot_row(dot: Any) -> rx.Component:
    made: rx.Component = rx.el.tr(
        *(
            rx.el.td(text, role="cell", class_name=join(_CELL, width))
            for text, width in zip((dot.when, dot.points, dot.band), _COURSE_HEADS.values(), strict=True)
        ),
        role="row",
        class_name=_COURSE_ROW,
        key=dot.when,
    )
    return made
