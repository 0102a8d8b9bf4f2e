"""The parts of the account page."""

from typing import Any

import reflex as rx

from portal.accounts.state import AccountState
from portal.ui.kit.buttons import button
from portal.ui.kit.classes import BESIDE, CARD, HELP, PADDED, join
from portal.ui.kit.events import call
from portal.ui.kit.fields import action_form, field, submit
from portal.ui.kit.icons import icon
from portal.ui.kit.native import native_form

_ROW = "flex min-h-target cursor-pointer list-none flex-wrap items-center gap-x-4 gap-y-2 rounded p-5 sm:px-6"


def name_card() -> rx.Component:
    """The name, changed at once."""
    return _opening(
        "Name",
        AccountState.name,
        action_form(
            field("Your name", "name", auto_complete="name", default_value=AccountState.name, required=True),
            submit("Save name"),
            on_submit=AccountState.save_name,
            cleared=AccountState.saved,
        ),
    )


def email_card() -> rx.Component:
    """The address one signs in with; a new one has to be confirmed."""
    waiting = rx.el.span(
        "Waiting for you to open the link we sent to ", AccountState.pending_email, class_name="mt-1 block text-caution"
    )
    return _opening(
        "Email",
        rx.fragment(AccountState.email, rx.cond(AccountState.pending_email != "", waiting)),
        action_form(
            field("New email", "email", type="email", auto_complete="email", required=True),
            field("Your password", "password", type="password", auto_complete="current-password", required=True),
            submit("Change email"),
            on_submit=AccountState.change_email,
            cleared=AccountState.saved,
        ),
    )


def password_card() -> rx.Component:
    """The password; changing it signs every other device out."""
    return _opening(
        "Password",
        "Changing it signs you out on your other devices.",
        action_form(
            field("Current password", "current", type="password", auto_complete="current-password", required=True),
            field(
                "New password",
                "new",
                type="password",
                auto_complete="new-password",
                required=True,
                help_text="At least 15 characters, or 8 where signing in asks for a code too. "
                "A few words in a row work well.",
            ),
            submit("Change password"),
            on_submit=AccountState.change_password,
            cleared=AccountState.saved,
        ),
    )


def devices_card() -> rx.Component:
    """Where one is signed in, and the ways to end it."""
    return rx.el.section(
        rx.el.h2("Where you are signed in", id="devices-title", class_name="text-lg font-semibold"),
        rx.el.ul(rx.foreach(AccountState.devices, _device), class_name="mt-3 divide-y divide-line"),
        rx.el.div(
            rx.cond(
                AccountState.devices.length() > 1,
                button("Sign out my other devices", on_click=AccountState.end_other_devices),
            ),
            native_form(
                button("Sign out everywhere", type="submit", kind="danger"), action="/auth/sign-out-everywhere"
            ),
            class_name="mt-5 flex flex-wrap gap-3",
        ),
        rx.el.p(
            "Signing out everywhere or on your other devices also ends the private addresses your calendars read.",
            class_name=join("mt-3 text-sm", HELP),
        ),
        aria_labelledby="devices-title",
        class_name=join(CARD, PADDED),
    )


def _device(row: Any) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.p(row.device, class_name="font-semibold"),
            rx.el.p(rx.cond(row.is_this_one, "This device, in use now", f"Used {row.used}"), class_name=HELP),
            class_name=BESIDE,
        ),
        rx.cond(
            ~row.is_this_one,
            button(
                "Sign out",
                kind="quiet",
                on_click=call(AccountState.end_device, row.id),
                aria_label=f"Sign out {row.device}, used {row.used}",
            ),
        ),
        key=row.id,
        class_name="flex min-h-target flex-wrap items-center gap-x-4 gap-y-2 py-3",
    )


def _opening(title: str, shown: Any, *inside: rx.Component) -> rx.Component:
    """A card that shows what is set, and opens to change it."""
    return rx.el.details(
        rx.el.summary(
            rx.el.span(
                rx.el.span(title, class_name="block font-semibold"),
                rx.el.span(shown, class_name=join("block break-words", HELP)),
                class_name=BESIDE,
            ),
            rx.el.span(
                "Change",
                icon("chevron-down"),
                class_name="inline-flex items-center gap-1 font-semibold text-accent-strong",
            ),
            class_name=_ROW,
        ),
        rx.el.div(*inside, class_name="border-t border-line p-5 sm:px-6"),
        class_name=CARD,
    )
