"""The panel that makes a person of the contact network a client."""

from typing import Any

import reflex as rx

from portal.practice.client import words
from portal.practice.client.state_convert import ConvertState
from portal.ui.kit.checked import checked_field
from portal.ui.kit.classes import HELP, LABEL, PROBLEM, join
from portal.ui.kit.editing import Panel
from portal.ui.kit.fields import action_form, submit

_RADIO = "flex min-h-target cursor-pointer items-center gap-3 py-1 leading-snug"


def make_client(one: Any) -> rx.Component:
    """A button, and behind it: the date of birth, and who of the clients this is, where somebody looks alike."""
    form = "convert-" + one.id.to(str)
    about: Any = ConvertState.about == one.id
    problems: Any = ConvertState.problems
    fields = action_form(
        rx.el.p(words.CONVERT_HELP, class_name=HELP),
        checked_field(
            words.BIRTH_DATE,
            "birth_date",
            form=form,
            problems=problems,
            help_text=words.CONVERT_BIRTH_HELP,
            type="date",
            classes="max-w-60",
        ),
        rx.cond(about, _alike(form, problems)),
        rx.el.input(type="hidden", name="contact_id", value=one.id, read_only=True),
        rx.el.input(type="hidden", name="despite", value=rx.cond(about, ConvertState.despite, ""), read_only=True),
        submit(words.CONVERT),
        on_submit=ConvertState.convert,
        cleared=ConvertState.done[form],
        custom_attrs={"noValidate": True},
    )
    name = words.CONVERT + ": " + one.name.to(str)
    return Panel.create(
        fields,
        label=words.CONVERT,
        name=name,
        title=name,
        kind="plain",
        close=words.CLOSE,
        done=ConvertState.done[form],
    )


def _alike(form: Any, problems: Any) -> rx.Component:
    """Whom the person may be: one of them, or nobody."""
    key = form + "-who"
    new = _radio("new", rx.el.span(words.CONVERT_NEW, class_name="font-semibold"))
    chosen = rx.foreach(ConvertState.alike, _person)
    return rx.el.div(
        rx.el.fieldset(
            rx.el.legend(words.CONVERT_WHO, class_name=LABEL),
            chosen,
            new,
            aria_describedby=key + "-told",
        ),
        rx.el.p(problems[key], id=key + "-told", class_name=join("mt-1 empty:hidden", PROBLEM)),
        role="alert",
        class_name="rounded-small border-l-4 border-caution bg-caution-soft p-3",
    )


def _person(person: Any) -> rx.Component:
    told = rx.el.span(
        rx.el.span(person.name, class_name="block font-semibold"),
        rx.el.span(person.detail, class_name=join("block break-words text-sm", HELP)),
    )
    # Who is out of reach has no name, and can be chosen by nobody here.
    return rx.cond(person.name != "", _radio(person.key.to(str).split(":")[1], told), told)


def _radio(value: Any, told: rx.Component) -> rx.Component:
    box = rx.el.input(type="radio", name="who", value=value, class_name="size-6 shrink-0 accent-accent")
    return rx.el.label(box, told, class_name=_RADIO)
