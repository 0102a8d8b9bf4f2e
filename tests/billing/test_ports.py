"""No call of the card processor runs inside a transaction, whichever it is: the test fails for the first that does."""

import inspect
from typing import Any

import httpx
import pytest
import stripe

from portal.database import Database
from portal.integrations.cards import CardProcessor, CardTrouble
from portal.integrations.stripe.adapter import StripeProcessor

CALLS = sorted(name for name in vars(CardProcessor) if not name.startswith("_"))


class Reached(stripe.HTTPXClient):
    """A way to nowhere that notes who tried it."""

    def __init__(self) -> None:
        super().__init__()
        self.tried = 0
        self._client_async = httpx.AsyncClient(transport=httpx.MockTransport(self._refuse))

    def _refuse(self, request: httpx.Request) -> httpx.Response:
        self.tried += 1
        raise httpx.ConnectError("nobody there", request=request)


class Anything:
    """Stands for whatever a call wants to be given."""

    def __getattr__(self, name: str) -> Any:
        values = {"metadata": {"attempt": "x"}, "cents": 7000, "currency": "USD", "keeps_card": False}
        return values.get(name, Moment() if name == "ends_at" else "x")


class Moment:
    def timestamp(self) -> int:
        return 1


def arguments(name: str) -> dict[str, Any]:
    given: dict[str, Any] = {"wanted": Anything(), "since": Moment(), "cents": 1, "metadata": {"attempt": "x"}}
    return {one: given.get(one, "x") for one in list(inspect.signature(getattr(CardProcessor, name)).parameters)[1:]}


@pytest.mark.parametrize("name", CALLS)
async def test_no_call_of_the_processor_inside_a_unit_of_work(database: Database, name: str) -> None:
    way = Reached()
    call = getattr(StripeProcessor("sk_test_sandbox_x", way), name)
    for writes in (True, False):
        async with database.unit_of_work(writes=writes):
            with pytest.raises(RuntimeError, match="inside a unit of work"):
                await call(**arguments(name))
    assert way.tried == 0
    with pytest.raises(CardTrouble):
        await call(**arguments(name))
    assert way.tried == 1, "the control: outside a unit it goes out"
