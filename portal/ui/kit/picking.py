"""The parts of assets/ui/picking.jsx: boxes beside the rows of a list, and what is done with all that are ticked."""

import reflex as rx


class _Part(rx.Component):
    library = "$/public/ui/picking.jsx"


class PickBox(_Part):
    """A box beside a row; `value` is the row's id, `label` what a screen reader hears."""

    tag = "PickBox"
    value: rx.Var[str]
    label: rx.Var[str]


class PickedIds(_Part):
    """A hidden field with the ids of all that are ticked, with spaces between."""

    tag = "PickedIds"
    name: rx.Var[str]


class PickBar(_Part):
    """How many are ticked (`one`, `many` with {count}), what can be done with them, and `none`, which unticks all."""

    tag = "PickBar"
    label: rx.Var[str]
    one: rx.Var[str]
    many: rx.Var[str]
    none: rx.Var[str]
    done: rx.Var[int]
