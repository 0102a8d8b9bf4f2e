"""Which links there are, and which of them a person gets: a page that is not built or not allowed has no link."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from portal.access.actor import Capability, Sight, StaffTask
from portal.access.subjects import ActingAccess, Subject, Subjects, Workplace
from portal.models import Permission


@dataclass(frozen=True, slots=True)
class Entry:
    """One link of the navigation. `also` are the addresses of other pages that it stands for."""

    key: str
    label: str
    address: str
    icon: str
    also: tuple[str, ...] = field(default=(), kw_only=True)


@dataclass(frozen=True, slots=True)
class ClientEntry(Entry):
    """A link of the client side. `need` is what has to be allowed for the client; None: whoever is signed in.

    `otherwise` also suffices, `unless` is what makes it another link. `of_login`: it is about the login, so that nobody
    who views as somebody else gets it. `short` stands in its place where there is no room; a screen reader hears all.
    """

    need: Capability | None = None
    otherwise: Capability | None = None
    unless: Capability | None = None
    of_login: bool = False
    short: str = ""

    def is_for(self, subject: Subject | None) -> bool:
        """Whether somebody who acts for this client gets the link."""
        if self.need is None:
            return True
        if subject is None or (self.unless is not None and subject.may(self.unless)):
            return False
        wanted = [one for one in (self.need, self.otherwise) if one is not None]
        return any(subject.may(one) for one in wanted)


@dataclass(frozen=True, slots=True)
class StaffEntry(Entry):
    """A link of the staff side, for roles that include its task."""

    need: StaffTask


CLIENT_SIDE = (
    ClientEntry("home", "Home", "/home", "house"),
    ClientEntry("forms", "Forms", "/forms", "file-text", Permission.FORMS, otherwise=Sight.SIGNED_FORMS),
    ClientEntry("appointments", "Appointments", "/appointments", "calendar-days", Sight.APPOINTMENTS),
    ClientEntry("billing", "Billing", "/billing", "credit-card", Permission.PAYMENTS, unless=Permission.INSURANCE),
    ClientEntry(
        "billing_insurance",
        "Billing & Insurance Info",
        "/billing",
        "credit-card",
        Permission.INSURANCE,
        short="Billing",
    ),
    ClientEntry("messages", "Messages", "/messages", "mail", Permission.MESSAGING),
    ClientEntry("account", "Account", "/account", "circle-user-round", of_login=True),
)
STAFF_SIDE = (
    StaffEntry("today", "Today", "/practice", "sun", StaffTask.TODAY),
    StaffEntry(
        "clients",
        "Clients",
        "/practice/clients",
        "users",
        StaffTask.SEE_CLIENTS,
        also=("/practice/join-requests", "/practice/import-clients", "/practice/invitation-messages"),
    ),
    StaffEntry(
        "calendar",
        "Calendar",
        "/practice/calendar",
        "calendar-days",
        StaffTask.APPOINTMENTS,
        also=("/practice/requests", "/practice/availability", "/practice/services"),
    ),
    StaffEntry("library", "Forms", "/practice/forms", "file-text", StaffTask.SEND_FORMS),
    StaffEntry(
        "money",
        "Billing",
        "/practice/billing",
        "receipt",
        StaffTask.MONEY,
        also=("/practice/insurance", "/practice/superbills"),
    ),
    StaffEntry(
        "organization",
        "Organization",
        "/practice/settings",
        "building-2",
        StaffTask.SETTINGS,
        also=("/practice/card-processing", "/practice/team", "/practice/audit", "/practice/mail"),
    ),
)
CALENDAR = (
    StaffEntry("week", "Week", "/practice/calendar", "", StaffTask.APPOINTMENTS),
    StaffEntry("requests", "Requests", "/practice/requests", "", StaffTask.DECIDE_REQUESTS),
    StaffEntry("hours", "Hours", "/practice/availability", "", StaffTask.DECIDE_REQUESTS),
    StaffEntry("services", "Services", "/practice/services", "", StaffTask.SETTINGS),
)
"""What is inside Calendar: its pages, in their order."""
BILLING = (
    StaffEntry("books", "Money", "/practice/billing", "", StaffTask.MONEY),
    StaffEntry("insurance", "Insurance", "/practice/insurance", "", StaffTask.INSURANCE_REVIEW),
    StaffEntry("superbills", "Superbills", "/practice/superbills", "", StaffTask.SETTINGS),
)
"""What is inside Billing: its pages, in their order."""
HEADER = (StaffEntry("inbox", "Messages", "/practice/messages", "mail", StaffTask.MESSAGES),)
"""What has a sign of its own in the header."""
ORGANIZATION = (
    StaffEntry("settings", "Client Portal", "/practice/settings", "", StaffTask.SETTINGS),
    StaffEntry("cards", "Card Processing", "/practice/card-processing", "", StaffTask.SETTINGS),
    StaffEntry("team", "Team", "/practice/team", "", StaffTask.TEAM),
    StaffEntry("audit", "Audit", "/practice/audit", "", StaffTask.AUDIT),
    StaffEntry("mail", "Mail", "/practice/mail", "", StaffTask.SETTINGS),
)
"""What is inside Organization: its pages, in their order."""


@dataclass(frozen=True, slots=True)
class PersonLink:
    """Somebody one may act for. `detail` says as what, and where when that is not obvious."""

    client_id: str
    name: str
    detail: str
    address: str
    current: bool


@dataclass(frozen=True, slots=True)
class ViewingBar:
    """What stands above a page that staff view as somebody else: whom, for whom if not oneself, and the way back."""

    name: str = ""
    on_behalf_of: str = ""
    back: str = ""


NOT_VIEWING = ViewingBar()


def viewing_bar(view: ActingAccess | None, *, several: bool) -> ViewingBar:
    """Say whose eyes these are. `several`: the staff member works in several practices, so the way back names one."""
    if view is None or view.viewing is None:
        return NOT_VIEWING
    [client], whom = view.clients, view.viewing
    back = f"/practice/clients/{client.client_id}" + (f"?practice={client.practice_slug}" if several else "")
    return ViewingBar(whom.name, "" if client.is_self else client.name, back)


def client_query(subject: Subject | None, *, several: bool, view: ActingAccess | None) -> str:
    """Return what every link of the client side keeps: for whom one acts, and as whom staff view."""
    if view is not None and view.viewing is not None:
        return f"?for={view.viewing.client_id}&as={view.viewing.contact_id or view.viewing.client_id}"
    return f"?for={subject.client_id}" if subject and several else ""


def client_links(subject: Subject | None, *, viewed: bool = False) -> list[str]:
    """Return the keys of the client-side links that are allowed for one client; `viewed` as somebody else by staff."""
    return [entry.key for entry in CLIENT_SIDE if entry.is_for(subject) and not (viewed and entry.of_login)]


def staff_links(place: Workplace) -> list[str]:
    """Return the keys of the staff-side links for what may be done at a place."""
    return [entry.key for entry in (*STAFF_SIDE, *CALENDAR, *BILLING, *HEADER) if entry.need in place.tasks]


def topics(subjects: Subjects, view: ActingAccess | None = None) -> set[str]:
    """Return what changes the frame of an account's pages: grants, settings, what is off for clients, what waits.

    Of a place where a second factor is missing it hears the settings alone, by which it may cease to be asked for.
    """
    reached = (*subjects.clients, *subjects.closed, *(view.clients if view else ()))
    practices = {subject.organization_id for subject in reached}
    practices |= {place.organization_id for place in subjects.memberships}
    clients = {f"client:{subject.client_id}" for subject in reached}
    account = subjects.actor.account_id
    waiting = {f"requests:{place.organization_id}" for place in subjects.memberships if place.tasks}
    waiting |= {f"messages:{account}"} if waiting else set()
    settings = {f"settings:{organization_id}" for organization_id in practices}
    return {f"account:{account}"} | clients | settings | waiting


def people(subjects: Subjects, current: Subject | None, page: str) -> list[PersonLink]:
    """List whom one may act for; choosing somebody stays on the same kind of page where that is allowed for them."""
    several = len({subject.organization_id for subject in subjects.clients}) > 1
    return [
        PersonLink(
            client_id=str(subject.client_id),
            name=display_name(subject),
            detail=_detail(subject, several),
            address=f"{_address(page, subject)}?for={subject.client_id}",
            current=current is not None and subject.client_id == current.client_id,
        )
        for subject in subjects.clients
    ]


def display_name(subject: Subject) -> str:
    """Return a person's name, with "(you)" behind one's own."""
    return f"{subject.name} (you)" if subject.is_self else subject.name


def chosen(subjects: Subjects, client_id: str) -> Subject | None:
    """Return the client that an address names, if one may act for them, else the one meant by default."""
    named = (subject for subject in subjects.clients if str(subject.client_id) == client_id)
    return next(named, None) or next(iter(subjects.clients), None)


def workplace(places: Iterable[Workplace], slug: str) -> Workplace | None:
    """Return the practice that an address names, else the first."""
    known = list(places)
    return next((place for place in known if place.practice_slug == slug), None) or next(iter(known), None)


def _address(page: str, subject: Subject) -> str:
    allowed = {entry.address for entry in CLIENT_SIDE if entry.is_for(subject)}
    return f"/{page}" if f"/{page}" in allowed else "/home"


def _detail(subject: Subject, several: bool) -> str:
    parts = [] if subject.is_self or not subject.relationship else [f"You are: {subject.relationship}"]
    if several:
        parts.append(subject.practice_name)
    return " · ".join(parts)
