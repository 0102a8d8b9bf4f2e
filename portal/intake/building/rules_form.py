"""What can be changed about a form as a whole: its name, its score, and who signs it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from portal.intake.building.rules_building import Document, edited
from portal.intake.building.rules_kinds import drop_extensions, put_extension
from portal.intake.fhir.extensions import SCORE, extensions_of, find_extension
from portal.intake.fhir.own import SIGNATURES
from portal.models import SignerRule


@dataclass(frozen=True, slots=True)
class BandFields:
    """A range of points with its name."""

    low: int
    high: int
    label: str


@dataclass(frozen=True, slots=True)
class SignatureWish:
    """Who is to sign a form: the client, contacts, one of them or all, and a therapist below them."""

    client: bool = True
    contact: bool = True
    rule: SignerRule = SignerRule.ANY
    countersign: bool = False


def set_title(document: Document, title: str) -> Document:
    """Name the form."""
    return edited(document, lambda made: made.update(title=title))


def set_description(document: Document, text: str) -> Document:
    """Say what the form is for, or no longer."""

    def step(made: Document) -> None:
        if text.strip():
            made["description"] = text
        else:
            made.pop("description", None)

    return edited(document, step)


def set_score(document: Document, name: str, bands: Sequence[BandFields]) -> Document:
    """Give the form a score over all options with points; without a name it has none."""

    def step(made: Document) -> None:
        if not name.strip():
            drop_extensions(made, SCORE)
            return
        parts = [{"url": "name", "valueString": name.strip()}, *(_band(band) for band in bands)]
        put_extension(made, SCORE, {"extension": parts})

    return edited(document, step)


def _band(band: BandFields) -> dict[str, Any]:
    return {
        "url": "band",
        "extension": [
            {"url": "low", "valueDecimal": band.low},
            {"url": "high", "valueDecimal": band.high},
            {"url": "label", "valueString": band.label},
        ],
    }


def set_signatures(document: Document, wish: SignatureWish) -> Document:
    """Say who is to sign."""

    def step(made: Document) -> None:
        if wish == SignatureWish():
            drop_extensions(made, SIGNATURES)
            return
        parts = [
            {"url": "client", "valueBoolean": wish.client},
            {"url": "contact", "valueBoolean": wish.contact},
            {"url": "rule", "valueCode": wish.rule.value},
            {"url": "countersign", "valueBoolean": wish.countersign},
        ]
        put_extension(made, SIGNATURES, {"extension": parts})

    return edited(document, step)


def signatures_of(document: Document) -> SignatureWish:
    """Return who is to sign; anybody with access to forms when the form does not say."""
    parts = dict(extensions_of(find_extension(document, SIGNATURES) or {}))
    usual = SignatureWish()
    rule = parts.get("rule", {}).get("valueCode")
    return SignatureWish(
        client=_flag(parts, "client", usual.client),
        contact=_flag(parts, "contact", usual.contact),
        rule=SignerRule.ALL if rule == SignerRule.ALL.value else SignerRule.ANY,
        countersign=_flag(parts, "countersign", usual.countersign),
    )


def _flag(parts: dict[str, dict[str, Any]], name: str, usual: bool) -> bool:
    found = parts.get(name, {}).get("valueBoolean")
    return found if isinstance(found, bool) else usual
