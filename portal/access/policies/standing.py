"""The fourth step of every question: the client with an active login, or a contact whose grant covers it."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from portal.access.actor import Standing
from portal.access.codes import Code
from portal.access.decision import Check
from portal.access.facts import Facts, HeldGrant, Login
from portal.kit.clock import birthday
from portal.models import Basis, Permission
from portal.settings.catalog import SettingName

_ENDS_WITH_AGE = frozenset({Basis.PARENT, Basis.LEGAL_GUARDIAN})
# Which reason is told when several grants for one thing all fail: the one nearest to holding.
_NEAREST_FIRST = (Code.GRANT_NOT_YET, Code.GRANT_OF_AGE, Code.GRANT_OVER, Code.GRANT_ENDED, Code.FORM_SIGNED)


def standing_checks(facts: Facts, permission: Permission, *, one_form_suffices: bool = False) -> tuple[Check, ...]:
    """Check that the person stands before this client with this permission, today."""
    if facts.person.standing is Standing.CLIENT:
        return ((not facts.client.is_archived, Code.CLIENT_ARCHIVED), *login_checks(facts))
    return (
        (not facts.client.is_archived, Code.CLIENT_ARCHIVED),
        (not facts.person.is_contact_archived, Code.CONTACT_ARCHIVED),
        *login_checks(facts),
        (facts.is_on(SettingName.CONTACT_ACCESS), Code.CONTACTS_OFF),
        (facts.is_left_on(SettingName.CONTACT_ACCESS), Code.CONTACTS_OFF_FOR_CLIENT),
        grant_check(facts, permission, one_form_suffices=one_form_suffices),
    )


def login_checks(facts: Facts) -> tuple[Check, Check]:
    """Check that the person has a login and that it is active."""
    login = facts.person.login
    return (login is not Login.NONE, Code.NO_LOGIN), (login is not Login.DISABLED, Code.LOGIN_DISABLED)


def grant_check(facts: Facts, permission: Permission, *, one_form_suffices: bool) -> Check:
    """Check that a grant covers a permission today; where none does, say what is wrong with the nearest one."""
    wrong = set()
    for grant in facts.person.grants:
        if grant.permission is not permission or (grant.assignment_id and not one_form_suffices):
            continue
        reason = why_not_covering(grant, facts)
        if reason is None:
            return True, Code.NO_GRANT
        wrong.add(reason)
    return False, next((code for code in _NEAREST_FIRST if code in wrong), Code.NO_GRANT)


def why_not_covering(grant: HeldGrant, facts: Facts) -> Code | None:
    """Return why a grant does not cover today; None when it does. Its last day still counts."""
    if grant.is_ended:
        return Code.GRANT_ENDED
    if grant.last_day is not None and facts.today > grant.last_day:
        return Code.GRANT_OVER
    if has_ended_with_age(grant, facts.client.birth_date, facts.practice.majority_age, facts.today):
        return Code.GRANT_OF_AGE
    if facts.today < grant.first_day:
        return Code.GRANT_NOT_YET
    if grant.assignment_id is not None and not grant.is_form_open:
        return Code.FORM_SIGNED
    return None


def has_ended_with_age(grant: HeldGrant, born: date | None, majority_age: int, today: date) -> bool:
    """Whether a parent's or guardian's grant is over because the client is of age, from the birthday on."""
    if grant.basis not in _ENDS_WITH_AGE or grant.is_renewed or born is None:
        return False
    return today >= birthday(born, majority_age)


def forms_in_reach(facts: Facts) -> frozenset[UUID] | None:
    """Return the only forms that the person may see; None when there is no such limit."""
    if facts.person.standing is Standing.CLIENT or grant_check(facts, Permission.FORMS, one_form_suffices=False)[0]:
        return None
    return frozenset(_open_forms(facts))


def _open_forms(facts: Facts) -> Iterator[UUID]:
    for grant in facts.person.grants:
        if grant.permission is Permission.FORMS and grant.assignment_id and why_not_covering(grant, facts) is None:
            yield grant.assignment_id
