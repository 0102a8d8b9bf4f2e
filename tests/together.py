"""A pytest plugin: what is dear to start is started once, so the tests that share it run in one process.

xdist's own groups are written into the names of tests, which pytest 9.2 does not let it do any more: nothing said so,
and every portal was started twice. So the work is divided here, by where a test stands.
"""

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling, Scheduling

SHARE_A_SERVER = "tests/security/"
SHARE_A_PORTAL = "tests/e2e/"


def scope_of(nodeid: str) -> str:
    """Return what a test is run together with: its folder, its module, or nothing but itself."""
    if nodeid.startswith(SHARE_A_SERVER):
        return SHARE_A_SERVER
    return nodeid.split("::", maxsplit=1)[0] if nodeid.startswith(SHARE_A_PORTAL) else nodeid


class Together(LoadScopeScheduling):
    """Hand out whole scopes, the ones with most tests first."""

    def _split_scope(self, nodeid: str) -> str:
        return scope_of(nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Scheduling:
    """Divide the work between processes."""
    return Together(config, log)
