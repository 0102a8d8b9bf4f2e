"""Forms: they have no switch, so that only standing decides."""

from uuid import UUID

from portal.access.actor import Sight, Standing
from portal.access.codes import Code
from portal.access.decision import Decision, decide
from portal.access.facts import Facts
from portal.access.policies.standing import forms_in_reach, login_checks, standing_checks
from portal.models import Permission


def may_fill_forms(facts: Facts) -> Decision:
    """May this person complete forms for this client, now? A contact named as signer may, for the open form alone."""
    return decide(facts.names(Permission.FORMS), *standing_checks(facts, Permission.FORMS, one_form_suffices=True))


def may_sign(facts: Facts, assignment_id: UUID) -> Decision:
    """May this person work on and sign this one form of this client, now? Who is asked to sign is the form's matter."""
    reach = forms_in_reach(facts)
    return decide(
        facts.names(Permission.FORMS),
        *standing_checks(facts, Permission.FORMS, one_form_suffices=True),
        (reach is None or assignment_id in reach, Code.OTHER_FORM),
    )


def may_see_signed_forms(facts: Facts) -> Decision:
    """May this person read the forms that were signed? The client always, even archived; contacts by a full grant."""
    names = facts.names(Sight.SIGNED_FORMS)
    if facts.person.standing is Standing.CLIENT:
        return decide(names, *login_checks(facts))
    return decide(names, *standing_checks(facts, Permission.FORMS))
