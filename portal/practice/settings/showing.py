"""From settings, questions and the chain to what the page shows. Pure."""

from portal.audit.trail import Entry
from portal.intake.moments import moment_in_words
from portal.kit.qr import qr_picture
from portal.practice.settings import words
from portal.practice.settings.views import AskedRow, ChangeRow, HoursRow, Shortcut, SwitchRow, UndoRow
from portal.settings.catalog import CATALOG, Kind, Setting, SettingName
from portal.settings.overview import Overview, obstacle_to, what_is_missing
from portal.settings.service import Question
from portal.settings.store import Change


def switch_rows(overview: Overview, kind: Kind) -> list[SwitchRow]:
    """List the switches of a kind in the order of the catalogue, each followed by what depends on it."""
    return [_switch(one, overview) for one in CATALOG.values() if one.kind is kind]


def _switch(one: Setting, overview: Overview) -> SwitchRow:
    is_on = overview.settings.is_on(one.name)
    hours = [part for part in CATALOG.values() if part.part_of is one.name and part.kind is Kind.HOURS]
    return SwitchRow(
        name=one.name,
        label=one.label,
        help="" if one.kind is Kind.NOTICE else one.help,
        is_on=is_on,
        obstacle="" if is_on else obstacle_to(one, overview),
        missing=what_is_missing(one, overview) if one.waits or is_on else "",
        is_part=one.part_of is not None,
        hours=[HoursRow(part.name, part.label, part.help, overview.settings.hours(part.name)) for part in hours],
    )


def asked_row(one: Setting, question: Question, step: int) -> AskedRow:
    """Put one step of a question into words."""
    confirm = words.SHOW if one.reveals_when_off else words.GO_ON
    return AskedRow(one.name, step, words.question_title(one, step), list(question.steps[step]), confirm)


def undo_row(change: Change, count: int) -> UndoRow:
    """Say what was changed, with the way back."""
    return UndoRow(change.setting.name, change.old, words.changed(change.setting, change.new), count)


def change_row(entry: Entry, zone: str) -> ChangeRow:
    """Put an entry of the chain into words."""
    detail = entry.detail
    what, from_to = words.history_line(str(detail.get("setting", "")), detail.get("from"), detail.get("to"))
    return ChangeRow(entry.sequence, what, from_to, entry.actor, moment_in_words(entry.at.isoformat(), zone))


def shortcuts(origin: str, overview: Overview) -> list[Shortcut]:
    """List the links that a practice hands out."""
    practice = f"{origin}/p/{overview.practice_slug}"
    can_ask = overview.settings.is_on(SettingName.SELF_SCHEDULING)
    appointment = words.APPOINTMENT_LINK_HELP if can_ask else words.SCHEDULING_OFF
    is_open = overview.settings.is_on(SettingName.CLIENT_SIGN_UP)
    help_text = words.INVITATION_LINK_HELP if is_open else words.SIGN_UP_OFF
    return [
        _shortcut("login", words.LOGIN_LINK, words.LOGIN_LINK_HELP, f"{practice}/login"),
        _shortcut("appointment", words.APPOINTMENT_LINK, appointment, f"{practice}/new-appointment"),
        _shortcut("join", words.INVITATION_LINK, help_text, f"{practice}/join", words.INVITATION_LINK_WARNING),
    ]


def _shortcut(key: str, label: str, text: str, address: str, warning: str = "") -> Shortcut:
    return Shortcut(
        key=key,
        label=label,
        help=text,
        warning=warning,
        address=address,
        picture=qr_picture(address),
        copy_label=words.copy_label(label),
        picture_label=words.qr_label(label),
    )
