"""What the forms about superbills send, read strictly."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from pydantic import BaseModel, ConfigDict, Field

from portal.billing.superbills import words
from portal.billing.superbills.rules import Period, check_period
from portal.models import VideoPlace
from portal.ui.guard import Id, parse


class _Fields(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PeriodFields(_Fields):
    """The days that a superbill is to be about."""

    first: date
    last: date


class DiagnosisFields(_Fields):
    """Diagnoses, and the day from which they hold."""

    first_day: date
    codes: str = Field("", max_length=200)


class PracticeFields(_Fields):
    """What superbills say of the practice."""

    ein: str = Field("", max_length=40)
    npi: str = Field("", max_length=40)
    address: str = Field("", max_length=400)
    video_place: VideoPlace


class ClinicianFields(_Fields):
    """What superbills say of somebody who gives care."""

    membership_id: Id
    licence: str = Field("", max_length=200)
    npi: str = Field("", max_length=40)


class ServiceFields(_Fields):
    """The code of a service."""

    service_id: Id
    code: str = Field("", max_length=20)


def read_period(sent: Any, *, today: date) -> Period:
    """Read the days of a superbill. Raises Invalid."""
    given = parse(PeriodFields, sent, words.PERIOD)
    return check_period(given.first, given.last, today=today)


def query_of(period: Period, **more: str) -> str:
    """Write the days into an address, and what else stands there where it is not empty."""
    days = {"from": period.first.isoformat(), "to": period.last.isoformat()}
    return urlencode({**days, **{name: value for name, value in more.items() if value}})
