"""From forms to what the list shows. Pure."""

from datetime import datetime

from portal.intake.building.service_library import FormRow
from portal.practice.forms import words
from portal.practice.forms.views import Listed
from portal.ui.ago import ago


def listed(form: FormRow, now: datetime) -> Listed:
    """Put a form into a row."""
    published = words.published(_ago(form.published_at, now)) if form.number else ""
    edited = words.edited(form.edited_by, _ago(form.edited_at, now)) if form.has_draft else ""
    pill = words.ARCHIVED if form.is_archived else words.version(form.number) if form.number else words.DRAFT
    return Listed(
        id=form.id,
        title=form.title,
        pill=pill,
        is_live=bool(form.number) and not form.is_archived,
        detail=" · ".join(part for part in (published, edited) if part),
        waiting=words.waiting(form.waiting),
        is_archived=form.is_archived,
        address=f"/practice/forms/{form.id}",
        download=f"/practice/forms/{form.id}/questionnaire.json",
        edit_name=f"{words.EDIT} {form.title}",
        copy_name=f"{words.DUPLICATE} {form.title}",
        archive_name=f"{words.ARCHIVE} {form.title}",
        restore_name=f"{words.RESTORE} {form.title}",
        download_name=f"{words.EXPORT} {form.title}",
    )


def _ago(moment: str, now: datetime) -> str:
    return ago(datetime.fromisoformat(moment), now) if moment else ""
