"""A form that was signed, for reading: its answers, the signatures, the fingerprint."""

from collections.abc import Callable
from typing import Any

import reflex as rx

from portal.intake import words_pages as words
from portal.ui.kit.classes import CARD, HELP, PADDED, join
from portal.ui.kit.icons import icon
from portal.ui.kit.native import file_link, inner_link
from portal.ui.shell_state import ShellState

_BACK = "-ml-1 mb-1 inline-flex min-h-target items-center gap-1 font-semibold text-accent-strong hover:underline"


def back_to(label: str, to: Any) -> rx.Component:
    """The way back, above a page's heading."""
    return inner_link(icon("chevron-left"), label, to=to, class_name=_BACK)


def read_sheet(sheet: Any, under: Callable[[Any], rx.Component] | None = None) -> rx.Component:
    """Everything that was signed, section by section; `under` makes what stands below each line."""
    return rx.el.div(
        rx.cond(sheet.scores.length() > 0, _scores(sheet)),
        rx.foreach(sheet.sections, lambda section: _section(section, under)),
        _signatures(sheet),
        class_name="grid gap-5",
    )


def document_link(sheet: Any) -> rx.Component:
    """The PDF of what was signed."""
    return file_link(
        icon("download"),
        words.DOCUMENT,
        href="/forms/" + sheet.id.to(str) + "/document.pdf" + ShellState.query,
        name="",
        class_name="inline-flex min-h-target items-center gap-2 font-semibold text-accent-strong underline",
    )


def _scores(sheet: Any) -> rx.Component:
    return rx.el.section(
        rx.el.h2(words.SCORES, class_name="mb-4 text-lg font-semibold"),
        rx.el.dl(rx.foreach(sheet.scores, _score), class_name="grid gap-3"),
        class_name=join(CARD, PADDED),
    )


def _score(score: Any) -> rx.Component:
    named = rx.cond(score.band != "", rx.el.span(score.band, class_name="ml-2 font-semibold"))
    return rx.el.div(rx.el.dt(score.name, class_name=HELP), rx.el.dd(score.points, named), key=score.name)


def _section(section: Any, under: Callable[[Any], rx.Component] | None) -> rx.Component:
    return rx.el.section(
        rx.el.h2(section.title, class_name="mb-4 text-lg font-semibold"),
        rx.el.div(rx.foreach(section.lines, lambda line: _line(line, under)), class_name="grid gap-4"),
        class_name=join(CARD, PADDED),
    )


def _line(line: Any, under: Callable[[Any], rx.Component] | None) -> rx.Component:
    answered = rx.el.dl(
        rx.el.div(
            rx.el.dt(line.label, class_name=join(HELP, "break-words lg:row-span-12")),
            rx.foreach(line.answers, _answer),
            rx.foreach(line.files, _file),
            rx.cond(
                (line.answers.length() == 0) & (line.files.length() == 0),
                rx.el.dd(words.NO_ANSWER, class_name=join(HELP, "italic")),
            ),
            class_name="lg:grid lg:grid-cols-[minmax(0,2fr)_minmax(0,3fr)] lg:gap-x-6 lg:[&>dd]:col-start-2",
        ),
    )
    plain = rx.match(
        line.kind,
        ("group", rx.el.h3(line.label, class_name="pt-2 font-semibold")),
        ("display", rx.el.p(line.label, class_name="max-w-column whitespace-pre-line break-words text-ink-soft")),
        answered,
    )
    below = [under(line)] if under else []
    beside = "relative lg:pr-28" if under else ""
    nested = rx.cond(line.level > 1, join(beside, "border-l-2 border-line pl-4"), beside)
    return rx.el.div(plain, *below, class_name=nested, key=line.path)


def _answer(answer: Any) -> rx.Component:
    return rx.el.dd(answer, class_name="whitespace-pre-line break-words")


def _file(file: Any) -> rx.Component:
    """A file that was attached: saved, never opened in the portal's own page."""
    link = file_link(
        icon("download"),
        file.name,
        href=file.url,
        name=file.name,
        class_name="inline-flex min-h-target items-center gap-2 break-all font-semibold text-accent-strong underline",
    )
    return rx.el.dd(link)


def _signatures(sheet: Any) -> rx.Component:
    return rx.el.section(
        rx.el.h2(words.SIGNATURES, class_name="mb-4 text-lg font-semibold"),
        rx.el.div(rx.foreach(sheet.signatures, _signature), class_name="grid gap-5"),
        rx.el.div(
            rx.el.h3(words.FINGERPRINT, class_name="font-semibold"),
            rx.el.p(words.FINGERPRINT_HELP, class_name=HELP),
            rx.el.p(rx.el.code(sheet.fingerprint, class_name="break-words font-mono text-sm"), class_name="mt-1"),
            rx.el.p(
                rx.cond(sheet.is_intact, icon("shield-check"), icon("triangle-alert")),
                sheet.verdict,
                class_name=rx.cond(
                    sheet.is_intact,
                    "mt-2 flex gap-2 text-accent-strong",
                    "mt-2 flex gap-2 font-semibold text-danger",
                ),
            ),
            class_name="mt-5 border-t border-line pt-5",
        ),
        class_name=join(CARD, PADDED),
    )


def _signature(signed: Any) -> rx.Component:
    return rx.el.dl(
        _fact(words.SIGNED_BY, signed.name),
        _fact(words.TYPED_NAME, signed.typed_name),
        _fact(words.SIGNED_AS, signed.capacity),
        _fact(words.SIGNED_AT, signed.signed_at),
        rx.cond(signed.drawing != "", _drawn(signed)),
        class_name="grid gap-3 sm:grid-cols-2",
        key=signed.signed_at,
    )


def _drawn(signed: Any) -> rx.Component:
    lines = rx.el.svg(
        rx.el.path(d=signed.drawing),
        view_box="0 0 600 200",
        role="img",
        fill="none",
        stroke="currentColor",
        stroke_width="3",
        stroke_linecap="round",
        stroke_linejoin="round",
        custom_attrs={"aria-label": words.DRAWN},
        class_name="mt-1 w-full max-w-80",
    )
    return rx.el.div(rx.el.dt(words.DRAWN, class_name=HELP), rx.el.dd(lines), class_name="sm:col-span-2")


def _fact(name: str, value: Any) -> rx.Component:
    return rx.el.div(rx.el.dt(name, class_name=HELP), rx.el.dd(value, class_name="break-words"))
