"""What pages of both sides do alike with what the services return. Pure."""

from dataclasses import dataclass

from portal.messaging.views import MessageView, ThreadView


@dataclass(frozen=True)
class Refused:
    """The last message that was not taken, and why; the browser shows it beside its words."""

    operation_id: str = ""
    sentence: str = ""


NOTHING_REFUSED = Refused()
NO_THREAD = ThreadView(
    id="",
    subject="",
    client="",
    client_id="",
    people="",
    messages=[],
    newest=0,
    first=1,
    draft="",
    why_not="",
    is_archived=False,
    has_unread=False,
    hours="",
)


def joined(before: list[MessageView], fresh: list[MessageView]) -> list[MessageView]:
    """Put pages of one conversation together: each message once, as it was read last, in order.

    Where pages do not touch, because much was written while the connection was lost, only the latest stays.
    """
    if before and fresh and fresh[0].number > before[-1].number + 1:
        return fresh
    known = {message.number: message for message in before} | {message.number: message for message in fresh}
    kept_new = {message.number for message in before if message.is_new}
    return [_still_new(known[number], number in kept_new) for number in sorted(known)]


def delivered(messages: list[MessageView]) -> list[str]:
    """List the operations that a conversation shows, so that the browser stops sending them."""
    return [message.operation_id for message in messages if message.operation_id]


def _still_new(message: MessageView, was_new: bool) -> MessageView:
    """Let what was new when the page opened look new until one leaves it."""
    if not was_new or message.is_new:
        return message
    return MessageView(**{**vars(message), "is_new": True})
