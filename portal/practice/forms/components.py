"""The parts of the list of the practice's forms."""

from typing import Any

import reflex as rx

from portal.practice.forms import words
from portal.practice.forms.state import LibraryState
from portal.ui.kit.buttons import button, button_link
from portal.ui.kit.classes import CARD, HELP, INPUT, LABEL, PADDED, join
from portal.ui.kit.editing import ConfirmButton, Panel
from portal.ui.kit.events import call
from portal.ui.kit.fields import action_form, field, submit
from portal.ui.kit.finding import Finder
from portal.ui.kit.importing import ImportForm
from portal.ui.kit.native import file_link, inner_link
from portal.ui.kit.states import empty
from portal.ui.shell_state import ShellState

_PILL = "inline-block rounded-full px-3 py-0.5 text-sm"
_SHOWN: Any = LibraryState.shown
_IMPORT = {
    "help": words.IMPORT_HELP,
    "file": words.IMPORT_FILE,
    "text": words.IMPORT_TEXT,
    "send": words.IMPORT_NOW,
    "busy": "Reading…",
    "nothing": "Choose a file, or paste its text.",
    "failed": "That did not arrive. Please try again.",
    "understood": words.ALL_UNDERSTOOD,
    "told": words.REPORT_TITLE + ":",
    "open": "Open the form",
}


def actions() -> rx.Component:
    """Begin a form, or bring one in."""
    begin = action_form(
        field(words.NAME, "title", help_text=words.NAME_HELP, max_length=200, auto_complete="off", required=True),
        submit(words.BEGIN),
        on_submit=LibraryState.begin,
    )
    bring_in = ImportForm.create(to="/practice/forms/import", query=ShellState.query, words=_IMPORT)
    return rx.el.div(
        Panel.create(begin, label=words.NEW, title=words.NEW_TITLE, kind="primary", close=words.CLOSE, done=0),
        Panel.create(bring_in, label=words.IMPORT, title=words.IMPORT_TITLE, kind="plain", close=words.CLOSE, done=0),
        class_name="mb-6 flex flex-wrap gap-3",
    )


def finder() -> rx.Component:
    """The search, and whether archived forms are shown."""
    query = rx.el.input(
        id="find-query",
        name="query",
        type="search",
        auto_complete="off",
        spell_check=False,
        max_length=200,
        class_name=join(INPUT, "mt-1"),
    )
    show = rx.el.select(
        rx.el.option(words.IN_USE, value=""),
        rx.el.option(words.ARCHIVED, value="archived"),
        id="find-show",
        name="show",
        class_name=join(INPUT, "mt-1"),
    )
    return Finder.create(
        _labelled(words.SEARCH, "query", query, "min-w-0 grow sm:basis-80"),
        _labelled(words.SHOW, "show", show, "sm:w-52"),
        id="forms",
        shown=LibraryState.shown,
        on_find=LibraryState.find,
        class_name="mb-4 grid gap-4 sm:flex sm:flex-wrap",
    )


def _labelled(label: str, name: str, control: rx.Component, classes: str) -> rx.Component:
    return rx.el.div(rx.el.label(label, html_for=f"find-{name}", class_name=LABEL), control, class_name=classes)


def form_list() -> rx.Component:
    """The forms that were found, or that there are none."""
    rows = rx.el.ul(
        rx.foreach(LibraryState.rows, _row),
        class_name=join(CARD, "divide-y divide-line overflow-hidden"),
        aria_label=words.FORMS,
    )
    nothing = rx.cond(
        _SHOWN["query"] != "",
        empty(words.NONE_FOUND, words.NONE_FOUND_HELP, sign="search"),
        rx.cond(
            _SHOWN["show"] != "",
            empty(words.NONE_ARCHIVED, words.NONE_ARCHIVED_HELP, sign="archive"),
            empty(words.NONE_YET, words.NONE_YET_HELP, sign="file-text"),
        ),
    )
    return rx.el.div(
        rx.el.p(LibraryState.counted, role="status", class_name=join("mb-2 min-h-6 text-sm", HELP)),
        rx.cond(LibraryState.rows.length() > 0, rows, nothing),
    )


def _row(form: Any) -> rx.Component:
    live = rx.cond(form.is_live, "bg-accent-soft text-accent-strong", "bg-sunk text-ink-soft")
    title = inner_link(
        form.title,
        to=form.address.to(str) + ShellState.query,
        class_name="-my-2 py-2 text-lg font-semibold text-ink hover:underline",
    )
    said = rx.el.div(
        rx.el.div(
            title,
            rx.el.span(form.pill, class_name=_PILL + " " + live),
            class_name="flex flex-wrap items-center gap-x-3 gap-y-1",
        ),
        rx.el.p(form.detail, class_name=join("text-sm empty:hidden", HELP)),
        rx.el.p(form.waiting, class_name="text-sm font-semibold empty:hidden"),
        class_name="min-w-0 grow break-words",
    )
    return rx.el.li(
        said,
        _tools(form),
        key=form.id,
        class_name=join(PADDED, "flex flex-wrap items-center gap-x-6 gap-y-3"),
    )


def _tools(form: Any) -> rx.Component:
    to = form.address.to(str) + ShellState.query
    archive = ConfirmButton.create(
        label=words.ARCHIVE,
        name=form.archive_name,
        kind="quiet",
        title=words.ARCHIVE_TITLE,
        text=words.ARCHIVE_TEXT,
        confirm=words.ARCHIVE,
        cancel=words.CANCEL,
        on_confirm=call(LibraryState.archive, form.id),
    )
    restore = button(
        words.RESTORE, kind="quiet", on_click=call(LibraryState.restore, form.id), aria_label=form.restore_name
    )
    copy = button(
        words.DUPLICATE, kind="quiet", on_click=call(LibraryState.duplicate, form.id), aria_label=form.copy_name
    )
    download = file_link(
        words.EXPORT,
        href=form.download.to(str) + ShellState.query,
        name="",
        aria_label=form.download_name,
        class_name="inline-flex min-h-target items-center px-4 font-semibold text-accent-strong hover:underline",
    )
    return rx.el.div(
        rx.cond(form.is_archived, restore, button_link(words.EDIT, to=to, aria_label=form.edit_name)),
        copy,
        download,
        rx.cond(form.is_archived, rx.fragment(), archive),
        class_name="flex flex-wrap items-center gap-1",
    )
