"""A pytest plugin: with CI=true nothing may be skipped, and tests that share a server run in one process."""

import os
from collections.abc import Generator
from pathlib import Path

import pytest

# What is dear to start is started once: tests of these folders stay together when several processes share the work.
TOGETHER = ("e2e", "security")
_REASON = "With CI=true nothing may be skipped: {reason}"


def is_strict() -> bool:
    """Whether this is a run in CI."""
    return os.environ.get("CI", "").lower() in {"true", "1", "yes"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the tests of one server in one process."""
    here = Path(__file__).parent
    for item in items:
        folder = item.path.relative_to(here).parts[0] if item.path.is_relative_to(here) else ""
        if folder in TOGETHER:
            item.add_marker(pytest.mark.xdist_group(folder))


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
