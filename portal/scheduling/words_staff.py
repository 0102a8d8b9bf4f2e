"""What stands on the staff's pages of requests, calendar and hours."""

REQUESTS = "Appointment requests"
KEYS = "Arrow keys move, Enter confirms, D declines, U takes the last answer back."
WAITING, ANSWERED = "Waiting for an answer", "Answered lately"
NOTHING = "No request is waiting"
NOTHING_HELP = "When a client asks for a time, it appears here at once. No need to load the page again."
CONFIRM, DECLINE, UNDO = "Confirm", "Decline", "Undo"
CONFIRMED, DECLINED = "Confirmed", "Declined"
SAID_CONFIRMED = "Confirmed. The mail goes out in a minute."
SAID_DECLINED = "Declined. The mail goes out in a minute."
SAID_UNDONE = "Taken back. The request waits again."
TAKEN = "This time is taken by now. Decline it with other times."
MOVE = "Move of an appointment"
DECLINE_TITLE = "Decline with other times"
MESSAGE, MESSAGE_HELP = (
    "A message",
    "The client reads it on their page. Leave out what is private; it is not in the mail.",
)
SUGGEST = "Other times"
SUGGEST_HELP = "The client can take one of them at once, as long as it is free."
NONE = "None"
CLOSE = "Close"
CALENDAR = "Calendar"
NEW, NEW_TITLE = "New appointment", "New appointment"
TODAY, EARLIER, LATER = "This week", "Earlier week", "Later week"
THERAPIST, SERVICE, CLIENT, ALSO, PLACE = "Therapist", "Service", "Client", "Also comes", "Place"
VIDEO = "By video"
WHO_PLACEHOLDER, WHO_FOUND, WHO_COMES = "Begin to type a name", "Found", "Who comes"
WHO_CHOOSE, WHO_REMOVE = "Choose", "Remove"
WHO_NOBODY = "No client has a name that begins like this."
WHO_FULL = "Eight can come to one appointment at most."
DAY, TIME = "Day", "Time"
CREATE, SAVE = "Make appointment", "Save"
MADE, MOVED, CANCELLED, DELETED, NOTED = (
    "The appointment is made.",
    "The appointment is moved.",
    "The appointment is cancelled.",
    "The appointment is removed.",
    "Noted.",
)
MOVE_TO = "Move to another time"
MOVE_DO = "Move"
KEPT, NO_SHOW, NOT_YET_NOTED = "Kept", "Missed", "Take the note back"
CANCEL, LATE_CANCEL, DELETE = "Cancel", "Cancelled late", "Delete"
CANCEL_TITLE, LATE_TITLE = "Cancel this appointment?", "Cancel this appointment as cancelled late?"
CANCEL_YES = "Cancel the appointment"
CANCEL_TEXT = "The client's side is told, and the record stays."
DELETE_TITLE = "Delete this appointment?"
DELETE_TEXT = "For mistakes only: the record goes. To keep it, cancel the appointment instead."
DELETE_YES, KEEP = "Delete it", "Keep it"
NO_APPOINTMENTS = "No appointments this week"
NO_APPOINTMENTS_HELP = "Press a free place in the week, or New appointment."
NO_THERAPIST = "Nobody gives care here yet"
NO_THERAPIST_HELP = "Add a therapist on the Team page first."
READ_ONLY = "You see dates and services."
TWICE = "If the clock shows this time twice that night, the first one is meant."
CALENDAR_LINK, HOURS_LINK, REQUESTS_LINK = "Week", "Hours", "Requests"
HOURS = "Hours"
WEEK_TITLE, AWAY_TITLE, PROFILE_TITLE = "Every week", "Away and extra days", "Between sessions, and video"
NO_WEEK = "No hours yet. Clients are offered nothing until you add some."
NO_DAYS = "Nothing entered."
ADD_WEEK, ADD_AWAY, ADD_EXTRA = "Add hours", "Add days away", "Add extra hours"
DAYS, FROM, UNTIL = "Days", "From", "Until"
FIRST_DAY, LAST_DAY = "First day", "Last day"
WHOLE_DAYS = "Leave both times empty for whole days."
ALSO_VIDEO = "Also by video"
FOR_SERVICE, ALL_SERVICES = "For which service", "All services"
REMOVE, REMOVE_TITLE, REMOVE_TEXT = "Remove", "Remove these hours?", "Appointments that are made already stay."
ADDED, REMOVED, SAVED = "Added.", "Removed.", "Saved."
BUFFER, BUFFER_HELP = "Minutes between sessions", "They stay free before and after every appointment."
LINK, LINK_HELP = "Video link", "Clients see it as a Join button, until three hours after the start."
AWAY = "Away"
SERVICES, LOCATIONS = "Services", "Places"
ADD_SERVICE, ADD_LOCATION = "Add a service", "Add a place"
NAME, MINUTES, PRICE, PRICE_HELP = "Name", "Minutes", "Price", "In the practice's currency, such as 150 or 150.00."
IN_PERSON, BY_VIDEO, BOOKABLE = "In person", "By video", "Clients can ask for it"
GIVEN_BY, EVERYBODY = "Given by", "Everybody who gives care"
ADDRESS, ZONE, ZONE_HELP = "Address", "Time zone", "Only where it is not the practice's, such as America/Chicago."
NO_SERVICES = "No services yet. Add the first, and clients can ask for it."
NO_LOCATIONS = "No places yet. By video works without one."
REMOVE_SERVICE, REMOVE_SERVICE_TEXT = "Offer this no more?", "Requests and appointments that are there stay."
CHECK_SERVICE = "Please check minutes and price: whole minutes, and a price such as 150 or 150.00."
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def competing(count: int) -> str:
    """Say how many others ask for the same time."""
    if not count:
        return ""
    return "1 other request for this time" if count == 1 else f"{count} other requests for this time"


def waiting(count: int) -> str:
    """Say how many requests wait."""
    return "1 waiting" if count == 1 else f"{count} waiting"


def born(day: str) -> str:
    """Tell apart who has the same name."""
    return f"Born {day}"
