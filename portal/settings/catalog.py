"""Every setting there is: its label on screen, what it needs, whether it can be off for one client, its default.

A practice that has decided nothing shows nothing: features start switched off, notices about appointments start on.
"""

from dataclasses import dataclass
from enum import StrEnum

from portal.errors import Invalid

MOST_HOURS = 720

Value = bool | int


class SettingName(StrEnum):
    """The names under which settings are kept."""

    ONLINE_PAYMENTS = "online_payments"
    SECURE_MESSAGING = "secure_messaging"
    SELF_SCHEDULING = "self_scheduling"
    REQUEST_NOTICE_HOURS = "request_notice_hours"
    CANCEL_NOTICE_HOURS = "cancel_notice_hours"
    INSURANCE_INFO = "insurance_info"
    NEW_PAYERS = "new_payers"
    CONTACT_ACCESS = "contact_access"
    HIDE_LOCATION = "hide_location"
    CLIENT_SIGN_UP = "client_sign_up"
    NOTIFY_DELETED = "notify_deleted"
    NOTIFY_CANCELLED = "notify_cancelled"
    NOTIFY_RESCHEDULED = "notify_rescheduled"
    NOTIFY_CREATED = "notify_created"
    NOTIFY_DECLINED = "notify_declined"
    NOTIFY_CONFIRMED = "notify_confirmed"
    NOTIFY_UNDONE = "notify_undone"
    STAFF_SECOND_FACTOR = "staff_second_factor"


class Need(StrEnum):
    """What has to exist outside the settings before one of them can do anything."""

    CARD_PROCESSING = "card_processing"
    MESSAGING_THERAPIST = "messaging_therapist"
    SCHEDULING_THERAPIST = "scheduling_therapist"


class Kind(StrEnum):
    """What a setting holds, and where it stands on the page."""

    SWITCH = "switch"
    HOURS = "hours"
    NOTICE = "notice"
    TEAM = "team"


class UnknownSetting(Invalid):
    """No setting has that name."""

    def __init__(self, name: object) -> None:
        super().__init__("There is no such setting.")
        self.name = name


@dataclass(frozen=True, slots=True)
class Setting:
    """One decision of a practice. `help` is for whoever decides; it follows the glossary that started the project.

    `part_of` names the setting that has to be on as well. `waits` says that it may be switched on before its need is
    met. `reveals_when_off` says that switching it off shows something that was hidden, so that it is asked twice.
    """

    name: SettingName
    label: str
    help: str
    kind: Kind = Kind.SWITCH
    default: Value = False
    need: Need | None = None
    part_of: SettingName | None = None
    per_client: bool = False
    waits: bool = False
    reveals_when_off: bool = False

    def parse(self, value: object) -> Value:
        """Return the value when it is of this setting's kind; raises Invalid otherwise. Strict: 1 is not True."""
        if self.kind is Kind.HOURS:
            if type(value) is int and 0 <= value <= MOST_HOURS:
                return value
            raise Invalid(f"Please enter whole hours, from 0 to {MOST_HOURS}.")
        if type(value) is bool:
            return value
        raise Invalid("This setting is either on or off.")


def _notice(name: SettingName, label: str, when: str) -> Setting:
    text = f"Clients get an email when somebody at the practice, or in their network, {when}. Each client can mute it."
    return Setting(name, label, text, kind=Kind.NOTICE, default=True)


