"""Messages and their placeholders, without a database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.errors import Invalid
from portal.invitations import words
from portal.invitations.rules import check_message, fill

NAMES = {"first_name": "Robin", "practice": "Harbor Counseling", "therapist": "Tess Rivera"}


def test_our_own_messages_use_only_what_we_can_fill_in() -> None:
    for message in (words.DEFAULT_MESSAGE, words.STAFF_MESSAGE):
        filled = fill(check_message(message), NAMES)
        assert filled.before.startswith("Hello Robin,")
        assert "{" not in filled.before + filled.after


@pytest.mark.parametrize("message", ["Hello {first name}", "Hello {name}", "{}", "{client.email}", "{first_name!r}"])
def test_unknown_placeholder_is_refused_with_those_that_are_known(message: str) -> None:
    assert check_message("Hello {first_name}") == "Hello {first_name}"
    with pytest.raises(Invalid) as refused:
        check_message(message)
    assert "{first_name}, {practice}, {therapist}, {link}" in refused.value.sentence


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("  \n ", words.MESSAGE_MISSING),
        ("x" * 3001, words.MESSAGE_LONG),
        ("a\x00b", words.MESSAGE_ODD),
        ("{link} and {link}", words.LINK_TWICE),
    ],
)
def test_what_cannot_be_sent_is_refused(message: str, said: str) -> None:
    with pytest.raises(Invalid) as refused:
        check_message(message)
    assert refused.value.sentence == said


def test_the_button_stands_where_the_link_was_written_or_at_the_end() -> None:
    assert fill("Dear {first_name}\n\n{link}\n\nBye", NAMES).after == "Bye"
    assert fill("Dear {first_name}", NAMES).after == ""


@given(st.text(max_size=40))
def test_a_name_is_never_taken_for_a_placeholder(name: str) -> None:
    filled = fill("<{first_name}> {practice}", {**NAMES, "first_name": name})
    assert filled.before == f"<{name}> Harbor Counseling"
