"""The parts of the account page about one's own record; absent where there is none."""

from typing import Any

import reflex as rx

from portal.clients.own import words
from portal.clients.own.state import OwnAccessState, OwnLooksState
from portal.ui.kit.buttons import button
from portal.ui.kit.classes import BESIDE, CARD, HELP, PADDED, join
from portal.ui.kit.editing import ConfirmButton
from portal.ui.kit.events import call


def who_has_access() -> rx.Component:
    """Everybody who acts for the client, with what each may do."""
    listed = rx.el.ul(rx.foreach(OwnAccessState.holders, _holder), class_name="mt-4 grid gap-6")
    shown = rx.cond(OwnAccessState.holders.length() > 0, listed, _nothing(words.NOBODY, words.NOBODY_HELP))
    return _part(
        "holders",
        words.WHO_HAS_ACCESS,
        OwnAccessState.lead,
        rx.cond(OwnAccessState.why_not != "", rx.el.p(OwnAccessState.why_not, class_name="mt-3"), shown),
        loaded=OwnAccessState.loaded,
    )


def who_looked() -> rx.Component:
    """Who looked at the record, the newest first."""
    more = rx.cond(
        OwnLooksState.older != "",
        rx.el.div(button(words.OLDER, on_click=OwnLooksState.show_older), class_name="mt-4"),
    )
    listed = rx.fragment(
        rx.el.ul(rx.foreach(OwnLooksState.rows, _look), class_name="mt-3 divide-y divide-line"),
        more,
    )
    nothing = _nothing(words.NOBODY_LOOKED, words.NOBODY_LOOKED_HELP)
    return _part(
        "looks",
        words.WHO_LOOKED,
        OwnLooksState.lead,
        rx.cond(OwnLooksState.rows.length() > 0, listed, nothing),
        loaded=OwnLooksState.loaded,
    )


def _part(key: str, title: str, lead: Any, *children: Any, loaded: Any) -> rx.Component:
    shown = rx.el.section(
        rx.el.h2(title, id=f"{key}-title", class_name="text-lg font-semibold"),
        rx.el.p(lead, class_name=join("mt-1", HELP)),
        *children,
        aria_labelledby=f"{key}-title",
        class_name=join(CARD, PADDED),
    )
    return rx.cond(loaded, shown)


def _nothing(title: str, help_text: str) -> rx.Component:
    return rx.el.div(rx.el.p(title, class_name="font-semibold"), rx.el.p(help_text, class_name=HELP), class_name="mt-3")


def _holder(one: Any) -> rx.Component:
    return rx.el.li(
        rx.el.h3(one.name, rx.el.span(" · ", one.relationship, class_name="font-normal"), class_name="font-semibold"),
        rx.el.ul(rx.foreach(one.grants, _grant), class_name="mt-2 divide-y divide-line border-y border-line"),
        key=one.id,
    )


def _grant(grant: Any) -> rx.Component:
    told = {"name": grant.button_name, "text": grant.question, "cancel": words.CANCEL}
    end = ConfirmButton.create(
        label=words.END,
        kind="danger",
        title=words.END_QUESTION,
        confirm=words.END,
        on_confirm=call(OwnAccessState.end, grant.id),
        **told,
    )
    keep = ConfirmButton.create(
        label=words.KEEP,
        kind="plain",
        title=words.KEEP_QUESTION,
        confirm=words.KEEP,
        on_confirm=call(OwnAccessState.keep, grant.id),
        **told,
    )
    return rx.el.li(
        rx.el.div(
            rx.el.p(grant.label, class_name="font-semibold"),
            rx.el.p(grant.terms, class_name=join("text-sm", HELP)),
            class_name=BESIDE,
        ),
        rx.el.div(rx.cond(grant.is_over, keep, end), class_name="shrink-0"),
        key=grant.id,
        class_name="flex flex-wrap items-center gap-x-4 gap-y-2 py-3",
    )


def _look(row: Any) -> rx.Component:
    return rx.el.li(
        rx.el.p(rx.el.span(row.who, class_name="font-semibold"), " ", row.what, class_name="leading-snug"),
        rx.el.p(row.when, class_name=join("text-sm", HELP)),
        key=row.id,
        class_name="py-3",
    )
