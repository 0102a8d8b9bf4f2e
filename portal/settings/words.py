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
SHOWS_ADDRESS = "This client will see the address of the location. Please confirm that you want that."


def switch_on_first(label: str) -> str:
    """Return the sentence for a setting that is part of another one that is off."""
    return f"Switch on “{label}” first."
