"""What surrounds a page: brand and exits on top, for whom one acts, the navigation (a bar below on a phone)."""

from typing import Any

import reflex as rx

from portal.ui import frame_classes as look
from portal.ui import words
from portal.ui.kit.buttons import button_link
from portal.ui.kit.classes import join
from portal.ui.kit.icons import icon, mark
from portal.ui.kit.native import inner_link, native_form
from portal.ui.kit.shell_parts import FrameLink, NavItem, QuickExit
from portal.ui.navigation import CLIENT_SIDE, STAFF_SIDE, ClientEntry, Entry
from portal.ui.shell_state import ShellState

EXIT_TO = "https://www.weather.gov/"


def header() -> rx.Component:
    """The practice's name; on a phone also the ways out, which a screen has below the navigation."""
    return rx.el.div(
        mark(),
        rx.el.p(_name(ShellState.practice), class_name=look.BRAND),
        rx.el.p(_name(ShellState.practice_short), class_name=look.SHORT_BRAND),
        rx.el.div(_requests(), _messages(), class_name=look.SIGNS),
        rx.el.div(_other_pages(compact=True), quick_exit(compact=True), sign_out(compact=True), class_name=look.TOOLS),
        class_name=look.HEADER,
    )


def _name(practice: Any) -> Any:
    return rx.cond(practice != "", practice, words.PRODUCT)


def _requests() -> rx.Component:
    """The calendar icon of staff, with how many requests wait."""
    told = rx.cond(ShellState.waiting_requests == 1, words.ONE_WAITS, _many(ShellState.waiting_requests))
    link = _sign("calendar-clock", words.REQUESTS, "/practice/requests", ShellState.waiting_requests, told)
    return rx.cond(ShellState.links.contains("requests"), link)


def _messages() -> rx.Component:
    """The envelope of staff, with how many conversations have something new."""
    told = rx.cond(ShellState.waiting_messages == 1, words.ONE_WAITS, _many(ShellState.waiting_messages))
    link = _sign("mail", words.MESSAGES, "/practice/messages", ShellState.waiting_messages, told)
    return rx.cond(ShellState.links.contains("inbox"), link)


def _many(count: Any) -> Any:
    return count.to_string() + words.MANY_WAIT


def _sign(sign: str, label: str, to: str, count: Any, told: Any) -> rx.Component:
    """A sign in the header that leads to what waits, with its count."""
    badge = rx.el.span(
        count,
        class_name="absolute -top-0.5 -right-0.5 min-w-[1.45em] rounded-full bg-accent px-1 text-center leading-[1.45] "
        "text-[min(0.875rem,20px)] font-semibold text-on-accent",
    )
    return FrameLink.create(
        icon(sign, 22),
        rx.cond(count > 0, badge),
        to=rx.Var.create(to) + ShellState.query,
        custom_attrs={"aria-label": label, "aria-description": told},
        class_name=join("relative shrink-0", look.quiet(wide=False)),
    )


def footer_links() -> rx.Component:
    """Below the navigation on a screen: who is signed in, the other side of the portal, the ways out."""
    return rx.el.div(
        rx.el.p(ShellState.person, class_name="truncate px-3 pb-1 text-sm text-ink-soft"),
        _other_pages(),
        quick_exit(),
        sign_out(),
        class_name="hidden md:block",
    )


def quick_exit(*, compact: bool = False) -> rx.Component:
    """The link that leaves at once; for clients, who may be watched."""
    inside = () if compact else (icon("eye-off"),)
    link = QuickExit.create(*inside, words.QUICK_EXIT, to=EXIT_TO, class_name=look.quiet(wide=not compact))
    return rx.cond(~ShellState.on_staff_side, link)


def sign_out(*, compact: bool = False) -> rx.Component:
    """A native form, so that signing out works without the socket."""
    inside: tuple[Any, ...] = (icon("log-out"),) if compact else (icon("log-out"), words.SIGN_OUT)
    named = {"aria_label": words.SIGN_OUT} if compact else {}
    return native_form(
        rx.el.button(*inside, type="submit", class_name=look.quiet(wide=not compact), **named), action="/auth/sign-out"
    )


def _other_pages(*, compact: bool = False) -> rx.Component:
    """For staff their own account; for who is both, the way from one side to the other."""
    return rx.cond(
        ShellState.on_staff_side,
        rx.fragment(
            rx.cond(ShellState.is_client, _way("house", words.CLIENT_SIDE, "/home", compact)),
            _way("circle-user-round", words.YOUR_ACCOUNT, "/account", compact),
        ),
        rx.cond(ShellState.is_staff, _way("briefcase", words.STAFF_SIDE, "/practice", compact)),
    )


