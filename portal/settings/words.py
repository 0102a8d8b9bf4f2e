"""The sentences about settings that people may be told."""

from portal.settings.catalog import Need

NOT_AN_ADMINISTRATOR = "Only an administrator can change settings."
NEEDS: dict[Need, str] = {
    Need.CARD_PROCESSING: "Connect card processing first. Then clients can pay through the portal.",
    Need.MESSAGING_THERAPIST: "Nobody is subscribed to messaging yet. Subscribe a therapist under Team.",
    Need.SCHEDULING_THERAPIST: "Nobody is subscribed to self-scheduling yet. Subscribe a therapist under Team.",
}
NOT_PER_CLIENT = "This setting is for the whole practice. It cannot be switched off for one client."
ALREADY_OFF = "This is off for the whole practice, so it cannot be switched on for one client."
CODE_YOURSELF_FIRST = "Set up a code at sign-in for yourself first, under Account. Then you can ask your team for it."
SHOWS_ADDRESSES = "Your clients will see the address of the location. Please confirm that you want that."
SHOWS_ADDRESS = "This client will see the address of the location. Please confirm that you want that."
GRANTS_STAY = "What each of them may do stays written down. It holds again when you switch this on."
SHOW_REALLY = "Please confirm once more: the address becomes visible at once."
CANNOT_BE_UNSEEN = "You can hide it again, but nobody forgets what they have read."


def switch_on_first(label: str) -> str:
    """Return the sentence for a setting that is part of another one that is off."""
    return f"Switch on “{label}” first."


def contacts_shut_out(count: int) -> str:
    """Say who can no longer act for a client."""
    return _counted(count, "{} person in a contact network loses", "{} people in contact networks lose") + (
        " access at once, also on pages that are open now."
    )


def waiting_to_join(count: int) -> str:
    """Say who asked to join already."""
    return _counted(count, "{} person waits", "{} people wait") + (
        " for your decision. They stay, and nobody new can ask."
    )


def requests_stay(count: int) -> str:
    """Say who asked for an appointment and has no answer yet."""
    return _counted(count, "{} client has a pending request", "{} clients have pending requests") + (
        ": they stay, and can be confirmed or declined. No new ones come in."
    )


def debts_stay(count: int) -> str:
    """Say who has something to pay, and how they pay it from now on."""
    return _counted(count, "{} client has something to pay", "{} clients have something to pay") + (
        ": what is owed stays, and is paid to your practice directly. Card payments that have begun are completed."
    )


def conversations_stay(count: int) -> str:
    """Say who is in conversation."""
    return _counted(count, "There is a conversation about {} client", "There are conversations about {} clients") + (
        ": every message is kept, and whoever of your team is in one can still read it. Clients and contacts see none "
        "of them until you switch this on again."
    )


def proposals_stay(count: int) -> str:
    """Say whose insurance somebody asked to change."""
    return _counted(count, "The insurance of {} client was", "The insurance of {} clients was") + (
        " sent in and waits: it stays, and you can decide it. Nobody can send in more."
    )


def new_payers_stay(count: int) -> str:
    """Say who sent in a payer that is not on the list."""
    return _counted(count, "{} client has", "{} clients have") + (
        " sent in a payer that is not on your list: it stays, and you can decide it. New ones cannot be sent in."
    )


def addresses_seen(count: int) -> str:
    """Say who will see which addresses; the addresses follow."""
    return _counted(count, "{} client, and their contacts,", "{} clients, and their contacts,") + (
        " will see this on forms, documents, emails and calendar files:"
    )


def _counted(count: int, one: str, many: str) -> str:
    return (one if count == 1 else many).format(count)
