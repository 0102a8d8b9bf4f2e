"""The contact network: each person, and what they may do."""

from typing import Any

import reflex as rx

from portal.practice.client import words
from portal.practice.client.components import conflict_note, mail_note, section, view_as
from portal.practice.client.components_access import terms, what_they_may
from portal.practice.client.components_add import add_person
from portal.practice.client.components_convert import make_client
from portal.practice.client.components_invite import invitation_buttons, invitation_status
from portal.practice.client.state import ClientState
from portal.practice.client.state_grants import GrantState
from portal.practice.client.state_network import NetworkState
from portal.practice.client.state_why import WhyState
from portal.ui.kit.buttons import button
from portal.ui.kit.checked import checked_field
from portal.ui.kit.classes import BESIDE, CARD, HELP, LINK, PADDED, join
from portal.ui.kit.editing import ConfirmButton, Panel, Seen
from portal.ui.kit.events import call
from portal.ui.kit.fields import action_form, submit
from portal.ui.kit.native import inner_link
from portal.ui.kit.states import skeleton
from portal.ui.shell_state import ShellState

_CLIENT: Any = ClientState.client
_DONE: Any = GrantState.done
_PROBLEMS: Any = GrantState.problems
_MAY = NetworkState.may_edit & ~_CLIENT.is_archived


def network() -> rx.Component:
    """Everybody in the network, and adding somebody."""
    nobody = rx.el.div(
        rx.el.p(words.NOBODY, class_name="font-semibold"),
        rx.el.p(words.NOBODY_HELP, class_name=HELP),
        class_name=join(CARD, PADDED),
    )
    people = rx.el.ul(rx.foreach(NetworkState.members, _member), class_name="grid gap-4")
    closed = rx.el.p(NetworkState.closed, class_name="mb-3 rounded-small border-l-4 border-caution bg-caution-soft p-3")
    return section(
        "network",
        words.NETWORK,
        rx.cond(NetworkState.closed != "", closed),
        rx.cond(NetworkState.loaded, rx.cond(NetworkState.members.length() > 0, people, nobody), skeleton(1)),
        rx.cond(_MAY, rx.el.div(add_person(), class_name="mt-4")),
        help_text=words.NETWORK_HELP,
    )


def _member(one: Any) -> rx.Component:
    name = rx.cond(
        one.address != "",
        inner_link(one.name, to=one.address.to(str) + ShellState.query, class_name=LINK),
        one.name,
    )
    invited = rx.cond(one.invited.id != "", rx.el.div(invitation_status(one.invited), class_name="mt-3"))
    return rx.el.li(
        rx.el.h3(name, rx.el.span(" · ", one.relationship, class_name="font-normal"), class_name="font-semibold"),
        rx.el.p(one.contact, class_name=join("break-words empty:hidden", HELP)),
        mail_note(one.mail),
        rx.el.p(one.login, class_name=join("text-sm", HELP)),
        invited,
        rx.cond(
            one.grants.length() > 0,
            rx.el.ul(rx.foreach(one.grants, _grant), class_name="mt-4 divide-y divide-line border-y border-line"),
            rx.el.p(words.NO_ACCESS, class_name="mt-4"),
        ),
        rx.cond(one.ended.length() > 0, _ended(one)),
        rx.el.div(
            rx.cond(_MAY, _give(one)),
            button(words.WHY, on_click=call(WhyState.ask, one.id), aria_label=words.WHY + " " + one.name.to(str)),
            rx.cond(NetworkState.may_edit, view_as(one)),
            rx.cond(_MAY, rx.fragment(invitation_buttons(one.invited), _edit(one), _convert(one), _remove(one))),
            class_name="mt-5 flex flex-wrap gap-3",
        ),
        key=one.id,
        class_name=join(CARD, PADDED),
    )


def _grant(grant: Any) -> rx.Component:
    changes = rx.el.div(
        rx.cond(grant.can_change, _change(grant)),
        ConfirmButton.create(
            label=words.END_NOW,
            name=grant.end_name,
            kind="quiet",
            title=words.END_QUESTION,
            text=grant.end_text,
            confirm=words.END_NOW,
            cancel=words.CANCEL,
            on_confirm=call(GrantState.end, grant.id),
        ),
        class_name="flex shrink-0 flex-wrap max-sm:-ml-5",
    )
    return rx.el.li(
        _terms_of(grant),
        rx.cond(_MAY, changes),
        key=grant.id,
        class_name="flex flex-col gap-x-4 py-3 sm:flex-row sm:items-center",
    )


