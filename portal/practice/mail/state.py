"""/practice/mail: mail that did not arrive, and what is done by itself."""

from typing import Annotated, Any

import reflex as rx
from pydantic import Field

from portal.access.actor import PracticeAccess, StaffTask
from portal.database import Work
from portal.jobs.leasing import TOPIC as JOBS_TOPIC
from portal.jobs.overview import list_periodic_work
from portal.notifications import service_letters as service
from portal.practice.mail import showing, words
from portal.practice.mail.views import JobRow, LetterRow
from portal.ui.events import then
from portal.ui.guard import Id, guarded, parse
from portal.ui.live import watch
from portal.ui.session_state import PageState

Place = Annotated[str, Field(max_length=80)]


class MailState(PageState):
    """What became of mail and periodic work. `older` asks for the next page of `failed`, and is empty at the end."""

    loaded: bool = False
    tally: str = ""
    failed: rx.Field[list[LetterRow]] = rx.field(default_factory=list)
    older: str = ""
    tried: rx.Field[list[LetterRow]] = rx.field(default_factory=list)
    jobs: rx.Field[list[JobRow]] = rx.field(default_factory=list)

    @rx.event
    @guarded(StaffTask.SETTINGS, reads=True)
    async def load(self, work: Work, access: PracticeAccess) -> None:
        """Fill the page, and hear of changes from now on."""
        await watch(self, service.topic_of(access.organization_id))
        await watch(self, JOBS_TOPIC)
        await self._fill(work, access)
        self.loaded = True

    @rx.event
    @guarded(StaffTask.SETTINGS, reads=True, live=True)
    async def reload(self, work: Work, access: PracticeAccess) -> None:
        """Fill the page anew; whoever has opened older mail keeps it as it was."""
        await self._fill(work, access)

    @rx.event
    @guarded(StaffTask.SETTINGS, reads=True)
    async def show_older(self, work: Work, access: PracticeAccess, before: Any) -> None:
        """Add a page of older mail."""
        place = showing.place_of(parse(Place, before))
        if place is not None:
            page = await service.list_dead_letters(work, access, before=place)
            self.failed = [*self.failed, *(showing.letter_row(one, access.zone) for one in page.letters)]
            self.older = showing.written(page.before)

    @rx.event
    @guarded(StaffTask.SETTINGS)
    async def send_again(self, work: Work, access: PracticeAccess, mail_id: Any) -> Any:
        """Try a mail anew."""
        await service.send_again(work, access, mail_id=parse(Id, mail_id))
        self._say(words.SENT_AGAIN)
        return then(MailState.reload)

    @rx.event
    @guarded(StaffTask.SETTINGS)
    async def let_be(self, work: Work, access: PracticeAccess, mail_id: Any) -> Any:
        """Let a mail be."""
        await service.set_aside(work, access, mail_id=parse(Id, mail_id))
        self._say(words.SET_ASIDE)
        return then(MailState.reload)

    async def _fill(self, work: Work, access: PracticeAccess) -> None:
        page = await service.list_dead_letters(work, access)
        self.failed = [showing.letter_row(one, access.zone) for one in page.letters]
        self.older = showing.written(page.before)
        tried = await service.list_tried_again(work, access)
        self.tried = [showing.letter_row(one, access.zone) for one in tried]
        self.tally = words.tally(await service.count_mail(work, access))
        self.jobs = showing.job_rows(await list_periodic_work(work, access), access.zone, access.now)
