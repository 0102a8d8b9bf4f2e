"""What mails say: nothing about health, nobody else's name, and well in light and dark."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

import portal.notifications
from portal.notifications.catalog import KINDS
from portal.notifications.render import Rendered, render_mail

ORIGIN = "https://portal.example.org"
VALUES = {
    "link": f"{ORIGIN}/reset-password/abc.def.ghi",
    "when": "24 November 2026, 10:30 (New York time)",
    "device": "Safari on iPhone",
    "client": "0190a0b0-0000-7000-8000-000000000001",
    "before": "Here is your invitation.",
    "after": "Please call us if you have a question.",
    "until": "1 December 2026, 10:30 (New York time)",
    "amount": "$70.00",
    "receipt": "0190a0b0-0000-7000-8000-000000000002",
    "where": "Harbor office, 14 Pier Street",
}
TEMPLATES = Path(portal.notifications.__file__).parent / "templates"
HEALTH = re.compile(
    r"diagnos|symptom|therap|depress|anxi|PHQ|GAD|medic|treatment|counsel|appointment with|intake|consent", re.I
)


def mail(kind: str, practice: str = "Harbor Practice", name: str = "Gina Park", **more: str) -> Rendered:
    context = {key: VALUES[key] for key in KINDS[kind].needs} | dict.fromkeys(KINDS[kind].attaches, "") | more
    return render_mail(kind, context, practice=practice, name=name, origin=ORIGIN)


class Checker(HTMLParser):
    """Counts what opens and closes."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name in {"href", "src"}]


def test_every_kind_has_both_templates_and_no_template_is_left_over() -> None:
    files = {path.name for path in TEMPLATES.iterdir()}
    assert files == {f"{kind}.{end}" for kind in (*KINDS, "layout") for end in ("txt", "html")}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("practice", ["Harbor Practice", ""])
def test_every_kind_reads_well(kind: str, practice: str) -> None:
    made = mail(kind, practice)
    assert made.subject == (f"{KINDS[kind].subject} · {practice}" if practice else KINDS[kind].subject)
    assert made.text.startswith("Hello Gina Park,\n\n")
    assert (practice or "Your client portal") in made.text
    assert "{{" not in made.text + made.html
    assert "\n\n\n" not in made.text
    assert max(map(len, made.subject.splitlines())) < 78
    for word in (made.subject, made.text, re.sub(r"<style.*?</style>", "", made.html, flags=re.S)):
        assert not HEALTH.search(word)


@pytest.mark.parametrize("kind", KINDS)
def test_html_stands_alone_and_links_only_to_us(kind: str) -> None:
    made = mail(kind)
    page = Checker()
    page.feed(made.html)
    assert page.tags.count("h1") == 1
    assert not {"script", "img", "link", "iframe", "form"} & set(page.tags)
    assert all(link.startswith(ORIGIN) for link in page.links)
    assert "prefers-color-scheme: dark" in made.html
    assert re.search(r'<a class="button"[^>]* style="[^"]*background', made.html) or not page.links


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_is_said_in_text_and_html(kind: str) -> None:
    made = mail(kind)
    for value in (VALUES[key] for key in KINDS[kind].needs):
        assert value in made.text
        assert value in made.html


def test_names_cannot_bring_markup_or_lines_of_their_own() -> None:
    made = mail("new_device", practice="A & B <b>", name="<script>x</script>", device="<img src=x>")
    assert "<script" not in made.html
    assert "<img" not in made.html
    assert "A & B <b>" in made.text


def test_without_a_name_nobody_is_greeted() -> None:
    assert "Hello" not in mail("reset_password", name="").text + mail("reset_password", name="").html
