"""The parts of assets/ui/tabs.jsx: a page in parts, one of them shown, and its name in the address."""

from typing import Any

import reflex as rx

_LIBRARY = "$/public/ui/tabs.jsx"


class AddressTabs(rx.Component):
    """A row of tabs above their parts. `tabs` are {"id", "label"}; with a single one there is no row.

    The open one stands behind "#" in the address; where that names none, the first is open.
    """

    library = _LIBRARY
    tag = "AddressTabs"
    label: rx.Var[str]
    tabs: rx.Var[list[dict[str, Any]]]


class TabPart(rx.Component):
    """What belongs to one tab. It stays on the page while another is shown, so that nothing typed in it is lost."""

    library = _LIBRARY
    tag = "TabPart"
    part: rx.Var[str]
