"""The forms that come with the portal: FHIR R4 Questionnaires in `templates`, in our own words."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from portal.intake.fhir.compiling import title_of
from portal.intake.fhir.reading import read_questionnaire

_TEMPLATES = Path(__file__).parent / "templates"
_KEYS = (
    "standard-intake",
    "informed-consent",
    "privacy-practices",
    "card-authorization",
    "phq-9",
    "gad-7",
)


@dataclass(frozen=True, slots=True)
class BuiltinForm:
    """One form that comes with the portal: the key it is known by, its title, its JSON."""

    key: str
    title: str
    text: str


@cache
def builtin_forms() -> tuple[BuiltinForm, ...]:
    """Return the forms that come with the portal, in the order in which a practice meets them."""
    return tuple(_load(key) for key in _KEYS)


def _load(key: str) -> BuiltinForm:
    text, questionnaire = read_questionnaire((_TEMPLATES / f"{key}.json").read_bytes())
    return BuiltinForm(key, title_of(questionnaire), text)
