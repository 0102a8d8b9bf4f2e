"""The catalogue says what product.md says."""

from typing import Any

import pytest

from portal.errors import Invalid
from portal.settings.catalog import CATALOG, Kind, Need, SettingName, UnknownSetting, client_features, setting
from portal.settings.effective import (
    PracticeSettings,
    is_address_hidden,
    is_off_for_client,
    restrictions_from,
    settings_from,
)

# label on screen: (off per client, what it needs, part of)
TABLE = {
    "Allow Client Payments through Client Portal": (True, Need.CARD_PROCESSING, None),
    "Allow Secure Messaging through Client Portal": (True, Need.MESSAGING_THERAPIST, None),
    "Allow Clients Self-Scheduling through Client Portal": (True, Need.SCHEDULING_THERAPIST, None),
    "Display Insurance Info": (True, None, None),
    "Allow Clients to Add New Insurance Payers": (True, None, "Display Insurance Info"),
    "Allow Client Portal Access for Client Contacts": (True, None, None),
    "Hide location address on intake forms": (True, None, None),
    "Allow client sign-up on Client Portal": (False, None, None),
}
NOTICES = [
    "Deletes an appointment",
    "Cancels an appointment",
    "Reschedules an appointment",
    "Creates an appointment",
    "Declines an appointment request",
    "Confirms an appointment request",
    "Undoes appointment request confirmation/decline",
]


def test_the_switches_are_those_of_the_table_in_its_order() -> None:
    switches = {
        one.label: (one.per_client, one.need, CATALOG[one.part_of].label if one.part_of else None)
        for one in CATALOG.values()
        if one.kind is Kind.SWITCH
    }
    assert switches == TABLE
    assert list(switches) == list(TABLE)


def test_there_are_seven_notices_and_clients_cannot_lose_them_one_by_one() -> None:
    notices = [one for one in CATALOG.values() if one.kind is Kind.NOTICE]
    assert [one.label for one in notices] == NOTICES
    assert not any(one.per_client for one in notices)


def test_the_two_hours_of_notice_belong_to_self_scheduling() -> None:
    hours = {one.label: (one.default, one.part_of) for one in CATALOG.values() if one.kind is Kind.HOURS}
    assert hours == {
        "Hours of notice to request": (24, SettingName.SELF_SCHEDULING),
        "Hours of notice to cancel or reschedule": (24, SettingName.SELF_SCHEDULING),
    }


def test_every_name_is_in_the_catalogue_and_helps() -> None:
    assert set(CATALOG) == set(SettingName)
    for one in CATALOG.values():
        assert len(one.help) > 60, one.name
        assert one.help.endswith("."), one.name


def test_a_practice_that_decided_nothing_shows_nothing() -> None:
    fresh = settings_from([])
    assert not any(fresh.is_on(one.name) for one in CATALOG.values() if one.kind is Kind.SWITCH)
    assert all(fresh.is_on(one.name) for one in CATALOG.values() if one.kind is Kind.NOTICE)
    assert fresh.hours(SettingName.REQUEST_NOTICE_HOURS) == 24


@pytest.mark.parametrize("name", ["", "fax_machine", "ONLINE_PAYMENTS", "online_payments "])
def test_an_unknown_name_raises(name: str) -> None:
    with pytest.raises(UnknownSetting):
        setting(name)
    assert setting("online_payments").name is SettingName.ONLINE_PAYMENTS


@pytest.mark.parametrize("value", [1, 0, "true", None, {}, [], 1.0, "on"])
def test_a_switch_takes_true_or_false_alone(value: Any) -> None:
    one = CATALOG[SettingName.ONLINE_PAYMENTS]
    with pytest.raises(Invalid):
        one.parse(value)
    assert one.parse(True) is True
    assert one.parse(False) is False


@pytest.mark.parametrize("value", [True, -1, 721, 10**30, "24", 24.0, None, {}])
def test_hours_take_whole_numbers_in_range_alone(value: Any) -> None:
    one = CATALOG[SettingName.CANCEL_NOTICE_HOURS]
    with pytest.raises(Invalid, match="whole hours"):
        one.parse(value)
    assert [one.parse(hours) for hours in (0, 24, 720)] == [0, 24, 720]


def test_a_part_is_on_only_with_its_whole() -> None:
    both = {"new_payers": "true", "insurance_info": "true"}
    assert settings_from(both.items()).is_on(SettingName.NEW_PAYERS)
    alone = settings_from([("new_payers", "true")])
    assert not alone.is_on(SettingName.NEW_PAYERS)
    assert is_off_for_client(frozenset({SettingName.INSURANCE_INFO}), SettingName.NEW_PAYERS)
    assert not is_off_for_client(frozenset({SettingName.NEW_PAYERS}), SettingName.INSURANCE_INFO)


def test_stored_names_that_are_gone_are_passed_over_and_stored_nonsense_is_refused() -> None:
    assert settings_from([("fax_machine", '"x"')]) == settings_from([])
    assert restrictions_from(["fax_machine", "hide_location"]) == {SettingName.HIDE_LOCATION}
    with pytest.raises(Invalid):
        settings_from([("online_payments", '"yes"')])


def test_an_address_is_hidden_unless_it_is_shown_to_this_client() -> None:
    hidden, shown = settings_from([("hide_location", "true")]), settings_from([])
    off = frozenset({SettingName.HIDE_LOCATION})
    answers = [is_address_hidden(values, who) for values in (hidden, shown) for who in (frozenset(), off)]
    assert answers == [True, False, False, False]


def test_what_is_a_feature_for_a_client_leaves_the_address_alone() -> None:
    assert set(client_features()) == {
        SettingName.ONLINE_PAYMENTS,
        SettingName.SECURE_MESSAGING,
        SettingName.SELF_SCHEDULING,
        SettingName.INSURANCE_INFO,
        SettingName.NEW_PAYERS,
        SettingName.CONTACT_ACCESS,
    }
    assert isinstance(settings_from([]), PracticeSettings)
