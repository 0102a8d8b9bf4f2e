"""What a client reads about their own record."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from portal.audit.own_looks import OwnLook
from portal.audit.words import ACCESS_KINDS
from portal.clients.views_network import GrantState, GrantView
from portal.models import Role

WHO_HAS_ACCESS = "Who has access to your record"
AT = "At {practice}. You can end what somebody may do at any time."
NOBODY = "Nobody but you"
NOBODY_HELP = "People who act for you, and what each of them may do, appear here."
END, END_QUESTION = "End", "End this access?"
ENDED = "This access has ended. It holds on their next click, also on a page that is open."
KEEP, KEEP_QUESTION = "Allow again", "Allow this again?"
KEPT = "This access holds again, from now on."
CANCEL = "Cancel"

WHO_LOOKED = "Who looked at your record"
WHO_LOOKED_HELP = (
    "At {practice}. Looks by one person within a quarter of an hour are one line. Your own are not listed."
)
NOBODY_LOOKED = "Nobody yet"
NOBODY_LOOKED_HELP = "When somebody reads your answers or views your pages, it appears here."
OLDER = "Show older"
KINDS = {"view_as": "viewed the portal as you, or somebody who acts for you, sees it"}
ROLES = {
    Role.ADMIN: "administrator",
    Role.THERAPIST: "therapist",
    Role.BILLER: "billing",
    Role.FRONT_DESK: "front desk",
}


def end_text(person: str, what: str) -> str:
    """Say what ending one access does."""
    return f"{person} loses access to {what.lower()} for you at once, and gets a mail that says so, without details."


def keep_text(person: str, what: str) -> str:
    """Say what keeping an access does that ended on one's birthday."""
    return f"{person} gets access to {what.lower()} for you again, until you end it."


def button_name(verb: str, what: str, person: str) -> str:
    """Name a button for who cannot see where it stands."""
    return f"{verb}: {what} for {person}"


def terms(grant: GrantView) -> str:
    """Say why somebody may do something, and from when to when."""
    if grant.state is GrantState.OVER:
        return f"{grant.basis_label} · ended when you came of age"
    first = "from" if grant.state is GrantState.NOT_YET else "since"
    until = f", until {_day(grant.last_day)}" if grant.last_day else ""
    return f"{grant.basis_label} · {first} {_day(grant.first_day)}{until}"


def who(look: OwnLook) -> str:
    """Name somebody, and say what they are."""
    return ", ".join(part for part in (look.name, ROLES[look.role] if look.role else look.relationship) if part)


def what(look: OwnLook) -> str:
    """Say what somebody looked at."""
    return KINDS.get(look.kind) or ACCESS_KINDS.get(look.kind, look.kind)


def when(look: OwnLook, zone: str) -> str:
    """Say when, as exactly as the log knows: within a quarter of an hour."""
    begin = look.quarter.astimezone(ZoneInfo(zone))
    end = begin + timedelta(minutes=15)
    return f"{begin.day} {begin:%B %Y}, between {_time(begin)} and {_time(end)} {end:%p %Z}"


def _time(moment: datetime) -> str:
    return f"{moment.hour % 12 or 12}:{moment:%M}"


def _day(text: str) -> str:
    day = date.fromisoformat(text)
    return f"{day.day} {day:%B %Y}"
