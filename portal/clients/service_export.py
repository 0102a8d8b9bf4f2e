"""The list of clients as a CSV file, which portal clients import reads back."""

from collections import defaultdict
from uuid import UUID

from portal.access.actor import PracticeAccess, Scope, StaffTask
from portal.audit.service import record_change
from portal.clients import queries, queries_import
from portal.clients.cells import write_table
from portal.database import Work

_CONTACT_DATA = ("First name", "Last name", "Email", "Phone")


async def export_clients(work: Work, access: PracticeAccess) -> bytes:
    """Return the clients in reach who are not archived, as the role may see them, and write down that it was done.

    Cells that a spreadsheet might run as a formula start with an apostrophe. UTF-8 with a mark.
    """
    queries.require(access, StaffTask.SEE_CLIENTS, StaffTask.EDIT_CLIENTS)
    clients = await queries_import.list_for_export(work, access)
    rows = [[client.given_name, client.family_name, client.email, client.phone] for client in clients]
    header = list(_CONTACT_DATA)
    if access.scope is not Scope.CONTACT_DATA_AND_MONEY:
        therapists: dict[UUID, list[str]] = defaultdict(list)
        for client_id, email in await queries_import.list_therapist_emails(work, access.organization_id):
            therapists[client_id].append(email)
        header += ["Date of birth", "Therapist"]
        for client, row in zip(clients, rows, strict=True):
            row += [client.birth_date.isoformat() if client.birth_date else "", "; ".join(therapists[client.id])]
    await record_change(
        work,
        organization_id=access.organization_id,
        actor=access.actor,
        action="clients.exported",
        detail={"count": len(clients)},
    )
    return write_table(header, rows)
