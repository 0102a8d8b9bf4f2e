"""Every plain route of the portal, for `portal.py` to mount."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route

from portal.http import (
    access_help,
    books,
    calendar_feed,
    client_files,
    dev_mail,
    documents,
    email_change,
    files,
    first_run,
    forms,
    health,
    hooks,
    insurance_cards,
    invitation,
    join,
    journal,
    message_files,
    new_appointment,
    receipts,
    recovery,
    second_step,
    sign_in,
    superbills,
    words,
)
from portal.http.door import Endpoint, plain
from portal.http.pages import go_to, message_page
from portal.http.sandbox import SandboxDoor


def public_routes() -> list[BaseRoute]:
    """The routes that need no socket and no script, each with and without a slash at the end."""
    plain_ones = [*_routes(), *_about_logins(), *_about_money()]
    slashed = (_with_slash(route) for route in plain_ones if route.path != "/")
    return [*plain_ones, *slashed, Mount("/sandbox", SandboxDoor())]


def _routes() -> list[Route]:
    return [
        _get("/", sign_in.start),
        _get("/login", sign_in.login_page),
        _get("/login/code", second_step.code_page),
        _get("/p/{practice}/login", sign_in.login_page),
        _get("/p/{practice}/new-appointment", new_appointment.new_appointment),
        _get("/calendar/{token}.ics", calendar_feed.calendar_feed),
        _get("/p/{practice}/join", join.join_page),
        _post("/p/{practice}/join", join.join),
        _post("/practice/clients/import", client_files.import_list),
        _get("/practice/clients/export.csv", client_files.export_list),
        _post("/practice/forms/import", forms.import_form),
        _get("/forms/{assignment_id}/document.pdf", documents.form_document),
        _get("/practice/forms/{form_id}/questionnaire.json", forms.export_form),
        _post("/forms/{assignment_id}/files", files.add_form_file),
        _post("/messages/files", message_files.add_message_file_as_client),
        _post("/practice/messages/files", message_files.add_message_file_as_staff),
        _get("/files/{file_id}", files.read_file),
        _post("/auth/journal-key", journal.journal_key),
        _get("/dev/mail", dev_mail.mail_list),
        _get("/dev/mail/{id}", dev_mail.mail_page),
        _get("/healthz", health.healthz),
        _get("/readyz", health.readyz),
    ]


def _about_logins() -> list[Route]:
    return [
        _get("/first-run/{token}", first_run.first_run_page),
        _post("/first-run/{token}", first_run.set_up),
        _get("/help-signing-in/{token}", access_help.help_page),
        _post("/help-signing-in/{token}", access_help.use_help),
        _get("/invitation/{token}", invitation.invitation_page),
        _post("/invitation/{token}", invitation.use_invitation),
        _get("/auth/sign-in", _to_login),
        _post("/auth/sign-in", sign_in.sign_in),
        _get("/auth/code", _to_login),
        _post("/auth/code", second_step.give_code),
        _post("/auth/confirm", second_step.confirm),
        _post("/auth/sign-out", sign_in.sign_out),
        _post("/auth/sign-out-everywhere", sign_in.sign_out_everywhere),
        _get("/forgot-password", recovery.forgot_page),
        _post("/forgot-password", recovery.forgot),
        _get("/reset-password/{token}", recovery.reset_page),
        _post("/reset-password/{token}", recovery.reset),
        _get("/email/confirm/{token}", email_change.confirm_page),
        _post("/email/confirm/{token}", email_change.confirm),
        _get("/email/undo/{token}", email_change.undo_page),
        _post("/email/undo/{token}", email_change.undo),
    ]


def _about_money() -> list[Route]:
    return [
        _post("/hooks/stripe/{practice}", hooks.stripe_hook),
        _get("/receipts/{payment_id}.pdf", receipts.receipt),
        _get("/billing/statement.pdf", receipts.statement),
        _get("/billing/superbill.pdf", superbills.own_superbill),
        _get("/practice/clients/{client_id}/superbill.pdf", superbills.superbill_for_staff),
        _get("/practice/billing/export.csv", books.export_books),
        _post("/billing/insurance/cards", insurance_cards.add_card),
        _post("/practice/clients/{client_id}/insurance/cards", insurance_cards.add_card_for_staff),
    ]


async def not_found(request: Request, _error: Exception) -> Response:
    """The page for an address that is none; for Starlette's `exception_handlers`."""
    return message_page(words.NOT_FOUND, 404)


@plain
async def _to_login(request: Request) -> Response:
    return go_to("/login")


def _with_slash(route: Route) -> Route:
    return Route(f"{route.path}/", route.endpoint, methods=list(route.methods or ()))


def _get(path: str, endpoint: Endpoint) -> Route:
    return Route(path, endpoint, methods=["GET"])


def _post(path: str, endpoint: Endpoint) -> Route:
    return Route(path, endpoint, methods=["POST"])
