"""From the record to what the account page shows. Pure."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from portal.audit.own_looks import OwnLooks
from portal.clients.own import words
from portal.clients.own.views import GrantRow, HolderRow, LookRow
from portal.clients.views_network import AccessHolder, GrantState, GrantView
from portal.kit.ids import parse_id


def holders(found: Iterable[AccessHolder]) -> list[HolderRow]:
    """List everybody who acts for the client."""
    return [
        HolderRow(one.contact_id, one.name, one.relationship, [_grant(grant, one.name) for grant in one.grants])
        for one in found
    ]


def _grant(grant: GrantView, person: str) -> GrantRow:
    label = f"{grant.label}, one form" if grant.one_form else grant.label
    is_over = grant.state is GrantState.OVER
    ask = words.keep_text if is_over else words.end_text
    return GrantRow(
        id=grant.id,
        label=label,
        terms=words.terms(grant),
        is_over=is_over,
        button_name=words.button_name(words.KEEP if is_over else words.END, label, person),
        question=ask(person, label),
    )


def looks(page: OwnLooks, zone: str) -> tuple[list[LookRow], str]:
    """Turn a page of looks into lines, and into what asks for the next page."""
    rows = [LookRow(str(one.id), words.who(one), words.what(one), words.when(one, zone)) for one in page.looks]
    return rows, f"{page.before[0].isoformat()} {page.before[1]}" if page.before else ""


def place(text: str) -> tuple[datetime, UUID] | None:
    """Read back what asks for the next page; None for anything else."""
    at, _, last = text.partition(" ")
    found = parse_id(last)
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        return None
    return (moment, found) if found and moment.tzinfo else None
