"""From a draft to what stands above the builder. Pure."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from portal.errors import NotFound
from portal.intake.building.service_building import Draft, Version
from portal.kit.ids import parse_id
from portal.practice.building import words
from portal.practice.building.views import Head
from portal.ui.ago import ago


def head(draft: Draft, versions: Sequence[Version], past: int, future: int, now: datetime) -> Head:
    """Put where a form stands into words."""
    number = draft.number + 1
    if draft.revision:
        state = words.KEPT.format(when=ago(datetime.fromisoformat(draft.edited_at), now))
    else:
        state = words.UNCHANGED.format(number=draft.number)
    return Head(
        id=draft.form_id,
        title=draft.title,
        state=words.ARCHIVED if draft.is_archived else state,
        next=number,
        publish=words.PUBLISH.format(number=number),
        publish_title=words.PUBLISH_TITLE.format(number=number),
        publish_text=words.PUBLISH_TEXT.format(number=number),
        discard_title=words.DISCARD_TITLE.format(number=draft.number),
        may_publish=draft.revision > 0 and not draft.is_archived,
        may_discard=draft.revision > 0 and draft.number > 0 and not draft.is_archived,
        is_archived=draft.is_archived,
        can_undo=past > 0,
        can_redo=future > 0,
        versions=[
            words.version_line(one.number, ago(datetime.fromisoformat(one.published_at), now), one.published_by)
            for one in versions
        ],
    )


def form_addressed(text: str) -> UUID:
    """Read the form's id from the address of the page. Raises NotFound for nonsense."""
    found = parse_id(text)
    if found is None:
        raise NotFound
    return found
