"""The answer to a question about access: every step, passed or not, in order."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from portal.access import words
from portal.access.codes import Code

Check = tuple[bool, Code]


@dataclass(frozen=True, slots=True)
class Step:
    """One condition. `code` names what stands in the way where `passed` is false; sentences are made when asked for."""

    code: Code
    passed: bool
    names: Mapping[str, str] = field(repr=False, compare=False)

    @property
    def sentence(self) -> str:
        """The sentence for the person concerned, who is addressed as "you"."""
        return words.why(self.code, True, self.names) if self.passed else words.told(self.code, self.names)

    @property
    def why(self) -> str:
        """The sentence for staff who ask Why?, which names the person."""
        return words.why(self.code, self.passed, self.names)


@dataclass(frozen=True, slots=True)
class Decision:
    """Allowed when every step holds."""

    steps: tuple[Step, ...]

    @property
    def allowed(self) -> bool:
        """Whether every step holds."""
        return all(step.passed for step in self.steps)

    @property
    def first_refusal(self) -> Step | None:
        """The one thing that stands in the way: the first step that does not hold."""
        return next((step for step in self.steps if not step.passed), None)

    @property
    def sentence(self) -> str:
        """What to tell the person; empty when it is allowed."""
        refusal = self.first_refusal
        return refusal.sentence if refusal else ""


def decide(names: Mapping[str, str], *checks: Check) -> Decision:
    """Build the answer from conditions in the order in which product.md checks them."""
    return Decision(tuple([Step(code, passed, names) for passed, code in checks]))
