"""Who signs, as what, and under which name."""

import unicodedata
from collections.abc import Collection
from uuid import UUID

from portal.access.actor import ClientAccess, Standing
from portal.errors import Invalid
from portal.intake import words

_LONGEST_NAME = 200


def capacity_of(access: ClientAccess) -> str:
    """Return as what somebody signs: "mother, on behalf of Milo Park", or "client". Comes from the network alone."""
    if access.standing is Standing.CLIENT:
        return words.IN_PERSON
    return words.ON_BEHALF.format(relationship=access.relationship or words.CONTACT, client=access.client_name)


def is_asked_to_sign(standing: Standing, contact_id: UUID | None, signers: Collection[UUID | None]) -> bool:
    """Whether somebody is asked to sign. `signers` are contacts, None for the client; none named: anyone with forms."""
    return not signers or (None if standing is Standing.CLIENT else contact_id) in signers


def check_typed_name(typed: str, own_name: str, client_name: str, *, is_client: bool) -> str:
    """Return the name as it is kept. Raises Invalid when it is empty, too long, or somebody else's.

    It has to share a word with the name of the login; a contact who types the client's name is asked for their own.
    """
    name = " ".join(unicodedata.normalize("NFC", typed).split())
    if not name:
        raise Invalid(words.TYPE_NAME)
    if len(name) > _LONGEST_NAME:
        raise Invalid(words.NAME_TOO_LONG)
    given, own = _folded(name), _folded(own_name)
    is_clients = not is_client and given == _folded(client_name) and given != own
    if is_clients or not given & own:
        raise Invalid(words.own_name(own_name))
    return name


def _folded(name: str) -> frozenset[str]:
    """Split a name into its words without case and accents."""
    plain = unicodedata.normalize("NFKD", name)
    letters = "".join(character for character in plain if not unicodedata.combining(character))
    return frozenset(letters.casefold().split())
