"""Nothing crosses from one practice to another: the tables themselves see to it."""

from sqlalchemy import ForeignKeyConstraint, Table, UniqueConstraint

from portal.models import metadata

# A login belongs to a human and may serve several practices; a practice is itself; a mail may be about a login; an
# installation is set up before there is a practice, and its periodic work is done for all of them.
WITHOUT_PRACTICE = {
    "account",
    "session",
    "account_link",
    "account_event",
    "recovery_code",
    "muted_mail",
    "job_run",
    "journal_key",
    "first_run",
    "organization",
}
PRACTICE_OPTIONAL = {"outbox_mail"}


def owned() -> list[Table]:
    return [table for name, table in metadata.tables.items() if name not in WITHOUT_PRACTICE]


def links() -> list[ForeignKeyConstraint]:
    return [link for table in owned() for link in table.foreign_key_constraints]


def test_every_table_belongs_to_a_practice_but_for_a_known_few() -> None:
    assert set(metadata.tables) >= WITHOUT_PRACTICE
    assert [table.name for table in owned() if "organization_id" not in table.columns] == []
    optional = {table.name for table in owned() if table.columns["organization_id"].nullable}
    assert optional == PRACTICE_OPTIONAL
    assert [name for name in WITHOUT_PRACTICE if "organization_id" in metadata.tables[name].columns] == []


def test_no_row_can_point_into_another_practice() -> None:
    """A key to a table of practices carries the practice along: (organization_id, x) to (organization_id, id)."""
    for link in links():
        target = link.referred_table
        if target.name in WITHOUT_PRACTICE:
            continue
        assert link.column_keys[0] == "organization_id", f"{link.parent.name} → {target.name}"
        assert [element.column.name for element in link.elements] == ["organization_id", "id"]
    assert sum(link.column_keys[0] == "organization_id" and len(link.column_keys) == 2 for link in links()) > 10


def test_every_owned_table_that_is_pointed_at_has_the_key_for_it() -> None:
    targets = {link.referred_table for link in links() if len(link.column_keys) == 2}
    for table in targets:
        keys = [
            tuple(column.name for column in one.columns)
            for one in table.constraints
            if isinstance(one, UniqueConstraint)
        ]
        assert ("organization_id", "id") in keys, table.name


def test_every_id_column_is_a_key() -> None:
    """A column that names another row is held by a foreign key, but for those that outlive what they name.

    An operation's id is made by the browser and names no row; what a file belongs to is in one of several tables.
    """
    loose = {
        f"{table.name}.{column.name}"
        for table in metadata.tables.values()
        for column in table.columns
        if column.name.endswith("_id") and not column.name.endswith("operation_id") and not column.foreign_keys
    }
    outlived = {"audit_event.client_id", "audit_event.object_id", "access_log.object_id"}
    assert loose <= {*outlived, "stored_file.owner_id"}
