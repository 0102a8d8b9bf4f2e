"""The sandbox as a small app of its own: the calls, the hosted page, and the switches for tests."""

from dataclasses import asdict
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from portal.config import Config, Mode
from portal.kit.money import Money
from portal.sandbox import objects
from portal.sandbox.api import answer_call
from portal.sandbox.objects import CARDS, Refused
from portal.sandbox.store import Store, Switches, Thing
from portal.sandbox.telling import tell

_PAGES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True, undefined=StrictUndefined
)
_HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; form-action *; frame-ancestors 'none'",
}


class Sandbox:
    """One sandbox: `address` is where browsers reach it, `portal` where it tells what happened."""

    def __init__(self, store: Store, address: str, portal: str) -> None:
        self.store, self.address, self.portal = store, address, portal

    async def call(self, request: Request) -> Response:
        """Answer one call of the API, and tell afterwards what came of it."""
        response = await answer_call(self.store, request, self.address)
        response.background = BackgroundTask(tell, self.store, self.portal)
        return response

    async def page(self, request: Request) -> Response:
        """Show the hosted page."""
        session = self._session(request)
        return self._shown(session, "") if session else _gone()

    async def pay(self, request: Request) -> Response:
        """Do what somebody chose on the hosted page, and send them back."""
        session = self._session(request)
        if session is None:
            return _gone()
        form = await request.form()
        card, step = str(form.get("card", "")), str(form.get("step", ""))
        if step == "leave":
            return RedirectResponse(session["cancel_url"] or session["success_url"], 303)
        if card not in CARDS or session["status"] != "open" or step == "fail":
            return self._shown(session, "The owner of the card did not confirm. Nothing was paid." if step else "")
        if card == "asks" and step != "confirm":
            return self._shown(session, "", asks=True)
        return self._paid(session, card)

    def _paid(self, session: Thing, card: str) -> Response:
        try:
            objects.pay_session(self.store, session["_account"], session, card, owner_is_here=True)
        except Refused:
            return self._shown(session, "The card was declined. Nothing was paid.")
        self.store.save()
        done = RedirectResponse(session["success_url"], 303)
        done.background = BackgroundTask(tell, self.store, self.portal)
        return done

    async def switch(self, request: Request) -> Response:
        """Set the switches, for tests in another process; answers with what was called so far."""
        self.store.switches = Switches(**await request.json())
        return JSONResponse({"switches": asdict(self.store.switches), "calls": self.store.calls})

    def _session(self, request: Request) -> Thing | None:
        found = self.store.things.get(request.path_params["ref"])
        return found if found and found["object"] == "checkout.session" else None

    def _shown(self, session: Thing, problem: str, *, asks: bool = False) -> Response:
        is_payment = session["mode"] == "payment"
        amount = str(Money(session["amount_total"], session["currency"].upper())) if is_payment else ""
        status = (
            "late" if session["status"] == "open" and session["expires_at"] < self.store.now() else session["status"]
        )
        text = _PAGES.get_template("checkout.html").render(
            amount=amount, title=session["_title"], cards=CARDS, problem=problem, asks=asks, status=status
        )
        return HTMLResponse(text, headers=_HEADERS)


def sandbox_app(config: Config, store: Store, address: str, portal: str) -> Starlette:
    """Build the sandbox. Raises RuntimeError where real people could meet it."""
    if config.mode not in {Mode.DEMO, Mode.TEST}:
        raise RuntimeError("The payment sandbox runs in the demo and in tests only.")
    sandbox = Sandbox(store, address, portal)
    routes = [
        Route("/v1/{path:path}", sandbox.call, methods=["GET", "POST"]),
        Route("/checkout/{ref}", sandbox.page, methods=["GET"]),
        Route("/checkout/{ref}", sandbox.pay, methods=["POST"]),
    ]
    if config.mode is Mode.TEST:
        routes.append(Route("/switches", sandbox.switch, methods=["POST"]))
    return Starlette(routes=routes)


def _gone() -> Response:
    return HTMLResponse("<!doctype html><title>Not here</title><p>There is no such payment page.</p>", 404, _HEADERS)
