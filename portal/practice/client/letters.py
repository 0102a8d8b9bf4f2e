"""Writing invitations, for one client or many: what is offered, kept, shown and sent. The fields come from one form."""

from collections.abc import Mapping, Sequence
from typing import Literal

from pydantic import TypeAdapter

from portal.access.actor import PracticeAccess
from portal.database import Work
from portal.errors import Invalid
from portal.invitations import service
from portal.invitations import words as invitation_words
from portal.invitations.rules import MOST_PEOPLE
from portal.invitations.views import InvitationsSent, Invitee
from portal.practice.client import sending, words
from portal.practice.client.showing import preview
from portal.practice.client.views import Option, Preview
from portal.ui.parsing import Id, parse

AT_ONCE = 50
"""So many people are invited in one transaction."""
Step: TypeAdapter[str] = TypeAdapter(Literal["preview", "send", "keep"])
Given = Mapping[str, str]


def people_of(given: Given) -> list[Invitee]:
    """Return the clients who were chosen; raises Invalid for nobody and for too many, unless words are kept."""
    people = [Invitee(client_id=one) for one in dict.fromkeys(given.get("clients", "").split())]
    if given.get("step") != "keep" and not people:
        raise Invalid(invitation_words.NOBODY)
    if len(people) > MOST_PEOPLE:
        raise Invalid(invitation_words.TOO_MANY)
    return people


async def offered(work: Work, access: PracticeAccess) -> list[Option]:
    """List the messages to choose from; nothing while ours is the only one."""
    kept = await service.list_templates(work, access)
    return [Option(one.body, one.name) for one in kept] if len(kept) > 1 else []


async def keep(work: Work, access: PracticeAccess, given: Given) -> tuple[list[Option], str]:
    """Keep the words of the form under a name; returns what is offered from now on, and what to tell."""
    made = await service.save_template(work, access, name=given.get("kept_name", ""), body=given.get("message", ""))
    return await offered(work, access), words.kept(made.name)


async def previews(work: Work, access: PracticeAccess, given: Given, people: Sequence[Invitee]) -> list[Preview]:
    """Show what everybody would get."""
    found = await service.preview_invitation(
        work, access, people=people, form_version_ids=_forms(given), message=given.get("message", "")
    )
    return [preview(one) for one in found]


async def send(work: Work, access: PracticeAccess, given: Given, people: Sequence[Invitee]) -> InvitationsSent:
    """Send it, once for each press of the button."""
    return await service.invite_people(
        work,
        access,
        people=people,
        form_version_ids=_forms(given),
        message=given.get("message", ""),
        operation_id=parse(Id, given.get("press", "")),
    )


def _forms(given: Given) -> list[Id]:
    return [parse(Id, one) for one in sending.ticked(dict(given), sending.FORM)]
