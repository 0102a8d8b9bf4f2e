"""The mail of the demo, to be read on a page; there is no such address in production."""

from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from portal.config import OWN_HOSTS, Mode
from portal.errors import NotFound
from portal.http.door import plain
from portal.http.pages import page
from portal.integrations.email.folder import mail_folder
from portal.kit.ids import parse_id
from portal.runtime import runtime

_MOST = 100


@plain
async def mail_list(request: Request) -> Response:
    """List the mails, the newest first."""
    folder = _folder(request)
    newest = sorted(folder.glob("*.eml"), reverse=True)[:_MOST] if folder.exists() else []
    return page("mail_list.html", mails=[(path.stem, _read(path)) for path in newest])


@plain
async def mail_page(request: Request) -> Response:
    """Show one mail as text with its links, with `?view=html` as mail programs do, or hand out its calendar file."""
    mail_id = parse_id(request.path_params["id"])
    path = _folder(request) / f"{mail_id}.eml"
    if mail_id is None or not path.exists():
        raise NotFound
    mail = _read(path)
    view, calendar = request.query_params.get("view"), _calendar(mail)
    if view == "html":
        return HTMLResponse(_body(mail, "html"), headers=_HTML_HEADERS)
    if view == "calendar" and calendar is not None:
        return Response(calendar, media_type="text/calendar", headers=_FILE_HEADERS)
    lines = _body(mail, "plain").splitlines()
    return page("mail.html", mail=mail, mail_id=mail_id, lines=lines, has_calendar=calendar is not None)


_HTML_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
}


_FILE_HEADERS = {"Cache-Control": "no-store", "Content-Disposition": 'attachment; filename="appointment.ics"'}


def _folder(request: Request) -> Path:
    """Return where mails are kept; to nobody in production, and to no address but this machine's own (rebinding)."""
    config = runtime().config
    if config.mode is Mode.PRODUCTION or request.url.hostname not in OWN_HOSTS:
        raise NotFound
    return mail_folder(config)


def _read(path: Path) -> EmailMessage:
    return BytesParser(_class=EmailMessage, policy=policy.default).parsebytes(path.read_bytes())


def _body(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body(preferencelist=(kind,))
    return str(part.get_content()) if part else ""


def _calendar(mail: EmailMessage) -> str | None:
    """Return the calendar file that goes with a mail about an appointment."""
    files = (part for part in mail.iter_attachments() if part.get_content_type() == "text/calendar")
    return next((str(part.get_content()) for part in files), None)