_ALL = (
    Setting(
        SettingName.ONLINE_PAYMENTS,
        "Allow Client Payments through Client Portal",
        "Clients, and contacts who may pay for them, can pay for appointments in the portal. Your practice has to "
        "connect card processing first; until then this switch stays grey.",
        need=Need.CARD_PROCESSING,
        per_client=True,
    ),
    Setting(
        SettingName.SECURE_MESSAGING,
        "Allow Secure Messaging through Client Portal",
        "An add-on. Therapists who are subscribed to it can write to the clients assigned to them, from the envelope "
        "icon, and clients can answer in the portal. It does nothing for a therapist without a subscription.",
        need=Need.MESSAGING_THERAPIST,
        per_client=True,
        waits=True,
    ),
    Setting(
        SettingName.SELF_SCHEDULING,
        "Allow Clients Self-Scheduling through Client Portal",
        "An add-on. Clients can ask for a free time of a subscribed therapist who is assigned to them. The therapist "
        "accepts or declines each request from the calendar icon. Two more settings say how much notice you need.",
        need=Need.SCHEDULING_THERAPIST,
        per_client=True,
        waits=True,
    ),
    Setting(
        SettingName.REQUEST_NOTICE_HOURS,
        "Hours of notice to request",
        "How long before an appointment starts a client can still ask for it. 0 means no notice is needed.",
        kind=Kind.HOURS,
        default=24,
        part_of=SettingName.SELF_SCHEDULING,
    ),
    Setting(
        SettingName.CANCEL_NOTICE_HOURS,
        "Hours of notice to cancel or reschedule",
        "How long before an appointment starts a client can still cancel it or move it. 0 means no notice is needed.",
        kind=Kind.HOURS,
        default=24,
        part_of=SettingName.SELF_SCHEDULING,
    ),
    Setting(
        SettingName.INSURANCE_INFO,
        "Display Insurance Info",
        "Clients can add, see and update their insurance in the portal, and the tab there is called Billing & "
        "Insurance Info. When this is off the tab is called Billing, and only your staff enter insurance.",
        per_client=True,
    ),
    Setting(
        SettingName.NEW_PAYERS,
        "Allow Clients to Add New Insurance Payers",
        "When a client's insurance company is not on your list, the client can propose it. Few practices need this. "
        "A payer that your staff accept becomes part of your practice's list.",
        part_of=SettingName.INSURANCE_INFO,
        per_client=True,
    ),
    Setting(
        SettingName.CONTACT_ACCESS,
        "Allow Client Portal Access for Client Contacts",
        "People in a client's contact network, such as parents, guardians or caseworkers, can have their own login. "
        "They complete forms, pay or ask for appointments for the client, as far as you grant it to each of them.",
        per_client=True,
    ),
    Setting(
        SettingName.HIDE_LOCATION,
        "Hide location address on intake forms",
        "For therapists who work from home or mostly by video. The address of the location is left out of forms, "
        "documents, emails and calendar files. Switching this off shows the address.",
        per_client=True,
        reveals_when_off=True,
    ),
    Setting(
        SettingName.CLIENT_SIGN_UP,
        "Allow client sign-up on Client Portal",
        "New clients can put themselves forward through your New Invitation link, and your staff decide who they are. "
        "When this is off the link asks people to contact the practice.",
    ),
    _notice(SettingName.NOTIFY_DELETED, "Deletes an appointment", "deletes an appointment"),
    _notice(SettingName.NOTIFY_CANCELLED, "Cancels an appointment", "cancels an appointment"),
    _notice(SettingName.NOTIFY_RESCHEDULED, "Reschedules an appointment", "moves an appointment to another time"),
    _notice(SettingName.NOTIFY_CREATED, "Creates an appointment", "makes an appointment"),
    _notice(SettingName.NOTIFY_DECLINED, "Declines an appointment request", "declines a request for an appointment"),
    _notice(SettingName.NOTIFY_CONFIRMED, "Confirms an appointment request", "confirms a request for an appointment"),
    _notice(
        SettingName.NOTIFY_UNDONE,
        "Undoes appointment request confirmation/decline",
        "takes back the confirmation or the decline of a request",
    ),
    Setting(
        SettingName.STAFF_SECOND_FACTOR,
        "Ask staff for a code at sign-in",
        "Everybody on your team signs in with the password and a code from an app on their phone. Who has not set it "
        "up yet is asked to do so, and sees none of your pages before. Set it up for yourself first, under Account.",
        kind=Kind.TEAM,
    ),
)

CATALOG: dict[SettingName, Setting] = {setting.name: setting for setting in _ALL}


def setting(name: str) -> Setting:
    """Return the setting of that name; raises UnknownSetting, which people may see, for any other."""
    try:
        return CATALOG[SettingName(name)]
    except ValueError:
        raise UnknownSetting(name) from None


def client_features() -> tuple[SettingName, ...]:
    """Return what can be switched off for one client and opens something; hiding an address opens nothing."""
    return tuple(one.name for one in _ALL if one.per_client and not one.reveals_when_off)
