"""Logs: one line of JSON each, with ids and places in the code; never a cookie, a payload or what somebody wrote.

Libraries quote what they could not handle (an event with its payload, a statement with its parameters), so of their
records only the place and the kind of failure are kept. Of an exception, ours or theirs, the kinds and places are
kept, never the message.
"""

import logging
import sys
import traceback
from collections.abc import MutableMapping
from types import TracebackType
from typing import Any

import structlog

_HIDDEN = "(not logged)"
_SECRET = (
    "cookie",
    "token",
    "password",
    "payload",
    "answer",
    "value",
    "email",
    "name",
    "hash",
    "header",
    "body",
    "link",
)
_ALLOWED = frozenset({"endpoint", "event", "reference", "level", "timestamp", "failure", "handler_name"})
_OURS = ("portal", "_granian", "granian", "alembic")
_FRAMES = 12
_make_record = logging.getLogRecordFactory()


def configure_logs(level: int = logging.INFO) -> None:
    """Set up the logs of this process; doing it twice is the same as once."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _explain_failure,
            redact,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=False,
    )
    logging.setLogRecordFactory(_quiet_record)


def redact(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Hide whatever has a telling key; the rule errs on the side of hiding."""
    for key in event:
        if key not in _ALLOWED and any(secret in key.lower() for secret in _SECRET):
            event[key] = _HIDDEN
    return event


def failure_summary(wrong: BaseException) -> str:
    """Name the kinds of an exception and of its causes, with the innermost places; never their messages."""
    kinds: list[str] = []
    seen: BaseException | None = wrong
    while seen is not None and len(kinds) < 5:
        kinds.append(type(seen).__name__)
        seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)
    return f"{' from '.join(kinds)} at {_places(wrong.__traceback__)}"


def _places(trace: TracebackType | None) -> str:
    frames = traceback.extract_tb(trace)[-_FRAMES:]
    return " < ".join(f"{frame.filename.rpartition('site-packages/')[2]}:{frame.lineno}" for frame in reversed(frames))


def _explain_failure(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    raised = event.pop("exc_info", None)
    if raised is True:
        raised = sys.exc_info()[1]
    if isinstance(raised, tuple):
        raised = raised[1]
    if isinstance(raised, BaseException):
        event["failure"] = failure_summary(raised)
    return event


def _quiet_record(*args: Any, **more: Any) -> logging.LogRecord:
    """Make a record of the standard library's logging that quotes nothing."""
    record = _make_record(*args, **more)
    is_ours = record.name.split(".")[0] in _OURS
    raised = record.exc_info[1] if record.exc_info else None
    if raised is not None or (not is_ours and record.levelno >= logging.WARNING):
        place = f"{record.name}:{record.funcName}:{record.lineno}"
        record.msg = f"{place} {failure_summary(raised)}" if raised is not None else f"{place} (details not logged)"
        record.args, record.exc_info, record.exc_text = (), None, None
    return record
