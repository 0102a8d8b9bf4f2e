"""What each setting comes to for one client. The rules are access.policies': here they are only asked."""

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType

from portal.access.actor import Scope, Standing
from portal.access.codes import Code
from portal.access.decision import Decision
from portal.access.facts import ClientFacts, Facts, Login, PersonFacts, PracticeFacts
from portal.access.policies.billing import may_pay
from portal.access.policies.insurance import may_add_payer, may_see_insurance
from portal.access.policies.messaging import may_message
from portal.access.policies.scheduling import may_schedule
from portal.clients import words
from portal.clients.views import Switch, SwitchState
from portal.settings.catalog import CATALOG, SettingName
from portal.settings.effective import PracticeSettings

PER_CLIENT = tuple(name for name, one in CATALOG.items() if one.per_client)
_MONEY = (SettingName.ONLINE_PAYMENTS, SettingName.INSURANCE_INFO, SettingName.NEW_PAYERS)
_QUESTIONS: Mapping[SettingName, Callable[[Facts], Decision]] = MappingProxyType(
    {
        SettingName.ONLINE_PAYMENTS: may_pay,
        SettingName.SECURE_MESSAGING: may_message,
        SettingName.SELF_SCHEDULING: may_schedule,
        SettingName.INSURANCE_INFO: may_see_insurance,
        SettingName.NEW_PAYERS: may_add_payer,
    }
)


def shown_to(scope: Scope) -> tuple[SettingName, ...]:
    """The switches that a role sees: whoever sees a client for the money sees those that are about money."""
    return _MONEY if scope is Scope.CONTACT_DATA_AND_MONEY else PER_CLIENT


def switches_of(
    client: ClientFacts,
    *,
    practice: PracticeFacts,
    settings: PracticeSettings,
    today: date,
    names: tuple[SettingName, ...] = PER_CLIENT,
) -> dict[str, Switch]:
    """Return the state of each setting for a client, as if the client had a login and an open record."""
    person = PersonFacts(Standing.CLIENT, client.name, Login.ACTIVE)
    facts = Facts(today, practice, settings, _opened(client), person)
    return {name.value: _switch(name, facts) for name in names}


def _opened(client: ClientFacts) -> ClientFacts:
    return ClientFacts(
        client.client_id, client.given_name, client.name, client.birth_date, False, client.off, client.add_ons
    )


def _switch(name: SettingName, facts: Facts) -> Switch:
    state, reason = _state(name, facts)
    return Switch(name.value, CATALOG[name].label, state, reason)


def _state(name: SettingName, facts: Facts) -> tuple[SwitchState, str]:
    if name not in _QUESTIONS:
        if not facts.is_on(name):
            return SwitchState.UNAVAILABLE, words.OFF_HERE
        return (SwitchState.ON if facts.is_left_on(name) else SwitchState.OFF), ""
    refusal = _QUESTIONS[name](facts).first_refusal
    if refusal is None:
        return SwitchState.ON, ""
    return (SwitchState.OFF, "") if refusal.code is Code.OFF_FOR_CLIENT else (SwitchState.UNAVAILABLE, refusal.why)
