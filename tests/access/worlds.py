"""Worlds for hypothesis: every fact that the rules look at, crowded around the days and hours where answers change."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from portal.models import AddOn, Basis, Permission
from portal.settings.catalog import SettingName
from tests.access.restatement import GrantGiven, World

SETTINGS = {
    "payments": SettingName.ONLINE_PAYMENTS,
    "messaging": SettingName.SECURE_MESSAGING,
    "scheduling": SettingName.SELF_SCHEDULING,
    "insurance": SettingName.INSURANCE_INFO,
    "new_payers": SettingName.NEW_PAYERS,
    "contacts": SettingName.CONTACT_ACCESS,
}
MIDNIGHT = datetime(2028, 2, 29, tzinfo=UTC)

days = st.dates(date(2027, 12, 20), date(2028, 4, 20)) | st.sampled_from([date(2028, 2, 28), date(2028, 3, 1)])
births = st.none() | st.dates(date(2005, 1, 1), date(2011, 12, 31)) | st.sampled_from([date(2008, 2, 29)])
moments = st.builds(
    lambda day, seconds: MIDNIGHT + timedelta(days=day, seconds=seconds),
    st.integers(-400, 1500),
    st.integers(0, 86399) | st.sampled_from([0, 86399, 5 * 3600 - 1, 5 * 3600, 8 * 3600 - 1, 8 * 3600]),
)
grants = st.builds(
    GrantGiven,
    permission=st.sampled_from(Permission),
    basis=st.sampled_from(Basis),
    first_day=days,
    last_day=st.none() | days,
    revoked=st.sampled_from([False, False, False, True]),
    renewed_by_client=st.booleans(),
    form=st.none(),
) | st.builds(
    GrantGiven,
    permission=st.just(Permission.FORMS),
    basis=st.sampled_from(Basis),
    first_day=days,
    form=st.sampled_from(["open", "signed"]),
)
mostly_on = st.sets(st.sampled_from(sorted(SETTINGS))).map(lambda some: set(SETTINGS) - some) | st.just(set(SETTINGS))
worlds = st.builds(
    World,
    now=moments,
    zone=st.sampled_from(["America/New_York", "America/Los_Angeles", "UTC", "Pacific/Kiritimati", "Pacific/Niue"]),
    person_is=st.sampled_from(["client", "contact"]),
    on_for_practice=mostly_on,
    off_for_client=st.just(set()) | st.sets(st.sampled_from(sorted(SETTINGS))),
    card_processing=st.sampled_from([True, True, False]),
    subscribed_assigned_therapist_for=st.sets(st.sampled_from(AddOn)) | st.just(set(AddOn)),
    client_archived=st.sampled_from([False, False, False, True]),
    login=st.sampled_from(["active", "active", "active", "none", "disabled"]),
    removed_from_network=st.sampled_from([False, False, False, True]),
    born=births,
    age_of_majority=st.sampled_from([16, 18, 21]),
    grants=st.lists(grants, max_size=4),
)
