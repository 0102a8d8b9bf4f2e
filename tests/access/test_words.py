"""What people are told."""

import pytest

from portal.access.codes import Code
from portal.access.effective import QUESTIONS
from portal.access.words import SENTENCES, WHAT
from tests.access.test_rules import busy_world, facts_of


def test_every_code_has_its_sentences() -> None:
    assert set(SENTENCES) == set(Code)
    assert set(WHAT) == set(QUESTIONS)


@pytest.mark.parametrize("code", Code)
def test_sentences_are_plain(code: Code) -> None:
    for sentence in SENTENCES[code]:
        assert sentence.endswith(".")
        assert len(sentence) < 160
        for jargon in ("error", "permission", "denied", "forbidden", code.value if "_" in code.value else "\0"):
            assert jargon not in sentence.lower()


def test_what_a_person_is_told_can_be_read_aloud() -> None:
    world = busy_world()
    world.off_for_client = {"payments"}
    world.grants = []
    facts = facts_of(world)
    told = {str(what): question(facts).sentence for what, question in QUESTIONS.items()}
    assert told["payments"] == "Harbor Counseling has switched this off for Milo Park."
    assert told["forms"] == ("You have no access to forms for Milo Park. If you need it, please ask Harbor Counseling.")
    world.person_is, world.subscribed_assigned_therapist_for = "client", set()
    assert QUESTIONS_BY_WORD["messaging"](facts_of(world)).sentence == (
        "None of your therapists uses messages in the portal. Please call Harbor Counseling."
    )


QUESTIONS_BY_WORD = {str(what): question for what, question in QUESTIONS.items()}
