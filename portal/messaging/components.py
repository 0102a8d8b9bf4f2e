"""What the pages of both sides show alike: a list, a conversation, the box, and help beside it. They know no State."""

from typing import Any

import reflex as rx
from reflex_base.vars.base import Var

from portal.files.rules import MESSAGE_LIMIT
from portal.messaging import words_pages as words
from portal.messaging.rules import LONGEST, LONGEST_SUBJECT, MOST_FILES
from portal.ui.kit.buttons import button
from portal.ui.kit.classes import BESIDE, BUTTON, BUTTON_KINDS, CARD, HELP, INPUT, LABEL, LINK, PADDED, ROW, ROWS, join
from portal.ui.kit.editing import PressId
from portal.ui.kit.fields import action_form, submit
from portal.ui.kit.finding import Finder
from portal.ui.kit.icons import icon
from portal.ui.kit.messages import AttachField, Composer, PrintButton, Seen
from portal.ui.kit.native import file_link, inner_link
from portal.ui.kit.states import empty
from portal.ui.session_state import PageState
from portal.ui.shell_state import ShellState

_PILL = "rounded-full bg-accent px-2 text-sm leading-6 font-semibold text-on-accent"
_ROW = join(ROW, "text-ink hover:bg-sunk focus-visible:-outline-offset-4")


def thread_list(rows: Any, address: str, *, names_client: bool = False, nothing: rx.Component) -> rx.Component:
    """The conversations, the latest first; what is new stands out."""

    def row(one: Any) -> rx.Component:
        about = rx.fragment(words.ABOUT, one.client, " · ") if names_client else rx.fragment()
        return rx.el.li(
            inner_link(
                rx.el.span(
                    rx.el.span(one.subject, class_name="block font-semibold break-words", dir="auto"),
                    rx.el.span(about, one.people, class_name=join("block", HELP)),
                    class_name=BESIDE,
                ),
                rx.el.span(
                    rx.el.span(one.when, class_name="block text-sm text-ink-soft"),
                    rx.cond(one.unread > 0, rx.el.span(one.unread, " ", words.UNREAD, class_name=_PILL)),
                    class_name="grid shrink-0 justify-items-end gap-1",
                ),
                to=address + one.id.to(str) + ShellState.query,
                class_name=_ROW,
            ),
            key=one.id,
        )

    listed = rx.el.ul(rx.foreach(rows, row), class_name=ROWS, aria_label=words.MESSAGES)
    return rx.el.div(rx.cond(rows.length() > 0, listed, nothing), aria_live="polite", aria_relevant="additions")


def finder(state: Any) -> rx.Component:
    """Looking for a conversation, and the way to the archive; on the way back to the list it is looked for again."""
    fields = rx.el.div(
        _line(words.FIND_LABEL, "words", type="search", max_length=80, auto_complete="off"),
        _line(words.SINCE, "since", type="date"),
        _line(words.UNTIL, "until", type="date"),
        class_name="grid gap-4 sm:grid-cols-[minmax(0,1fr)_auto_auto]",
    )
    ways = rx.el.div(
        button(words.FIND, type="submit"),
        rx.cond(state.searched, button(words.ALL, kind="quiet", type="reset")),
        button(rx.cond(state.archived, words.INBOX, words.ARCHIVE), kind="quiet", on_click=state.switch),
        class_name="flex flex-wrap gap-2",
    )
    return Finder.create(
        fields, ways, id="messages", shown=state.shown, at_once=False, on_find=state.find, class_name="grid gap-4"
    )


def nothing_here(searched: Any, help_text: str) -> rx.Component:
    """What stands where there is no conversation."""
    return rx.cond(
        searched,
        empty(words.NOTHING_FOUND, words.NOTHING_FOUND_HELP, sign="search"),
        empty(words.NOTHING, help_text, sign="mail"),
    )


def older_button(older: Any, show_older: Any) -> rx.Component:
    """The way to the next page of the list."""
    return rx.cond(older != "", rx.el.div(button(words.OLDER, on_click=show_older), class_name="mt-4"))


