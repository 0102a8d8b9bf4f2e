"""What stands on the pages on which people see and ask for their appointments."""

APPOINTMENTS = "Appointments"
REQUEST = "Request appointment"
WAITING, UPCOMING, PAST = "Requests", "Upcoming", "Past"
NOTHING = "No appointment is planned"
NOTHING_HELP = "When one is made, it appears here with its time, its place and a button to join."
NO_REQUESTS = "To ask for a time, please call the practice."
JOIN, MOVE, CANCEL, WITHDRAW = "Join", "Move", "Cancel", "Withdraw"
JOIN_NOTE = "opens in a new tab"
CANCEL_TITLE = "Cancel this appointment?"
CANCEL_YES, KEEP = "Cancel appointment", "Keep it"
CANCELLED = "The appointment is cancelled."
WITHDRAWN = "The request is withdrawn."
ACCEPT_HELP = "Choose one, and it is yours at once:"
ACCEPTED = "The appointment is confirmed."
YOUR_NOTE = "Your note: "
NEW_TITLE, MOVE_TITLE = "New appointment", "Move appointment"
BACK = "Appointments"
WHO, WHAT, WHERE, WHEN = "With whom?", "What for?", "Where?", "When?"
NO_TIMES = "There are no free times in the next 60 days"
NO_TIMES_HELP = "Please look again later, or call the practice."
NO_OFFERS = "There is nothing to ask for yet"
NO_OFFERS_HELP = "Your therapist has not set any hours. Please call the practice."
CHOOSE_FIRST = "Choose from the list above, and the free times appear here."
MORE = "Show more days"
YOUR_TIME = "Your time"
NOTE = "A note for your therapist"
NOTE_HELP = "If you like. Only the practice reads it."
OTHER_TIME = "Choose another time"
SENT = "Your request is sent."
ASKS = "Your time is asked for, and confirmed by the practice. You hear by email, and see it here."
FEED, FEED_TITLE = "Your calendar", "Appointments in your calendar"
FEED_HELP = (
    "A calendar program can read these appointments at a private address. Whoever knows it can read them too, so keep "
    "it to yourself."
)
FEED_MAKE, FEED_ANEW, FEED_END = "Make an address", "Make a new one", "End it"
FEED_ADDRESS = "Private address"
FEED_COPY = "Copy the private address"
FEED_ONCE = "Add it to your calendar now: it is shown only once."
FEED_SINCE = "You made an address on "
FEED_AGAIN = "It cannot be shown again."
FEED_ANEW_TITLE, FEED_END_TITLE = "Make a new address?", "End the address?"
FEED_ENDS = "Calendars that read the old one see nothing any more."
FEED_ENDED = "The address is ended."
DETAILS = "Say what an appointment is"
DETAILS_HELP = (
    'Off: calendars, here and in mails, say "Appointment". On: they say what it is, with whom and for whom. '
    "Think of who else sees your calendar."
)
CLOSE = "Close"
COPY, COPIED = "Copy", "Copied"
COPY_BY_HAND = "It is selected: press Ctrl+C, or hold and choose Copy."
MOVE_ASKS = "Your appointment stays as it is until the practice confirms the new time."


def for_whom(name: str) -> str:
    """Say for whom one acts; nothing for oneself."""
    return f"For {name}" if name else ""


def how_to_change(phone: str) -> str:
    """Say how an appointment is moved or cancelled where that cannot be done here."""
    return f"To move or cancel an appointment, please call {phone or 'the practice'}."


def zone_note(zone: str) -> str:
    """Say whose clock the times are on."""
    return f"Times are in {zone}."
