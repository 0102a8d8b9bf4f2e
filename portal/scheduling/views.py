"""What the browser may see of appointments and requests."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Choice:
    """Something to choose: a therapist, a service, a place."""

    id: str
    label: str
    detail: str = ""


@dataclass(frozen=True)
class TimeView:
    """A free time. `id` is its start in ISO 8601; `beside` is the practice's clock, where it shows something else."""

    id: str
    label: str
    beside: str


@dataclass(frozen=True)
class DayView:
    """The free times of one day, as the person's own calendar has it."""

    id: str
    heading: str
    times: list[TimeView]


@dataclass(frozen=True)
class SuggestionView:
    """Another time that the practice offers."""

    id: str
    when: str
    beside: str


@dataclass(frozen=True)
class RequestView:
    """A request as its own side sees it. `is_waiting`: it can be withdrawn."""

    id: str
    revision: int
    when: str
    beside: str
    about: str
    status: str
    is_waiting: bool
    is_declined: bool
    note: str
    message: str
    suggestions: list[SuggestionView]


@dataclass(frozen=True)
class AppointmentView:
    """An appointment as its own side sees it. `rule` stands where it cannot be changed any more.

    `join` is the video link, until three hours after the start.
    """

    id: str
    revision: int
    day: str
    time: str
    beside: str
    about: str
    place: str
    status: str
    join: str
    can_change: bool
    rule: str


@dataclass(frozen=True)
class OwnView:
    """Everything on /appointments."""

    upcoming: list[AppointmentView]
    past: list[AppointmentView]
    requests: list[RequestView]
    zone: str
    practice: str
    phone: str
