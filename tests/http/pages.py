"""Reading a plain page the way a test needs it."""

from html.parser import HTMLParser


class Page(HTMLParser):
    """The elements of a page, with their attributes and text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {}
        self._open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._open.append(tag)
        self.texts.setdefault(tag, []).append("")

    def handle_data(self, data: str) -> None:
        if self._open:
            self.texts[self._open[-1]][-1] += data

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass

    def all(self, tag: str) -> list[dict[str, str | None]]:
        """The attributes of every element of a kind."""
        return [attributes for name, attributes in self.elements if name == tag]

    def text(self, tag: str) -> str:
        """The text of the only element of a kind."""
        (text,) = self.texts[tag]
        return text.strip()

    def labelled(self) -> dict[str, str]:
        """Each field's id by the words of its label."""
        labels = [attributes["for"] or "" for attributes in self.all("label")]
        return dict(zip([text.strip() for text in self.texts.get("label", [])], labels, strict=True))
