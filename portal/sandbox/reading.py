"""How Stripe's clients write what they ask: forms with brackets, `metadata[attempt]=1`, `line_items[0][quantity]=2`."""

import re
from collections.abc import Iterable
from typing import Any

from portal.sandbox.store import Store, Thing, shown

_PART = re.compile(r"[^\[\]]+")


def nested(pairs: Iterable[tuple[str, str]]) -> Thing:
    """Turn the fields of a form into an object; numbered parts become lists."""
    root: Thing = {}
    for key, value in pairs:
        *path, last = _PART.findall(key)
        place: Any = root
        for part in path:
            place = place.setdefault(part, {})
        place[last] = value
    made: Thing = _lists(root)
    return made


def _lists(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    if value and all(key.isdigit() for key in value):
        return [_lists(value[key]) for key in sorted(value, key=int)]
    return {key: _lists(part) for key, part in value.items()}


def expanded(store: Store, thing: Thing, wanted: Iterable[str]) -> Thing:
    """Return an object with the objects in place of the ids that were asked for ("payment_intent.payment_method")."""
    out = shown(thing)
    for path in wanted:
        first, _, rest = path.partition(".")
        ref = out.get(first)
        if isinstance(ref, str) and ref in store.things:
            out[first] = expanded(store, store.things[ref], [rest] if rest else [])
        elif isinstance(ref, dict) and rest:
            out[first] = expanded(store, ref, [rest])
    return out