def new_message(state: Any, *choices: rx.Component) -> rx.Component:
    """The form of a new conversation, folded away; `state` are its vars and handler by name."""
    form = action_form(
        *choices,
        PressId.create(name="operation_id", answers=state["started"]),
        _line(words.SUBJECT, "subject", help_text=words.SUBJECT_HELP, max_length=LONGEST_SUBJECT, required=True),
        rx.el.div(
            rx.el.label(words.MESSAGE, html_for="body", class_name=LABEL),
            rx.el.textarea(
                id="body", name="body", rows=5, max_length=LONGEST, required=True, class_name=join(INPUT, "mt-1")
            ),
        ),
        AttachField.create(
            account=PageState.account_id,
            address=state["files_at"],
            started=state["started"],
            name="files",
            words=Var.create(words.ATTACHING),
            limit=MESSAGE_LIMIT,
            most=MOST_FILES,
        ),
        submit(words.SEND),
        on_submit=state["send"],
        cleared=state["started"],
        class_name="mt-5",
    )
    summary = rx.el.summary(
        icon("square-pen"),
        words.NEW,
        class_name=join(BUTTON, BUTTON_KINDS["primary"], "w-fit list-none [&::-webkit-details-marker]:hidden"),
    )
    return rx.el.details(summary, rx.el.div(form, class_name=join(CARD, PADDED, "mt-4")))


def tick_boxes(title: str, prefix: str, people: Any, *, help_text: str = "", ticked: bool = False) -> rx.Component:
    """Somebody to choose, each with a box; the form sends `<prefix> <id>`."""

    def box(one: Any) -> rx.Component:
        id_ = prefix + "-" + one.id.to(str)
        return rx.el.label(
            rx.el.input(
                type="checkbox",
                id=id_,
                name=prefix + " " + one.id.to(str),
                default_checked=ticked,
                class_name="size-6 shrink-0 accent-accent",
            ),
            rx.el.span(
                one.name, rx.cond(one.detail != "", rx.el.span(" (", one.detail, ")", class_name="text-ink-soft"))
            ),
            html_for=id_,
            class_name="flex min-h-target cursor-pointer items-center gap-3",
            key=one.id,
        )

    legend = rx.el.legend(title, class_name=LABEL)
    told = [rx.el.p(help_text, class_name=join("mt-1 text-sm", HELP))] if help_text else []
    fields = rx.el.fieldset(legend, *told, rx.el.div(rx.foreach(people, box), class_name="mt-1 grid"))
    return rx.cond(people.length() > 0, fields)


def conversation(state: Any) -> rx.Component:
    """One conversation with its box; `state` are the vars and handlers of its page, by name."""
    thread = state["thread"]
    first: Any = state["messages"][0]
    earlier = rx.cond(
        (state["messages"].length() > 0) & (first.number > 1),
        rx.el.div(
            button(words.EARLIER, on_click=state["show_earlier"](first.number)),
            class_name="mb-4 flex justify-center print:hidden",
        ),
    )
    listed = rx.el.div(
        rx.el.ol(rx.foreach(state["messages"], _message), class_name="grid gap-3"),
        role="log",
        aria_label=words.CONVERSATION,
    )
    return rx.el.div(
        _about(state),
        earlier,
        listed,
        rx.el.div(
            rx.cond(
                thread.why_not != "",
                rx.el.p(thread.why_not, class_name=join(CARD, PADDED, "mt-6 print:hidden")),
                _box(state),
            ),
            class_name="mt-3",
        ),
        Seen.create(thread=thread.id, newest=thread.newest, unread=thread.has_unread, on_seen=state["seen"]),
    )


def _about(state: Any) -> rx.Component:
    thread = state["thread"]
    aside = button(
        rx.cond(thread.is_archived, words.TAKE_BACK, words.PUT_ASIDE),
        kind="quiet",
        on_click=state["put_aside"](~thread.is_archived),
    )
    prints = PrintButton.create(words.PRINT, class_name=join(BUTTON, BUTTON_KINDS["quiet"]))
    return rx.el.div(
        rx.el.p(words.PEOPLE, thread.people, class_name=HELP),
        rx.el.div(prints, aside, class_name="-ml-5 flex flex-wrap print:hidden"),
        class_name="mb-5 grid gap-1",
    )


