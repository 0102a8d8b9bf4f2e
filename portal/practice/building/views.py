"""What the browser may see of the builder."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Head:
    """What stands above the builder; without an id nothing is loaded. `next` is the number of the next version."""

    id: str = ""
    title: str = ""
    state: str = ""
    next: int = 1
    publish: str = ""
    publish_title: str = ""
    publish_text: str = ""
    discard_title: str = ""
    may_publish: bool = False
    may_discard: bool = False
    is_archived: bool = False
    can_undo: bool = False
    can_redo: bool = False
    versions: list[str] = field(default_factory=list)
