"""What both sides of insurance show alike: the fields of a policy, its lines, and old beside new."""

from typing import Any

import reflex as rx

from portal.insurance import words, words_pages
from portal.models import Subscriber
from portal.ui.kit.checked import checked_field, choice
from portal.ui.kit.classes import HELP, join
from portal.ui.kit.insurance import CardPhoto

FORM = "insurance"
_HIDDEN_FOR_SELF = "group-has-[option[value=self]:checked]:hidden"
_PHOTO = "max-h-44 max-w-full rounded-small border border-line"
_CELL = "min-w-0 break-words"
_TINY = "block text-sm text-ink-soft"


def policy_fields(state: Any, *, card_address: Any, payer_help: Any) -> rx.Component:
    """The fields of a policy. `state` has `form`, `problems`, `offered`, `client` and the handler `suggest`."""
    holders = (
        rx.el.option(
            rx.cond(state.client != "", state.client, words.SUBSCRIBERS[one])
            if one is Subscriber.SELF
            else words.SUBSCRIBERS[one],
            value=one.value,
        )
        for one in Subscriber
    )
    return rx.fragment(
        _payer(state, payer_help),
        _line(state, words_pages.MEMBER, "member_id", auto_capitalize="characters", spell_check=False, max_length=40),
        _line(state, words_pages.PLAN, "plan", help_text=words_pages.PLAN_HELP, max_length=120),
        _line(state, words_pages.GROUP, "group_number", help_text=words_pages.GROUP_HELP, max_length=40),
        choice(
            words_pages.SUBSCRIBER,
            "subscriber",
            *holders,
            form=FORM,
            problems=state.problems,
            default_value=state.form["subscriber"],
        ),
        _line(state, words_pages.HOLDER, "subscriber_name", classes=_HIDDEN_FOR_SELF, max_length=80),
        _line(state, words_pages.HOLDER_BORN, "subscriber_birth_date", type="date", classes=_HIDDEN_FOR_SELF),
        rx.el.div(
            _line(state, words_pages.FIRST_DAY, "first_day", type="date"),
            _line(state, words_pages.LAST_DAY, "last_day", type="date", help_text=words_pages.LAST_HELP),
            class_name="grid gap-5 sm:grid-cols-2",
        ),
        rx.el.div(
            _photo(state, words_pages.FRONT, "front", card_address),
            _photo(state, words_pages.BACK, "back", card_address),
            class_name="grid gap-5 sm:grid-cols-2",
        ),
    )


def place_choice(state: Any) -> rx.Component:
    """Where a new policy is to stand."""
    return choice(
        words_pages.PLACE,
        "place",
        *(rx.el.option(name, value=str(place)) for place, name in enumerate(words.PLACES, 1)),
        form=FORM,
        problems=state.problems,
        help_text=words_pages.PLACE_HELP,
        default_value=(state.policies.length() + 1).to_string(),
    )


def policy_lines(policy: Any) -> rx.Component:
    """What stands in a policy."""
    return rx.el.dl(rx.foreach(policy.lines, _shown), class_name="mt-3 grid gap-3 sm:grid-cols-2")


def compared(lines: Any, before: str, after: str, *, decision: Any = None) -> rx.Component:
    """Old beside new, field by field; on a phone one above the other. `decision` adds what one decides."""
    return rx.el.ul(
        rx.foreach(lines, lambda line: _compared(line, before, after, decision)), class_name="mt-3 grid gap-4"
    )


def _payer(state: Any, help_text: Any) -> rx.Component:
    listed = rx.el.datalist(rx.foreach(state.offered, lambda name: rx.el.option(value=name)), id="payers")
    return rx.el.div(
        _line(
            state,
            words_pages.PAYER,
            "payer",
            help_text=help_text,
            max_length=120,
            custom_attrs={"list": "payers"},
            on_change=state.suggest.debounce(250),
        ),
        listed,
    )


def _line(state: Any, label: str, name: str, **props: Any) -> rx.Component:
    more = {"auto_complete": "off", "default_value": state.form[name], **props}
    return checked_field(label, name, form=FORM, problems=state.problems, **more)


def _photo(state: Any, label: str, name: str, address: Any) -> rx.Component:
    current = rx.cond(state.form[name], "/files/" + state.form[name].to(str), "")
    made: rx.Component = CardPhoto.create(
        name=name, label=label, to=address, current=current, words=words_pages.CARD_WORDS
    )
    return made


def _shown(line: Any) -> rx.Component:
    photo = rx.el.img(src=line.photo, alt=line.label, loading="lazy", class_name=_PHOTO)
    return rx.el.div(
        rx.el.dt(line.label, class_name=join("text-sm", HELP)),
        rx.el.dd(rx.cond(line.photo != "", photo, line.text), class_name="break-words"),
        key=line.field,
    )


def _compared(line: Any, before: str, after: str, decision: Any) -> rx.Component:
    was = rx.cond(line.now != "", words_pages.WAS, before)
    middle = rx.cond(line.now != "", _value(words_pages.NOW, line.now, "", "font-semibold"))
    verdict = rx.el.p(
        rx.el.span(line.verdict, class_name="font-semibold"),
        rx.cond(line.final != "", rx.fragment(": ", line.final)),
        class_name="mt-2",
    )
    return rx.el.li(
        rx.el.h4(line.label, class_name="font-semibold"),
        rx.el.div(
            _value(was, line.before, line.before_photo, ""),
            middle,
            _value(after, line.after, line.after_photo, "font-semibold"),
            class_name="mt-1 grid gap-2 sm:auto-cols-fr sm:grid-flow-col sm:gap-6",
        ),
        rx.cond(line.verdict != "", verdict),
        *([decision(line)] if decision else []),
        key=line.field,
        class_name="rounded-small bg-sunk p-4",
    )


def _value(head: Any, text: Any, photo: Any, weight: str) -> rx.Component:
    picture = rx.el.img(src=photo, alt=head, loading="lazy", class_name=_PHOTO)
    words_ = rx.cond(text != "", text, words_pages.NOTHING)
    shown = rx.cond(photo != "", picture, words_) if not isinstance(photo, str) else words_
    return rx.el.div(rx.el.span(head, class_name=_TINY), rx.el.div(shown, class_name=weight), class_name=_CELL)
