"""Every sentence about superbills that a person may read, but for what stands on the pages alone."""

from collections.abc import Sequence

NPI = "An NPI has ten digits, and one of these is not right. Please copy it again from the NPI registry."
EIN = "A tax ID has nine digits, like 12-3456789. Please check it."
PROCEDURE = "A CPT code has five characters, like 90834. Please check it."
DIAGNOSIS = "Number {place} of these is no ICD-10-CM code. Codes look like F41.1, with a comma between two of them."
TOO_MANY = "A superbill takes up to twelve codes. Please leave the most important ones."
UNREADABLE = "Please use letters, digits and ordinary signs only."
TOO_LONG = "Please write it shorter."
PERIOD = "Please choose a first and a last day, at most a year apart, and none that is yet to come."
FIRST_DAY = "Please choose the day from which it applies. It can be today or earlier."
NOT_FOR_YOU = (
    "A superbill says what sessions were about. It goes to the client as an adult, and to those who also see the "
    "appointments. Please ask {practice}."
)
NOT_FOR_STAFF = "Your role does not include superbills."
NOT_FOR_DIAGNOSES = "Your role does not include diagnoses."
NOT_FOR_SETTINGS = "Your role does not include this. Please ask an administrator."
NO_SESSIONS = "No session was kept and charged in these days, so there is nothing for a superbill."
NOT_COMPLETE = "{practice} has not recorded all that an insurer asks for about these days. Please ask them."
NOT_COMPLETE_STAFF = "Something is missing for every session of these days. The client's page says what."

TITLE = "Superbill"
FOOT = "Made from the records of {practice} on {day}. This is no bill: hand it to your insurer."
FEES = "Fees are after discounts. Paid is what came from the client's side, without what insurance paid."
LEFT_OUT = {
    1: "One session of these days is not on it, because something that an insurer asks for is not recorded yet. ",
    2: "{count} sessions of these days are not on it, because something that an insurer asks for is not recorded yet. ",
}
HEAD = ("Date", "Code", "Service", "Place", "Diagnosis", "Seen by", "Units", "Fee", "Paid")


def left_out(count: int) -> str:
    """Say how many sessions are not on a superbill; nothing where all are."""
    return LEFT_OUT[min(count, 2)].format(count=count) if count else ""


def named(names: Sequence[str]) -> str:
    """Put names into a row: "Tess and Noah"."""
    return " and ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else "".join(names)


def no_procedure(names: Sequence[str]) -> str:
    """Say which services have no code."""
    return f"There is no CPT code for: {named(names)}. An administrator enters it under Billing, Superbills."


def no_npi(names: Sequence[str]) -> str:
    """Say who has no NPI."""
    return f"There is no NPI of {named(names)}. An administrator enters it under Billing, Superbills."


def no_diagnosis(count: int, first: str) -> str:
    """Say for how many sessions no diagnosis was on record on their day."""
    sessions = "one session" if count == 1 else f"{count} sessions"
    return f"There is no diagnosis for {sessions}, the first on {first}. The therapist enters it here."


NO_PRACTICE = "Not recorded of the practice: {what}. Many insurers ask for it. It is entered under Billing, Superbills."
NO_BIRTH_DATE = "The date of birth is not recorded. It is entered under Details."
WHATS = {"ein": "tax ID (EIN)", "npi": "NPI", "billing_address": "address"}
