"""What logs may say."""

import json
import logging
import sys

import pytest
import structlog

from portal.logs import _quiet_record, configure_logs, failure_summary, redact


def _wrong() -> Exception:
    try:
        try:
            raise KeyError("marker-secret")
        except KeyError as first:
            raise ValueError("marker-secret too") from first
    except ValueError as second:
        return second


def test_a_failure_is_named_and_placed_but_not_quoted() -> None:
    summary = failure_summary(_wrong())
    assert summary.startswith("ValueError from KeyError at ")
    assert "test_logs.py" in summary
    assert "marker" not in summary


def test_telling_keys_are_hidden() -> None:
    event = {"event": "saved", "client_id": "1", "cookie": "x", "session_hash": "x", "Payload": "x", "to_address": "x"}
    hidden = dict.fromkeys(("cookie", "session_hash", "Payload"), "(not logged)")
    assert redact(None, "info", dict(event)) == event | hidden


def test_our_lines_are_json(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs()
    try:
        structlog.configure(logger_factory=structlog.PrintLoggerFactory(file=sys.stderr))
        structlog.get_logger("portal").error("broke", reference="A", exc_info=_wrong())
        line = json.loads(capsys.readouterr().err)
        assert line["event"] == "broke"
        assert line["reference"] == "A"
        assert "marker" not in json.dumps(line)
    finally:
        logging.setLogRecordFactory(logging.LogRecord)
        structlog.reset_defaults()


def test_libraries_are_not_quoted() -> None:
    def record(name: str, level: int, wrong: Exception | None = None) -> str:
        raised = (type(wrong), wrong, wrong.__traceback__) if wrong else None
        made = _quiet_record(name, level, "file.py", 7, "marker-secret %s", ("marker-secret",), raised, "handle")
        return logging.Formatter().format(made)

    assert record("reflex.app", logging.WARNING) == "reflex.app:handle:7 (details not logged)"
    assert "marker" not in record("reflex.app", logging.ERROR, _wrong())
    assert "marker" not in record("_granian", logging.ERROR, _wrong())
    assert "marker" in record("_granian", logging.INFO)
