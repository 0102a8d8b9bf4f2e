"""One's own record: who has access to it, and who looked."""

from portal.access.actor import Sight, Standing
from portal.access.codes import Code
from portal.access.decision import Decision, decide
from portal.access.facts import Facts
from portal.access.policies.standing import login_checks


def may_see_who_looked(facts: Facts) -> Decision:
    """May this person see who has access to this record and who looked at it, now? The client in person alone."""
    return decide(
        facts.names(Sight.OWN_RECORD),
        (not facts.client.is_archived, Code.CLIENT_ARCHIVED),
        (facts.person.standing is Standing.CLIENT, Code.NOT_IN_PERSON),
        *login_checks(facts),
    )
