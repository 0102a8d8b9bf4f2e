"""What the forms about insurance send, read strictly."""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from portal.errors import Invalid, NotFound
from portal.insurance import rules, words
from portal.insurance.rules import Ruling, Verdict
from portal.insurance.service import Typed
from portal.insurance.service_deciding import Decision
from portal.insurance.service_proposing import Wish
from portal.insurance.views import Cards, PolicyView
from portal.models import Subscriber
from portal.ui.guard import Id, parse

Text = Annotated[str, StringConstraints(max_length=200)]
Search = Annotated[str, StringConstraints(max_length=120)]
Place = Literal["1", "2", "3"]
Number = Annotated[str, StringConstraints(pattern=r"^\d{1,9}$")]
Editing = Annotated[str, StringConstraints(max_length=36)]
"""What a form is open for: the id of a policy, "new" for a new one, an empty text for none."""
_SENT = dict[Annotated[str, StringConstraints(max_length=60)], Annotated[str, StringConstraints(max_length=2000)]]


class PolicyFields(BaseModel):
    """The form of a policy, on either side."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    payer: Text = ""
    plan: Text = ""
    member_id: Text = ""
    group_number: Text = ""
    subscriber: Text = ""
    subscriber_name: Text = ""
    subscriber_birth_date: Text = ""
    first_day: Text = ""
    last_day: Text = ""
    front: Literal[""] | Id = ""
    back: Literal[""] | Id = ""
    seen: Number = "0"
    place: Place = "1"
    operation_id: Literal[""] | Id = ""
    adds_payer: Literal["", "on"] = ""

    def details(self) -> dict[str, str]:
        """Return what was typed into the fields that are kept as text."""
        return {name: getattr(self, name) for name in rules.TEXTS}

    def cards(self) -> Cards:
        """Return the photos that were taken."""
        return Cards(self.front or None, self.back or None)


class DecideFields(BaseModel):
    """The rest of the form in which staff decide, beside the lines."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    seen: Number
    policy: Number
    message: str = Field("", max_length=2000)
    place: Place = "1"


class PayerField(BaseModel):
    """The name of a company."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Text


class FindField(BaseModel):
    """What is looked for in the list of companies."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    find: Search = ""


def first_fields(editing: str, policies: Iterable[PolicyView]) -> tuple[dict[str, str], int]:
    """Return what the form of a policy begins with, and the revision it is of; of a new one 0. Raises NotFound."""
    if editing == "new":
        return {"subscriber": Subscriber.SELF.value}, 0
    chosen = next((one for one in policies if one.id == str(parse(Id, editing))), None)
    if chosen is None:
        raise NotFound
    return dict(chosen.fields), chosen.revision


def read_wish(sent: Any, editing: str) -> Wish:
    """Read what the client's side asks for. `editing` is the policy's id, or "new". Raises Invalid."""
    given = parse(PolicyFields, sent)
    return Wish(
        operation_id=parse(Id, str(given.operation_id)),
        payer=given.payer,
        details=given.details(),
        policy_id=None if editing == "new" else parse(Id, editing),
        seen=int(given.seen),
        cards=given.cards(),
        place=int(given.place),
    )


def read_typed(sent: Any) -> tuple[Typed, int]:
    """Read what staff entered, and the place of a new policy. Raises Invalid."""
    given = parse(PolicyFields, sent)
    typed = Typed(
        given.payer, given.details(), given.cards(), seen=int(given.seen), adds_payer=given.adds_payer == "on"
    )
    return typed, int(given.place)


def read_decision(sent: Any) -> Decision:
    """Read what staff decided about each line. Raises Invalid."""
    fields = parse(_SENT, sent)
    verdicts = {key.removeprefix("verdict-"): value for key, value in fields.items() if key.startswith("verdict-")}
    values = {key.removeprefix("value-"): value for key, value in fields.items() if key.startswith("value-")}
    rest = parse(
        DecideFields, {key: value for key, value in fields.items() if not key.startswith(("verdict-", "value-"))}
    )
    if not set(verdicts) | set(values) <= set(rules.FIELDS):
        raise Invalid(words.EVERY_FIELD)
    rulings = _rulings(verdicts, values)
    return Decision(rulings, int(rest.seen), int(rest.policy), rest.message, int(rest.place))


def _rulings(verdicts: Mapping[str, str], values: Mapping[str, str]) -> dict[str, Ruling]:
    known = {str(one): one for one in Verdict}
    if not set(verdicts.values()) <= set(known):
        raise Invalid(words.EVERY_FIELD)
    return {name: Ruling(known[verdict], values.get(name, "")) for name, verdict in verdicts.items()}
