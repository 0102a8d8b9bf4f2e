"""From requests to join to what the page shows. Pure."""

from portal.accounts.rules import email_key
from portal.clients.views import ClientFields
from portal.clients.words import joined
from portal.intake.moments import day_in_words, moment_in_words
from portal.invitations.views import JoinRequestView, Match
from portal.kit.text import fold
from portal.practice.joining import words
from portal.practice.joining.views import Alike, Line, Link, Waiting


def waiting(request: JoinRequestView, zone: str) -> Waiting:
    """Put one request beside everybody whom the stranger looks like."""
    names = list(dict.fromkeys(match.name for match in request.like if match.client_id))
    new_text = words.NEW_TEXT.format(email=request.fields.email)
    return Waiting(
        id=request.id,
        name=request.name,
        asked=words.ASKED.format(when=moment_in_words(request.asked_at, zone)),
        facts=_facts(request.fields),
        note=request.note,
        despite=" ".join(match.client_id for match in request.like if match.client_id),
        new_name=f"{words.NEW_CLIENT}: {request.name}",
        new_title=words.NEW_QUESTION.format(name=request.name),
        new_text=f"{new_text} {words.NEW_DESPITE.format(names=joined(names))}" if names else new_text,
        reject_name=f"{words.REJECT} {request.name}",
        reject_title=words.REJECT_QUESTION.format(name=request.name),
        like=[_alike(request, match) for match in request.like],
    )


def _facts(fields: ClientFields) -> list[Line]:
    born = day_in_words(fields.birth_date) if fields.birth_date else words.NOT_GIVEN
    given = ((words.EMAIL, fields.email), (words.BIRTH_DATE, born), (words.PHONE, fields.phone or words.NOT_GIVEN))
    return [Line(label, text, "", "") for label, text in given]


def _alike(request: JoinRequestView, match: Match) -> Alike:
    differs = email_key(match.fields.email) != email_key(request.fields.email)
    takes = bool(match.client_id) and differs and not match.has_login and not match.is_archived
    return Alike(
        key=f"{request.id}-{match.kind}-{match.id}",
        id=match.client_id,
        heading=words.LOOKS_LIKE.format(name=match.name),
        reason=match.reason,
        address=f"/practice/clients/{match.client_id}" if match.client_id else "",
        lines=_compared(request.fields, match.fields),
        note=_note(match),
        serves=[Link(one.name, f"/practice/clients/{one.id}") for one in match.serves],
        same_name=f"{words.SAME_PERSON}: {match.name}",
        same_title=words.SAME_QUESTION.format(name=match.name),
        same_text=_same_text(match),
        take_text=words.SAME_TAKES.format(email=request.fields.email) if takes else "",
    )


def _compared(theirs: ClientFields, ours: ClientFields) -> list[Line]:
    rows = (
        (words.NAME, _name(theirs), _name(ours), fold(_name(theirs)) == fold(_name(ours))),
        (words.BIRTH_DATE, theirs.birth_date, ours.birth_date, theirs.birth_date == ours.birth_date),
        (words.EMAIL, theirs.email, ours.email, email_key(theirs.email) == email_key(ours.email)),
        (words.PHONE, theirs.phone, ours.phone, _digits(theirs.phone) == _digits(ours.phone)),
    )
    return [
        Line(
            label,
            day_in_words(mine) if mine else words.NOT_GIVEN,
            day_in_words(known) if known else words.NOT_RECORDED,
            (words.SAME if same else words.DIFFERENT) if mine and known else "",
        )
        for label, mine, known, same in rows
    ]


def _name(fields: ClientFields) -> str:
    return f"{fields.given_name} {fields.family_name}"


def _digits(phone: str) -> str:
    return "".join(letter for letter in phone if letter.isdigit())


def _note(match: Match) -> str:
    if not match.client_id:
        return words.ONLY_CONTACT
    if match.is_archived:
        return words.ARCHIVED
    return words.HAS_LOGIN if match.has_login else ""


def _same_text(match: Match) -> str:
    for holds, text in (
        (match.is_archived, words.SAME_ARCHIVED),
        (match.has_login, words.SAME_LOGIN),
        (not match.fields.email, words.SAME_NO_EMAIL),
    ):
        if holds:
            return text
    return words.SAME_INVITES.format(email=match.fields.email)
