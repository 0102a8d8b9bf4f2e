"""From a contact network, and the answers of Why?, to what the page shows. Pure."""

from collections.abc import Iterable, Mapping

from portal.clients.rules_grants import MONEY, list_presets
from portal.clients.views import Lookalike, WhyView
from portal.clients.views_network import GrantState, GrantView, KnownPerson, Network, NetworkMember
from portal.clients.words import BASES, PERMISSIONS
from portal.models import Permission
from portal.practice.client import words
from portal.practice.client.sending import PERMISSION, PRESET, SIGNER
from portal.practice.client.showing import view_as, written
from portal.practice.client.views import GrantRow, Invited, Known, Member, Option, Signer, Step, WhyRow

PRESETS = tuple(Option(f"{PRESET}{one.preset}", f"{one.label}: {one.help}") for one in list_presets())
SINGLE = tuple(Option(f"{PERMISSION}{permission}", label) for permission, label in PERMISSIONS.items())
BASIS = tuple(Option(basis, label) for basis, label in BASES.items())


def members(network: Network, invitations: Mapping[str, Invited], *, only_money: bool, may_view: bool) -> list[Member]:
    """List everybody in a network. Who sees clients for the money gets what is about money, and no notes."""
    return [
        _member(
            one,
            network.client_name,
            invitations.get(one.contact_id, Invited()),
            only_money,
            view_as(network.client_id, one.contact_id) if may_view and one.has_login else "",
        )
        for one in network.members
    ]


def _member(one: NetworkMember, client: str, invited: Invited, only_money: bool, viewing: str) -> Member:
    shown = [grant for grant in one.grants if not only_money or grant.permission in MONEY]
    rows = [(grant.state, _grant(grant, one.name, client, with_note=not only_money)) for grant in shown]
    fields = one.fields
    return Member(
        id=one.contact_id,
        name=one.name,
        relationship=one.relationship,
        contact=" · ".join(part for part in (fields.email, fields.phone) if part),
        login=words.HAS_LOGIN if one.has_login else words.NO_LOGIN,
        address=f"/practice/clients/{one.client_id}" if one.client_id else "",
        given_name=fields.given_name,
        family_name=fields.family_name,
        email=fields.email,
        phone=fields.phone,
        seen=written(fields),
        others=one.other_clients > 0,
        grants=[row for state, row in rows if state is not GrantState.OVER],
        ended=[row for state, row in rows if state is GrantState.OVER],
        invited=invited,
        remove_question=words.REMOVE_QUESTION.format(name=one.name),
        view_as=viewing,
        mail=words.mail_fails(one.name, one.mail_fails),
    )


def _grant(grant: GrantView, person: str, client: str, *, with_note: bool) -> GrantRow:
    label = f"{grant.label}, one form" if grant.one_form else grant.label
    return GrantRow(
        id=grant.id,
        label=label,
        detail=" · ".join(part for part in (grant.basis_label, _days(grant)) if part),
        note=grant.note if with_note else "",
        reason=grant.reason,
        basis=grant.basis,
        first_day=grant.first_day,
        last_day=grant.last_day,
        can_change=not grant.one_form,
        change_name=words.change_name(label, person),
        end_name=words.end_name(label, person),
        end_text=words.end_text(person, label, client),
    )


def _days(grant: GrantView) -> str:
    first = "from" if grant.state is GrantState.NOT_YET else "since"
    begin = f"{first} {words.day(grant.first_day)}"
    ends = [day for day in (grant.last_day, grant.ends_with_age) if day]
    if not ends or grant.state is GrantState.OVER:
        return begin
    by_age = grant.ends_with_age == min(ends)
    return (
        f"{begin}, until the birthday on {words.day(min(ends))}" if by_age else f"{begin}, until {words.day(min(ends))}"
    )


def signers(network: Network) -> list[Signer]:
    """List the contacts who can be asked to sign a form, with what asking them means."""
    return [
        Signer(
            name=f"{SIGNER}{one.contact_id}",
            label=f"{one.name}, {one.relationship}" if one.relationship else one.name,
            detail=" ".join(part for part in (_signing(one), "" if one.has_login else words.NO_LOGIN_YET) if part),
        )
        for one in network.members
    ]


def _signing(one: NetworkMember) -> str:
    """Say that somebody without access to forms gets it for this one."""
    fills_forms = any(
        grant.permission == Permission.FORMS and grant.state is GrantState.RUNNING and not grant.one_form
        for grant in one.grants
    )
    return "" if fills_forms else words.THIS_FORM_ONLY


def known(people: Iterable[KnownPerson]) -> list[Known]:
    """List whom the practice knows."""
    return [Known(f"{one.kind}:{one.id}", one.name, one.email) for one in people]


def alike(people: Iterable[Lookalike]) -> list[Known]:
    """List those who may be the person that was typed."""
    return [Known(f"{one.kind}:{one.id}", one.name, one.reason) for one in people]


def why_rows(view: WhyView) -> list[WhyRow]:
    """Put every condition into a line."""
    return [
        WhyRow(one.capability, one.label, one.allowed, [Step(step.passed, step.sentence) for step in one.steps])
        for one in view.capabilities
    ]


def why_title(view: WhyView) -> str:
    """Head the answer: about the client in person, or about somebody who looks after them."""
    text = words.WHY_OWN if view.person_name == view.client_name else words.WHY_TITLE
    return text.format(person=view.person_name, client=view.client_name)