def _terms_of(grant: Any) -> rx.Component:
    return rx.el.div(
        rx.el.p(grant.label, class_name="font-semibold"),
        rx.el.p(grant.detail, class_name=join("text-sm", HELP)),
        rx.el.p(grant.note, class_name=join("break-words text-sm italic empty:hidden", HELP)),
        rx.el.p(grant.reason, class_name="text-sm text-caution empty:hidden"),
        class_name=BESIDE,
    )


def _ended(one: Any) -> rx.Component:
    return rx.el.details(
        rx.el.summary(
            words.EARLIER,
            " (",
            one.ended.length(),
            ")",
            class_name="flex min-h-target cursor-pointer items-center font-semibold text-accent-strong",
        ),
        rx.el.ul(
            rx.foreach(one.ended, lambda grant: rx.el.li(_terms_of(grant), key=grant.id, class_name="py-2")),
        ),
        class_name="mt-2",
    )


def _change(grant: Any) -> rx.Component:
    form = "change-" + grant.id.to(str)
    fields = action_form(
        terms(form, _PROBLEMS, grant),
        rx.el.input(type="hidden", name="grant_id", value=grant.id, read_only=True),
        submit(words.SAVE),
        on_submit=GrantState.change,
        cleared=_DONE[form],
        custom_attrs={"noValidate": True},
    )
    return Panel.create(
        fields,
        label=words.CHANGE,
        name=grant.change_name,
        title=grant.change_name,
        kind="quiet",
        close=words.CLOSE,
        done=_DONE[form],
    )


def _give(one: Any) -> rx.Component:
    form = "give-" + one.id.to(str)
    fields = action_form(
        what_they_may(form, _PROBLEMS, words.CHOOSE_ACCESS),
        terms(form, _PROBLEMS),
        rx.el.input(type="hidden", name="contact_id", value=one.id, read_only=True),
        submit(words.GIVE),
        on_submit=GrantState.give,
        cleared=_DONE[form],
        custom_attrs={"noValidate": True},
    )
    name = words.GIVE_TITLE + ": " + one.name.to(str)
    return Panel.create(
        fields, label=words.GIVE, name=name, title=name, kind="plain", close=words.CLOSE, done=_DONE[form]
    )


def _edit(one: Any) -> rx.Component:
    form = "edit-" + one.id.to(str)
    fields = action_form(
        conflict_note(GrantState.conflicts, GrantState.in_conflict == form),
        _line(words.GIVEN_NAME, "given_name", form, one),
        _line(words.FAMILY_NAME, "family_name", form, one),
        _line(words.EMAIL, "email", form, one, input_mode="email", spell_check=False),
        _line(words.PHONE, "phone", form, one, type="tel"),
        _line(words.RELATIONSHIP, "relationship", form, one),
        rx.cond(one.others, rx.el.p(words.OTHER_CLIENTS, class_name=HELP)),
        Seen.create(name="seen", value=one.seen, answers=GrantState.answers),
        rx.el.input(type="hidden", name="contact_id", value=one.id, read_only=True),
        submit(words.SAVE),
        on_submit=GrantState.edit,
        cleared=_DONE[form],
        custom_attrs={"noValidate": True},
    )
    name = words.EDIT + " " + one.name.to(str)
    return Panel.create(
        fields, label=words.EDIT, name=name, title=name, kind="plain", close=words.CLOSE, done=_DONE[form]
    )


def _convert(one: Any) -> rx.Component:
    return rx.cond(one.address == "", make_client(one))


def _line(label: str, name: str, form: Any, one: Any, **props: Any) -> rx.Component:
    more = {"auto_complete": "off", "default_value": getattr(one, name), **props}
    return checked_field(label, name, form=form, problems=_PROBLEMS, **more)


def _remove(one: Any) -> rx.Component:
    return ConfirmButton.create(
        label=words.REMOVE,
        name=words.REMOVE + " " + one.name.to(str),
        kind="danger",
        title=one.remove_question,
        text=words.REMOVE_TEXT,
        confirm=words.REMOVE,
        cancel=words.CANCEL,
        on_confirm=call(GrantState.remove, one.id),
    )