def _box(state: Any) -> rx.Component:
    return Composer.create(
        account=PageState.account_id,
        thread=state["thread"].id,
        draft=state["thread"].draft,
        delivered=state["delivered"],
        refused=state["refused"],
        kept=state["kept"],
        words=Var.create(words.COMPOSER),
        most=LONGEST,
        files_at=state["files_at"],
        limit=MESSAGE_LIMIT,
        most_files=MOST_FILES,
        on_send=state["send"].temporal,
        on_draft=state["keep_draft"],
    )


def help_beside(hours: Any) -> rx.Component:
    """When the practice answers, and where there is help at once."""
    numbers = (
        rx.el.li(rx.el.span(what, " "), rx.el.a(number, href=to, class_name=join(LINK, "inline-block py-2 text-lg")))
        for what, number, to in words.CRISIS
    )
    return rx.el.aside(
        rx.el.p(rx.cond(hours != "", words.HOURS + hours.to(str), words.NO_HOURS), class_name=HELP),
        rx.el.details(
            rx.el.summary(words.HELP_NOW, class_name="min-h-target cursor-pointer py-2 font-semibold text-danger"),
            rx.el.p(words.CRISIS_HELP, class_name="mt-1"),
            rx.el.ul(*numbers, class_name="mt-2 grid gap-1"),
        ),
        aria_label=words.HELP_NOW,
        class_name="mt-6 grid gap-1 print:hidden",
    )


def _message(one: Any) -> rx.Component:
    body = rx.el.p(rx.foreach(one.parts, _part), dir="auto", class_name="break-words whitespace-pre-wrap")
    head = rx.el.p(
        rx.el.span(one.author, class_name="font-semibold text-ink"),
        " · ",
        rx.el.time(one.when, date_time=one.at),
        rx.cond(one.is_new, rx.el.span(words.NEW_MARK, class_name=join("ml-2", _PILL))),
        class_name="mb-1 text-sm text-ink-soft",
    )
    files = rx.el.ul(
        rx.foreach(one.files, _file), aria_label=words.ATTACHING["files"], class_name="mt-1 grid empty:hidden"
    )
    said = rx.cond(one.receipt != "", rx.el.p(one.receipt, class_name="mt-1 text-right text-sm text-ink-soft"))
    bubble = rx.el.li(
        rx.el.div(
            head,
            body,
            rx.cond(one.files.length() > 0, files),
            class_name=rx.cond(
                one.is_own, "rounded bg-accent-soft px-4 py-3", "rounded border border-line bg-card px-4 py-3"
            ),
        ),
        said,
        class_name=rx.cond(one.is_own, "ml-auto w-fit max-w-[85%]", "mr-auto w-fit max-w-[85%]"),
        key=one.id,
    )
    note = rx.el.li(
        rx.el.p(rx.foreach(one.parts, _part), class_name="break-words"),
        rx.el.p(rx.el.time(one.when, date_time=one.at), class_name="text-sm text-ink-soft"),
        class_name="rounded border-l-4 border-line-strong bg-caution-soft px-4 py-3",
        key=one.id,
    )
    return rx.cond(one.is_note, note, bubble)


def _file(file: Any) -> rx.Component:
    link = file_link(
        icon("paperclip"),
        rx.el.span(
            rx.el.bdi(file.name, class_name="break-all"),
            " ",
            rx.el.span(file.size, class_name="text-sm font-normal whitespace-nowrap"),
        ),
        href=file.url,
        name=file.name,
        class_name=join(LINK, "inline-flex min-h-target items-center gap-2 py-1"),
    )
    return rx.el.li(link, key=file.url)


def _part(part: Any) -> rx.Component:
    link = rx.el.a(
        part.text,
        href=part.link,
        target="_blank",
        rel="noopener noreferrer nofollow",
        class_name=join(LINK, "break-all"),
    )
    return rx.cond(part.link != "", link, rx.el.span(part.text))


def _line(label: str, name: str, *, help_text: str = "", **props: Any) -> rx.Component:
    told = {"aria_describedby": f"{name}-help"} if help_text else {}
    return rx.el.div(
        rx.el.label(label, html_for=name, class_name=LABEL),
        rx.el.input(id=name, name=name, class_name=join(INPUT, "mt-1"), **told, **props),
        *([rx.el.p(help_text, id=f"{name}-help", class_name=join("mt-1 text-sm", HELP))] if help_text else []),
    )
