"""From clients to what the list shows. Pure."""

from collections.abc import Iterable, Mapping

from portal.clients.service_list import PAGE
from portal.clients.views import ClientRow, ClientStatus, Lookalike, SwitchState, TherapistChoice
from portal.clients.words import STATUS
from portal.practice.clients import words
from portal.practice.clients.views import Alike, Option, Row, Wanted
from portal.settings.catalog import CATALOG, SettingName
from portal.ui.parsing import parse

__all__ = ["PAGE", "STATUSES", "alike", "counted", "features", "options", "row", "shown", "wanted_of"]

STATUSES = tuple(Option(status.value, STATUS[status]) for status in ClientStatus)


def row(client: ClientRow) -> Row:
    """Put a client into a row."""
    off = [words.SHORT[name] for name, one in client.switches.items() if one.state is SwitchState.OFF]
    return Row(
        id=client.id,
        name=client.name,
        status=client.status,
        status_label=client.status_label,
        therapists=", ".join(client.therapists),
        contact=" · ".join(part for part in (client.email, client.phone) if part),
        network=words.people(client.contacts),
        off=words.OFF.format(features=", ".join(off)) if off else "",
        mail=words.MAIL_FAILS if client.mail_fails else "",
        pick=words.pick(client.name),
        address=f"/practice/clients/{client.id}",
    )


def options(therapists: Iterable[TherapistChoice]) -> list[Option]:
    """List therapists for the filter."""
    return [Option(one.id, one.name) for one in therapists]


def features(names: Iterable[SettingName]) -> list[Option]:
    """List the features for the filter by what is switched off."""
    return [Option(name, CATALOG[name].label) for name in names]


def alike(people: Iterable[Lookalike]) -> list[Alike]:
    """List those who may be the same person, with the way to their record where one may open it."""
    return [
        Alike(one.id, one.name, one.reason, f"/practice/clients/{one.id}" if one.name and one.kind == "client" else "")
        for one in people
    ]


def counted(count: int, after: str) -> str:
    """Say how many are listed; nothing where there are none, for then the page says so itself."""
    return words.counted(count, more=bool(after)) if count else ""


def shown(wanted: Wanted) -> dict[str, str]:
    """Return the fields that the list was filled for, as the browser has them."""
    return {name: str(value) for name, value in wanted.model_dump(mode="json").items()}


def wanted_of(fields: Mapping[str, str]) -> Wanted:
    """Return what the list was last filled for."""
    return parse(Wanted, dict(fields))
