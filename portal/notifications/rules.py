"""How long a worker may hold a mail, when to try again, and how hard it may work."""

from datetime import timedelta

BATCH = 10
MOST_TRIES = 10
SEND_LIMIT = timedelta(seconds=45)
# Longer than a whole batch of mails that all hang, so that nobody else starts on a mail that is still being sent.
LEASE = BATCH * SEND_LIMIT + timedelta(minutes=2)
LONGEST_PAUSE = timedelta(seconds=2)
SHORTEST_PAUSE = timedelta(milliseconds=50)
# Of the processor, where the worker shares a process with people; and the longest rest after one mail, in seconds.
SHARE_BESIDE_PEOPLE = 0.1
LONGEST_REST = 0.25
_FIRST_WAIT = timedelta(seconds=30)
_LONGEST_WAIT = timedelta(hours=4)


def wait_after(attempt: int) -> timedelta:
    """How long to wait after a try that failed: 30 seconds, then four times as long each time, at most 4 hours."""
    return min(_FIRST_WAIT * int(4 ** min(attempt - 1, 10)), _LONGEST_WAIT)


def rest_after(used: float, share: float) -> float:
    """How many seconds to rest after `used` seconds of work, so that work is a `share` (0 to 1) of the whole."""
    return min(used * (1 - share) / share, LONGEST_REST)
