"""Every reason for which somebody may be told no, by code; the sentences are in words.py."""

from enum import StrEnum


class Code(StrEnum):
    """What stands in the way when a step does not hold, in the order in which the steps are checked."""

    PAYMENTS_OFF = "payments_off"
    MESSAGING_OFF = "messaging_off"
    SCHEDULING_OFF = "scheduling_off"
    INSURANCE_OFF = "insurance_off"
    NEW_PAYERS_OFF = "new_payers_off"
    NO_CARD_PROCESSING = "no_card_processing"
    NO_MESSAGING_THERAPIST = "no_messaging_therapist"
    NO_SCHEDULING_THERAPIST = "no_scheduling_therapist"
    OFF_FOR_CLIENT = "off_for_client"
    CLIENT_ARCHIVED = "client_archived"
    CONTACT_ARCHIVED = "contact_archived"
    NO_LOGIN = "no_login"
    LOGIN_DISABLED = "login_disabled"
    CONTACTS_OFF = "contacts_off"
    CONTACTS_OFF_FOR_CLIENT = "contacts_off_for_client"
    NO_GRANT = "no_grant"
    GRANT_NOT_YET = "grant_not_yet"
    GRANT_OF_AGE = "grant_of_age"
    GRANT_OVER = "grant_over"
    GRANT_ENDED = "grant_ended"
    FORM_SIGNED = "form_signed"
    OTHER_FORM = "other_form"
    STAFF_DEACTIVATED = "staff_deactivated"
    NO_SECOND_FACTOR = "no_second_factor"
    ROLE = "role"
    NOT_ASSIGNED = "not_assigned"
