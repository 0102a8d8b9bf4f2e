"""How subjects, words, drafts and reasons are sealed: each bound to its table, column and row."""

from portal.kit.crypto import KeyRing, open_sealed
from portal.models import Message, MessageThread, ThreadParticipant


def subject_of(ring: KeyRing, thread: MessageThread) -> str:
    """Open what a conversation is about."""
    return open_sealed(ring, "message_thread", "subject", thread.id, thread.subject)


def body_of(ring: KeyRing, message: Message) -> str:
    """Open the words of a message."""
    return open_sealed(ring, "message", "body", message.id, message.body)


def author_of(ring: KeyRing, message: Message) -> str:
    """Open who wrote a message, by the name they had then."""
    return open_sealed(ring, "message", "author_name", message.id, message.author_name)


def draft_of(ring: KeyRing, mine: ThreadParticipant | None) -> str:
    """Open what somebody has begun to write; an empty text when there is nothing."""
    if mine is None or mine.draft is None:
        return ""
    return open_sealed(ring, "thread_participant", "draft", mine.id, mine.draft)
