"""A pytest plugin: with CI=true nothing may be skipped."""

import os
from collections.abc import Generator

import pytest

_REASON = "With CI=true nothing may be skipped: {reason}"


def is_strict() -> bool:
    """Whether this is a run in CI."""
    return os.environ.get("CI", "").lower() in {"true", "1", "yes"}


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skipped test into a failed one in CI."""
    report = yield
    if report.skipped and is_strict() and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = _REASON.format(reason=_reason(report))
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Turn a skipped module into a failed one in CI."""
    report = yield
    if report.skipped and is_strict():
        report.outcome = "failed"
        report.longrepr = _REASON.format(reason=_reason(report))
    return report


def _reason(report: pytest.TestReport | pytest.CollectReport) -> str:
    return report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
