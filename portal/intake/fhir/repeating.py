"""Groups that may be repeated: a form with as many instances of each as an answer sheet has.

An expanded form is a form like any other, so everything else knows nothing of repetition. Instances have numbers that
are never used again; the numbers present, in order, are the answer at the group's own path. A path in an instance is
the linkId and the numbers of all repeated groups around it ("dose#7", "dose#7.2"); where all are 0 it is the linkId
alone, so that the first instance needs no answer to be there.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from portal.intake.fhir.form import Condition, Form, Item, Page, Repetition, Value

MAX_INSTANCES = 50
MAX_EXPANDED = 3_000
Numbers = tuple[int, ...]
FIRST: Numbers = (0,)


def path_in(link_id: str, numbers: Numbers) -> str:
    """Return the path of an item in one instance of each repeated group around it."""
    return f"{link_id}#{'.'.join(str(number) for number in numbers)}" if any(numbers) else link_id


def numbers_of(values: Sequence[Value] | None) -> Numbers:
    """Return the instances that an answer lists; the first alone while there never was one."""
    if values is None:
        return FIRST
    return tuple(value["valueInteger"] for value in values)


def expand(form: Form, listed: Callable[[str], Numbers]) -> Form:
    """Return a form with the instances that `listed` names for each path that keeps them."""
    if not form.repetitions:
        return form
    found: dict[str, Numbers] = {}
    waiting = [(group, numbers) for group, numbers in _outermost(form)]
    while waiting:
        group, around = waiting.pop()
        path = path_in(form.items[group].path, around)
        found[path] = listed(path)
        inner = _inner(form, group)
        waiting += [(each, (*around, number)) for number in found[path] for each in inner]
        if len(found) > MAX_EXPANDED:
            break
    return _expanded(form, tuple(sorted(found.items())))


def _groups(form: Form) -> list[int]:
    return [place for place, item in enumerate(form.items) if item.is_repeating_group]


def _around(form: Form, place: int) -> tuple[int, ...]:
    """Return the places of the repeating groups around an item, the outermost first; not the item itself."""
    found: list[int] = []
    while (place := form.items[place].parent) >= 0:
        if form.items[place].is_repeating_group:
            found.append(place)
    return tuple(reversed(found))


def _outermost(form: Form) -> list[tuple[int, Numbers]]:
    return [(place, ()) for place in _groups(form) if not _around(form, place)]


def _inner(form: Form, group: int) -> list[int]:
    return [place for place in _groups(form) if _around(form, place)[-1:] == (group,)]


@lru_cache(maxsize=200)
def _expanded(form: Form, listed: tuple[tuple[str, Numbers], ...]) -> Form:
    return _Expansion(form, dict(listed)).made()


class _Expansion:
    """Walks the form once, and each repeating group as often as it has instances."""

    def __init__(self, form: Form, listed: Mapping[str, Numbers]) -> None:
        self.form, self.listed = form, listed
        self.items: list[Item] = []
        self.numbers: list[Numbers] = []
        self.template: list[int] = []
        self.copies: dict[int, list[int]] = {}
        self.repetitions: dict[str, Repetition] = {}

    def made(self) -> Form:
        """Return the expanded form."""
        for place, item in enumerate(self.form.items):
            if item.parent < 0:
                self._add(place, -1, ())
        self._link()
        form = self.form
        return replace(
            form,
            items=tuple(self.items),
            pages=tuple(
                Page(page.path, page.title, tuple(copy for place in page.items for copy in self.copies.get(place, ())))
                for page in form.pages
            ),
            order=tuple(copy for place in form.order for copy in self.copies.get(place, ())),
            places={item.path: place for place, item in enumerate(self.items)},
            triggers=frozenset(path for item in self.items for line in item.conditions for path in line.questions),
            repetitions=self.repetitions,
        )

    def _add(self, place: int, parent: int, around: Numbers) -> None:
        item = self.form.items[place]
        if not item.is_repeating_group:
            self._copy(place, parent, around)
            return
        path = path_in(item.path, around)
        present = self.listed.get(path, FIRST)
        self.repetitions[path] = Repetition(replace(item, path=path, link=item.link_id), parent, present)
        for number in present:
            self._copy(place, parent, (*around, number))

    def _copy(self, place: int, parent: int, numbers: Numbers) -> None:
        if len(self.items) >= MAX_EXPANDED:
            return
        item = self.form.items[place]
        own = len(self.items)
        path = path_in(item.path, numbers)
        self.items.append(replace(item, path=path, link=item.link_id, parent=parent, children=()))
        self.numbers.append(numbers)
        self.template.append(place)
        self.copies.setdefault(place, []).append(own)
        for child in item.children:
            self._add(child, own, numbers)

    def _link(self) -> None:
        """Give every copy its children, and let its conditions look at the questions of its own instance."""
        children: dict[int, list[int]] = {}
        for place, item in enumerate(self.items):
            children.setdefault(item.parent, []).append(place)
        for place, item in enumerate(self.items):
            conditions = tuple(self._condition(place, condition) for condition in item.conditions)
            self.items[place] = replace(item, children=tuple(children.get(place, ())), conditions=conditions)

    def _condition(self, place: int, condition: Condition) -> Condition:
        question = self.form.places.get(condition.question)
        if question is None:
            return condition
        shared = self._shared(place, question)
        own = self.numbers[place][:shared]
        paths = [self.items[copy].path for copy in self.copies.get(question, ()) if self.numbers[copy][:shared] == own]
        if not paths:
            return replace(condition, question="")
        return replace(condition, question=paths[0], also=tuple(paths[1:]))

    def _shared(self, place: int, question: int) -> int:
        """Return how many repeated groups, from the outside, an item and a question have in common."""
        template = self.template[place]
        mine = (*_around(self.form, template), *((template,) if self.form.items[template].is_repeating_group else ()))
        theirs = _around(self.form, question)
        shared = 0
        for one, other in zip(mine, theirs, strict=False):
            if one != other:
                break
            shared += 1
        return shared
