"""A PDF of any words: every script that our fonts draw is drawn, and no character keeps a PDF from being there."""

from datetime import UTC, datetime

import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.kit import typesetting

MOMENT = datetime(2026, 11, 24, 10, 30, 5, 123, tzinfo=UTC)
TEMPLATE = b"""#let data = json(bytes(sys.inputs.data))
#set document(title: "Names")
#set text(font: ("Noto Sans", "Noto Sans CJK SC", "Noto Emoji"), fallback: true)
#for name in data.names [#name \\ ]
"""
NAMES = {
    "Arabic": "\u0645\u062d\u0645\u062f \u0639\u0628\u062f \u0627\u0644\u0644\u0647",
    "Armenian": "Արմեն",
    "Bengali": "অরুণ",
    "Chinese": "李雷 張偉 𠮷野",
    "Cyrillic": "Алёна",
    "Devanagari": "आरव शर्मा",
    "emoji": "Sam 🙂 👩\u200d👧 ❤\ufe0f",
    "Ethiopic": "አበበ",
    "Georgian": "გიორგი",
    "Greek": "Νίκος",
    "Gujarati": "અરુણ",
    "Gurmukhi": "ਗੁਰਪ੍ਰੀਤ",
    "Hebrew": "\u05e9\u05dc\u05d5\u05dd \u05dc\u05d5\u05d9",
    "Japanese": "田中さくら タナカ",
    "Kannada": "ಅರುಣ",
    "Khmer": "សុខា",
    "Korean": "김민준",
    "Lao": "ສົມ",
    "Malayalam": "അരുൺ",
    "Myanmar": "အောင်",
    "Polish": "Łukasz Żółć",
    "Sinhala": "නිමල්",
    "Tamil": "அருண்",
    "Telugu": "అరుణ్",
    "Thai": "สมชาย ใจดี",
    "Vietnamese": "Nguyễn Thị Ánh",
}


@pytest.mark.parametrize("script", NAMES)
def test_a_name_of_this_script_is_drawn(script: str) -> None:
    """PDF/UA refuses what has no glyph, so what compiles has no empty boxes."""
    assert typesetting._compiled(TEMPLATE, {"names": [NAMES[script]]}, MOMENT).startswith(b"%PDF-")


def test_what_no_font_draws_is_written_as_its_code_point() -> None:
    words = {"names": ["བ and \ue000"]}
    with pytest.raises(typst.TypstError):
        typesetting._compiled(TEMPLATE, words, MOMENT)
    spelled = {"names": ["[U+0F56] and [U+E000]"]}
    assert typesetting.typeset_now(TEMPLATE, words, MOMENT) == typesetting._compiled(TEMPLATE, spelled, MOMENT)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40), max_size=20))
def test_there_always_is_a_pdf(words: list[str]) -> None:
    assert typesetting.typeset_now(TEMPLATE, {"names": words}, MOMENT).startswith(b"%PDF-")
