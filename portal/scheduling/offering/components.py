"""The parts of the page of services and places."""

from typing import Any

import reflex as rx

from portal.scheduling import words_staff as words
from portal.scheduling.offering.state import OfferingState
from portal.ui.kit.classes import BESIDE, CARD, HELP, INPUT, LABEL, PADDED, ROW, ROWS, join
from portal.ui.kit.editing import ConfirmButton, Panel
from portal.ui.kit.events import call
from portal.ui.kit.fields import action_form, submit

_TICK = "inline-flex min-h-target cursor-pointer items-center gap-2"


def offering() -> rx.Component:
    """Services, then places."""
    return rx.el.div(
        _section(
            words.SERVICES,
            "services",
            _add_service(),
            OfferingState.services,
            words.NO_SERVICES,
            OfferingState.archive_service,
        ),
        _section(
            words.LOCATIONS,
            "locations",
            _add_location(),
            OfferingState.locations,
            words.NO_LOCATIONS,
            OfferingState.archive_location,
        ),
        class_name="grid gap-8",
    )


def _section(title: str, anchor: str, action: rx.Component, rows: Any, none: str, remove: Any) -> rx.Component:
    def row(one: Any) -> rx.Component:
        return rx.el.li(
            rx.el.div(
                rx.el.p(one.label, class_name="font-semibold"),
                rx.el.p(one.detail, class_name=join("text-sm", HELP)),
                class_name=BESIDE,
            ),
            ConfirmButton.create(
                label=words.REMOVE,
                name=words.REMOVE + ": " + one.label.to(str),
                kind="quiet",
                title=words.REMOVE_SERVICE,
                text=words.REMOVE_SERVICE_TEXT,
                confirm=words.REMOVE,
                cancel=words.KEEP,
                on_confirm=call(remove, one.id),
            ),
            class_name=ROW,
            key=one.id,
        )

    return rx.el.section(
        rx.el.div(
            rx.el.h2(title, id=anchor, class_name="grow text-lg font-semibold"),
            action,
            class_name="mb-3 flex flex-wrap items-center gap-3",
        ),
        rx.cond(
            rows.length() > 0,
            rx.el.ul(rx.foreach(rows, row), class_name=ROWS),
            rx.el.p(none, class_name=join(CARD, PADDED)),
        ),
        aria_labelledby=anchor,
    )


def _add_service() -> rx.Component:
    form = action_form(
        _field("service", words.NAME, "name", required=True, max_length=120, auto_complete="off"),
        rx.el.div(
            _field("service", words.MINUTES, "minutes", input_mode="numeric", default_value="50", required=True),
            _field("service", words.PRICE, "price", input_mode="decimal", required=True),
            class_name="grid grid-cols-2 gap-4",
        ),
        rx.el.p(words.PRICE_HELP, class_name=join("text-sm", HELP)),
        rx.el.div(
            _tick(words.IN_PERSON, "in_person"),
            _tick(words.BY_VIDEO, "by_video"),
            _tick(words.BOOKABLE, "is_bookable"),
            class_name="grid",
        ),
        rx.el.div(
            rx.el.label(words.GIVEN_BY, html_for="given-by", class_name=LABEL),
            rx.el.select(
                rx.el.option(words.EVERYBODY, value=""),
                rx.foreach(OfferingState.therapists, lambda one: rx.el.option(one.label, value=one.id)),
                id="given-by",
                name="therapist_id",
                class_name=join(INPUT, "mt-1"),
            ),
        ),
        submit(words.ADD_SERVICE),
        on_submit=OfferingState.add_service,
        cleared=OfferingState.added,
    )
    return _panel(form, words.ADD_SERVICE, "primary")


def _add_location() -> rx.Component:
    form = action_form(
        _field("place", words.NAME, "name", required=True, max_length=120, auto_complete="off"),
        _field("place", words.ADDRESS, "address", max_length=400, auto_complete="off"),
        _field("place", words.ZONE, "zone", help_text=words.ZONE_HELP, max_length=60, auto_complete="off"),
        submit(words.ADD_LOCATION),
        on_submit=OfferingState.add_location,
        cleared=OfferingState.added,
    )
    return _panel(form, words.ADD_LOCATION, "plain")


def _panel(form: rx.Component, label: str, kind: str) -> rx.Component:
    return Panel.create(form, label=label, title=label, kind=kind, close=words.CLOSE, done=OfferingState.added)


def _field(form: str, label: str, name: str, *, help_text: str = "", **props: Any) -> rx.Component:
    id_ = f"{form}-{name}"
    return rx.el.div(
        rx.el.label(label, html_for=id_, class_name=LABEL),
        rx.el.input(id=id_, name=name, aria_describedby=f"{id_}-help", class_name=join(INPUT, "mt-1"), **props),
        rx.el.p(help_text, id=f"{id_}-help", class_name=join("mt-1 text-sm empty:hidden", HELP)),
    )


def _tick(label: str, name: str) -> rx.Component:
    box = rx.el.input(type="checkbox", name=name, default_checked=True, class_name="size-5 accent-accent")
    return rx.el.label(box, label, class_name=_TICK)
