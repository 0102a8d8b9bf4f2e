"""What the browser may see about superbills."""

from dataclasses import dataclass


@dataclass(frozen=True)
class DiagnosisRow:
    """Diagnoses from one day on. `key` is that day, "2026-03-01"."""

    key: str
    day: str
    codes: str


@dataclass(frozen=True)
class ClinicianRow:
    """Somebody who gives care, with what superbills say of them."""

    id: str
    name: str
    licence: str
    npi: str


@dataclass(frozen=True)
class ServiceRow:
    """A service with the code by which insurers know it."""

    id: str
    name: str
    code: str


@dataclass(frozen=True)
class PracticeRow:
    """What superbills say of the practice."""

    ein: str = ""
    npi: str = ""
    address: str = ""
    video_place: str = "10"
