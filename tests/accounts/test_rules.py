"""E-mail keys, live sessions, device names."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.accounts.rules import ABSOLUTE_LIMIT, IDLE_LIMIT, device_label, email_key, is_live, is_touch_due

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "spelling",
    [
        "gina@mail.example",
        " Gina@Mail.Example ",
        "GINA@MAIL.EXAMPLE",
        "gina@mail.example\u200b",
        "\ufeffgina@mail.example\n",
        "\uff47\uff49\uff4e\uff41\uff20\uff4d\uff41\uff49\uff4c\uff0e\uff45\uff58\uff41\uff4d\uff50\uff4c\uff45",
        "gi\u00adna@mail.example",
        "\U0001d420\U0001d422\U0001d427\U0001d41a@mail.example",
        "gina @mail.example",
    ],
)
def test_spellings_of_one_address_are_one_key(spelling: str) -> None:
    assert email_key(spelling) == "gina@mail.example"


@pytest.mark.parametrize(
    "other", ["g.ina@mail.example", "gina+a@mail.example", "gína@mail.example", "gina@mail.exampl"]
)
def test_other_addresses_are_other_keys(other: str) -> None:
    assert email_key(other) != "gina@mail.example"


@given(st.text(max_size=60))
def test_folding_a_key_again_changes_nothing(text: str) -> None:
    assert email_key(email_key(text)) == email_key(text)
    assert email_key(text.upper().lower()) == email_key(email_key(text.upper().lower()))


@pytest.mark.parametrize(
    ("age", "idle", "ended", "live"),
    [
        (timedelta(0), timedelta(0), None, True),
        (ABSOLUTE_LIMIT, IDLE_LIMIT, None, True),
        (timedelta(hours=1), IDLE_LIMIT + timedelta(seconds=1), None, False),
        (ABSOLUTE_LIMIT + timedelta(seconds=1), timedelta(0), None, False),
        (timedelta(0), timedelta(0), NOON, False),
    ],
)
def test_session_lives_30_minutes_idle_and_12_hours_in_all(
    age: timedelta, idle: timedelta, ended: datetime | None, live: bool
) -> None:
    assert is_live(NOON - age, NOON - idle, ended, NOON) is live


def test_touch_is_due_once_a_minute() -> None:
    assert not is_touch_due(NOON - timedelta(seconds=59), NOON)
    assert is_touch_due(NOON - timedelta(seconds=60), NOON)


@pytest.mark.parametrize(
    ("agent", "label"),
    [
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) Version/19.1 Mobile Safari/604.1", "Safari on iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/141.0 Safari/537.36 Edg/141.0", "Edge on Windows"),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/141.0 Mobile Safari/537.36", "Chrome on Android"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux"),
        ("<script>alert(1)</script>", "An unknown device"),
        ("", "An unknown device"),
    ],
)
def test_device_is_named_from_a_list_of_words_only(agent: str, label: str) -> None:
    assert device_label(agent) == label
