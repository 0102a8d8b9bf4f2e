"""The parts of /practice/superbills."""

from typing import Any

import reflex as rx

from portal.billing.superbills import words_page as words
from portal.billing.superbills.setup.state import SetupState
from portal.ui.kit.checked import checked_field, choice
from portal.ui.kit.classes import CARD, PADDED, ROWS, join
from portal.ui.kit.fields import action_form, submit

_STATE: Any = SetupState
_TITLE = "mb-3 text-lg font-semibold"
_ROW = "px-5 py-4 sm:px-6"


def practice() -> rx.Component:
    """Tax ID, NPI, address, and where clients are during a session by video."""
    here: Any = _STATE.practice
    options = (rx.el.option(label, value=value) for value, label in words.VIDEO_PLACES.items())
    form = action_form(
        _line(words.EIN, "ein", "practice", words.EIN_HELP, default_value=here.ein),
        _line(words.GROUP_NPI, "npi", "practice", words.NPI_HELP, default_value=here.npi),
        _line(words.ADDRESS, "address", "practice", words.ADDRESS_HELP, default_value=here.address),
        choice(
            words.VIDEO_PLACE,
            "video_place",
            *options,
            form="practice",
            problems=_STATE.problems,
            default_value=here.video_place,
            key=here.video_place,
        ),
        submit(words.SAVE, kind="plain"),
        on_submit=SetupState.save_practice,
        class_name="grid max-w-md gap-4",
    )
    return rx.el.section(
        rx.el.h2(words.PRACTICE, id="practice-title", class_name=_TITLE),
        rx.el.div(form, class_name=join(CARD, PADDED)),
        aria_labelledby="practice-title",
    )


def clinicians() -> rx.Component:
    """Everybody who gives care, with licence and NPI."""
    return rx.el.section(
        rx.el.h2(words.CLINICIANS, id="clinicians-title", class_name=_TITLE),
        rx.el.ul(rx.foreach(_STATE.clinicians, _clinician), class_name=ROWS),
        aria_labelledby="clinicians-title",
    )


def services() -> rx.Component:
    """Every service, with its code."""
    rows = rx.el.ul(rx.foreach(_STATE.services, _service), class_name=ROWS)
    return rx.el.section(
        rx.el.h2(words.SERVICES, id="services-title", class_name=_TITLE),
        rx.cond(_STATE.services.length() > 0, rows, rx.el.p(words.NO_SERVICES, class_name=join(CARD, PADDED))),
        aria_labelledby="services-title",
    )


def _clinician(row: Any) -> rx.Component:
    form = action_form(
        rx.el.input(type="hidden", name="membership_id", value=row.id, read_only=True),
        rx.el.div(
            _line(words.LICENCE, "licence", row.id, words.LICENCE_HELP, whose=row.name, default_value=row.licence),
            _line(words.NPI, "npi", row.id, words.NPI_HELP, whose=row.name, default_value=row.npi),
            class_name="grid gap-4 sm:grid-cols-2",
        ),
        _save(row.name),
        on_submit=SetupState.save_clinician,
        class_name="mt-2 grid gap-3",
    )
    return rx.el.li(rx.el.h3(row.name, class_name="font-semibold"), form, key=row.id, class_name=_ROW)


def _service(row: Any) -> rx.Component:
    form = action_form(
        rx.el.input(type="hidden", name="service_id", value=row.id, read_only=True),
        _line(words.CODE, "code", row.id, words.CODE_HELP, whose=row.name, default_value=row.code),
        _save(row.name),
        on_submit=SetupState.save_service,
        class_name="mt-2 grid max-w-xs gap-3",
    )
    return rx.el.li(rx.el.h3(row.name, class_name="font-semibold"), form, key=row.id, class_name=_ROW)


def _line(label: str, name: str, form: Any, help_text: str, *, whose: Any = None, **props: Any) -> rx.Component:
    """A field; `whose` it is stands in its label for a screen reader, where several are called alike."""
    shown = label if whose is None else rx.fragment(label, rx.el.span(" ", whose, class_name="sr-only"))
    more = {"auto_complete": "off", "spell_check": False, **props}
    return checked_field(shown, name, form=form, problems=_STATE.problems, help_text=help_text, **more)


def _save(whose: Any) -> rx.Component:
    return submit(rx.fragment(words.SAVE, rx.el.span(" ", whose, class_name="sr-only")), kind="plain")
