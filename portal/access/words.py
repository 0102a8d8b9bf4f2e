"""The sentences of access, by code: what the person is told, and what staff read behind Why?.

`{practice}`, `{client}`, `{person}`, `{whose}` ("your", "Milo Park's"), `{whom}` ("you", "Milo Park") and `{what}` are
filled in. Nothing here says anything about anybody's health.
"""

from collections.abc import Mapping
from typing import NamedTuple

from portal.access.actor import Capability, Sight
from portal.access.codes import Code
from portal.models import Permission


class Wording(NamedTuple):
    """What the person is told when the step does not hold; what staff read when it holds, and when it does not."""

    told: str
    holds: str
    fails: str


WHAT: Mapping[Capability, str] = {
    Permission.FORMS: "forms",
    Permission.PAYMENTS: "payments",
    Permission.SCHEDULING: "appointment requests",
    Permission.MESSAGING: "messages",
    Permission.INSURANCE: "insurance",
    Sight.APPOINTMENTS: "appointments",
    Sight.SIGNED_FORMS: "signed forms",
    Sight.OWN_RECORD: "who has access, and who looked",
}

SENTENCES: Mapping[Code, Wording] = {
    Code.PAYMENTS_OFF: Wording(
        "{practice} does not take payments through the portal at the moment.",
        "Payments are switched on for {practice}.",
        "Payments are switched off for {practice}.",
    ),
    Code.MESSAGING_OFF: Wording(
        "{practice} does not use messages in the portal at the moment.",
        "Secure messaging is switched on for {practice}.",
        "Secure messaging is switched off for {practice}.",
    ),
    Code.SCHEDULING_OFF: Wording(
        "{practice} does not take appointment requests through the portal at the moment.",
        "Self-scheduling is switched on for {practice}.",
        "Self-scheduling is switched off for {practice}.",
    ),
    Code.INSURANCE_OFF: Wording(
        "{practice} looks after insurance details for you. Please tell them about any changes.",
        "Insurance is displayed for {practice}.",
        "Insurance is not displayed for {practice}.",
    ),
    Code.NEW_PAYERS_OFF: Wording(
        "{practice} does not take new insurance companies through the portal. Please ask them to add yours.",
        "Clients of {practice} may propose new insurance payers.",
        "Clients of {practice} may not propose new insurance payers.",
    ),
    Code.NO_CARD_PROCESSING: Wording(
        "{practice} cannot take card payments in the portal yet.",
        "Card processing is connected.",
        "Card processing is not connected.",
    ),
    Code.NO_MESSAGING_THERAPIST: Wording(
        "None of {whose} therapists uses messages in the portal. Please call {practice}.",
        "A therapist of {client} is subscribed to messaging.",
        "No therapist of {client} is subscribed to messaging.",
    ),
    Code.NO_SCHEDULING_THERAPIST: Wording(
        "None of {whose} therapists takes appointment requests in the portal. Please call {practice}.",
        "A therapist of {client} is subscribed to self-scheduling.",
        "No therapist of {client} is subscribed to self-scheduling.",
    ),
    Code.OFF_FOR_CLIENT: Wording(
        "{practice} has switched this off for {whom}.",
        "It is not switched off for {client}.",
        "It is switched off for {client}.",
    ),
    Code.CLIENT_ARCHIVED: Wording(
        "{practice} has closed {whose} record. Please call them if you need something.",
        "The record of {client} is open.",
        "The record of {client} is archived.",
    ),
    Code.NOT_IN_PERSON: Wording(
        "Only {client} can see who has access to the record of {client}, and who looked at it.",
        "{person} is the client.",
        "{person} is not the client.",
    ),
    Code.NOT_OF_AGE: Wording(
        "{practice} gives this to adults. Please ask somebody who looks after you, or {practice}.",
        "{client} is of age, or {person} is not the client.",
        "{client} is under age.",
    ),
    Code.CONTACT_ARCHIVED: Wording(
        "{practice} has ended your access for {client}.",
        "{person} is in the contact network.",
        "{person} was removed from the contact network.",
    ),
    Code.NO_LOGIN: Wording(
        "There is no login yet.",
        "{person} has a login.",
        "{person} has no login yet.",
    ),
    Code.LOGIN_DISABLED: Wording(
        "This login is switched off. Please call {practice}.",
        "The login of {person} is active.",
        "The login of {person} is switched off.",
    ),
    Code.CONTACTS_OFF: Wording(
        "{practice} has switched off the portal for family and other contacts.",
        "Portal access for contacts is switched on for {practice}.",
        "Portal access for contacts is switched off for {practice}.",
    ),
    Code.CONTACTS_OFF_FOR_CLIENT: Wording(
        "{practice} has switched off the portal for contacts of {client}.",
        "Portal access for contacts is not switched off for {client}.",
        "Portal access for contacts is switched off for {client}.",
    ),
    Code.NO_GRANT: Wording(
        "You have no access to {what} for {client}. If you need it, please ask {practice}.",
        "{person} has a grant for {what}.",
        "{person} has no grant for {what}.",
    ),
    Code.GRANT_NOT_YET: Wording(
        "Your access to {what} for {client} has not started yet.",
        "The grant of {person} for {what} has started.",
        "The grant of {person} for {what} has not started yet.",
    ),
    Code.GRANT_OF_AGE: Wording(
        "{client} is now an adult and decides who has access, so your access to {what} has ended.",
        "The grant of {person} for {what} does not depend on age, or {client} is under age or renewed it.",
        "The grant of {person} for {what} ended when {client} came of age.",
    ),
    Code.GRANT_OVER: Wording(
        "Your access to {what} for {client} was until a date that has passed. Please ask {practice} if you need it.",
        "The last day of the grant of {person} for {what} has not passed.",
        "The last day of the grant of {person} for {what} has passed.",
    ),
    Code.GRANT_ENDED: Wording(
        "Your access to {what} for {client} has ended. Please ask {practice} if you need it.",
        "The grant of {person} for {what} was not ended.",
        "The grant of {person} for {what} was ended.",
    ),
    Code.FORM_SIGNED: Wording(
        "You were asked to sign one form for {client}. That is done, or no longer needed.",
        "The form that {person} was asked to sign is still open.",
        "The form that {person} was asked to sign is signed or closed.",
    ),
    Code.OTHER_FORM: Wording(
        "You were asked to sign another form for {client}, not this one.",
        "The grant of {person} covers this form.",
        "The grant of {person} is for another form.",
    ),
    Code.STAFF_DEACTIVATED: Wording(
        "Your access to {practice} has ended.",
        "{person} works at {practice}.",
        "{person} no longer works at {practice}.",
    ),
    Code.NO_SECOND_FACTOR: Wording(
        "{practice} asks everybody on its team for a code at sign-in. Please set that up first; it takes two minutes.",
        "{person} has set up codes at sign-in, or {practice} does not ask for them.",
        "{practice} asks its team for codes at sign-in, and {person} has not set them up yet.",
    ),
    Code.ROLE: Wording(
        "Your role at {practice} does not include this. Please ask an administrator.",
        "The role of {person} covers this.",
        "The role of {person} does not cover this.",
    ),
    Code.NOT_IN_VIEW: Wording(
        "Your role does not let you see {what} of this client, so they are left out here.",
        "The role of {person} shows {what} of this client as a whole.",
        "The role of {person} does not show {what} of this client as a whole.",
    ),
    Code.NOT_ASSIGNED: Wording(
        "This client is not assigned to you.",
        "The client is within reach of {person}.",
        "The client is not assigned to {person}.",
    ),
}


def told(code: Code, names: Mapping[str, str]) -> str:
    """Return the sentence for the person in whose way a step stands."""
    return SENTENCES[code].told.format_map(names)


def why(code: Code, holds: bool, names: Mapping[str, str]) -> str:
    """Return the sentence for staff who ask Why?."""
    wording = SENTENCES[code]
    return (wording.holds if holds else wording.fails).format_map(names)