def _way(sign: str, label: str, to: str, compact: bool) -> rx.Component:
    inside = (icon(sign),) if compact else (icon(sign), label)
    return inner_link(*inside, to=to, class_name=look.quiet(wide=not compact), custom_attrs={"aria-label": label})


def viewing_bar() -> rx.Component:
    """Whose eyes these are, above every page that staff view as somebody else, and the way back."""
    bar: Any = ShellState.viewing
    whom = rx.el.p(
        icon("eye", 22),
        rx.el.span(
            words.VIEWING,
            " ",
            rx.el.strong(bar.name),
            rx.cond(bar.on_behalf_of != "", rx.fragment(words.VIEWING_ON_BEHALF, rx.el.strong(bar.on_behalf_of))),
            rx.el.span(words.VIEWING_MEANS, class_name="block text-sm"),
            class_name="min-w-0 leading-snug",
        ),
        class_name="flex min-w-0 grow gap-3",
    )
    back = button_link(words.VIEWING_BACK, to=bar.back, kind="plain", classes="shrink-0")
    shown = rx.el.section(whom, back, aria_label=words.VIEWING_LABEL, class_name=look.VIEWING)
    return rx.cond(bar.name != "", shown)


def person_switcher() -> rx.Component:
    """Whom one acts for, always in sight, and one tap to change."""
    return rx.cond(
        ShellState.is_client & ~ShellState.on_staff_side,
        rx.el.div(_switch_button(), _switch_list(), class_name="px-4 pt-4 sm:px-6 md:px-0 md:pt-0 md:pb-4"),
    )


def _switch_button() -> rx.Component:
    return rx.el.button(
        rx.el.span(
            rx.el.span(words.ACTING_FOR, " ", class_name="block text-sm text-ink-soft"),
            rx.el.span(ShellState.acting_for, class_name="block break-words font-semibold"),
            class_name="min-w-0 grow text-left leading-snug",
        ),
        icon("chevrons-up-down"),
        type="button",
        custom_attrs={"popoverTarget": "people"},
        class_name=look.SWITCH,
    )


def _switch_list() -> rx.Component:
    return rx.el.div(
        rx.el.p(words.CHOOSE_PERSON, id="people-title", class_name="px-3 pt-2 pb-1 text-sm text-ink-soft"),
        rx.el.ul(rx.foreach(ShellState.people, _person), custom_attrs={"aria-labelledby": "people-title"}),
        rx.cond(
            ShellState.people.length() == 1,
            rx.el.p(words.ONLY_YOU, class_name="px-3 pt-2 pb-2 text-sm text-ink-soft"),
        ),
        id="people",
        custom_attrs={"popover": "auto"},
        class_name=look.SWITCH_LIST,
    )


def _person(person: Any) -> rx.Component:
    return rx.el.li(
        inner_link(
            rx.el.span(
                rx.el.span(person.name, class_name="block font-semibold"),
                rx.cond(person.detail != "", rx.el.span(person.detail, class_name="block text-sm text-ink-soft")),
                class_name="min-w-0 grow leading-snug",
            ),
            rx.cond(person.current, rx.el.span(icon("check"), class_name="text-accent-strong")),
            to=person.address,
            custom_attrs={"aria-current": rx.cond(person.current, "true", "false")},
            class_name=look.PERSON,
        ),
        key=person.client_id,
    )


def main_navigation() -> rx.Component:
    """The links that this person has: beside the page on a screen, below it on a phone."""
    links = (rx.cond(ShellState.links.contains(entry.key), _link(entry)) for entry in (*CLIENT_SIDE, *STAFF_SIDE))
    return rx.el.nav(
        rx.el.ul(*links, class_name=look.NAVIGATION_LIST),
        aria_label=words.MAIN_NAVIGATION,
        class_name=look.NAVIGATION,
    )


def _link(entry: Entry) -> rx.Component:
    short = entry.short if isinstance(entry, ClientEntry) else ""
    named = {"custom_attrs": {"aria-label": entry.label}} if short else {}
    words_shown = (
        (rx.el.span(short, class_name="md:hidden"), rx.el.span(entry.label, class_name="hidden md:inline"))
        if short
        else (rx.el.span(entry.label),)
    )
    return rx.el.li(
        NavItem.create(
            icon(entry.icon, 22),
            *words_shown,
            to=rx.Var.create(entry.address) + ShellState.query,
            only=entry.address == "/practice",
            also=list(entry.also),
            class_name=look.NAVIGATION_LINK,
            **named,
        ),
        class_name="grow md:grow-0",
    )
