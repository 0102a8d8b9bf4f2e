"""/practice/clients/[client_id]/packet: sending several forms at once."""

from typing import Any

import reflex as rx

from portal.access.actor import PracticeAccess, StaffTask
from portal.clients.service_network import list_network
from portal.database import Work
from portal.errors import NotFound
from portal.intake.service import list_forms
from portal.intake.service_packet import send_packet
from portal.practice.packet import words
from portal.practice.packet.views import FormChoice, SignerChoice, read_packet
from portal.ui.guard import guarded
from portal.ui.session_state import PageState


class PacketState(PageState):
    """The forms that can be sent, and who can be asked to sign them. `sent` counts the packets that went out."""

    loaded: bool = False
    client: str = ""
    forms: rx.Field[list[FormChoice]] = rx.field(default_factory=list)
    signers: rx.Field[list[SignerChoice]] = rx.field(default_factory=list)
    first_day: str = ""
    sent: int = 0

    @rx.event
    @guarded(StaffTask.EDIT_CLIENTS, reads=True)
    async def load(self, work: Work, access: PracticeAccess) -> None:
        """Fill the page."""
        if access.client_id is None:
            raise NotFound
        network = await list_network(work, access)
        listed = await list_forms(work, organization_id=access.organization_id)
        self.forms = [FormChoice(str(one.version_id), one.title, words.WHO.format(form=one.title)) for one in listed]
        people = [SignerChoice(one.contact_id, f"{one.name}, {one.relationship}") for one in network.members]
        self.signers = [SignerChoice("client", words.THE_CLIENT), *people]
        self.client = str(access.client_id)
        self.first_day, self.loaded = access.today.isoformat(), True

    @rx.event
    @guarded(StaffTask.SEND_FORMS)
    async def send(self, work: Work, access: PracticeAccess, fields: Any) -> None:
        """Send the forms that are ticked: all of them, or none."""
        if access.client_id is None:
            raise NotFound
        parts, due_on = read_packet(fields)
        sent = await send_packet(work, access, client_id=access.client_id, parts=parts, due_on=due_on)
        self.sent += 1
        self._say(words.sent(len(sent)))
