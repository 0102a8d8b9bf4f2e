"""By which name a practice knows the owner of a login."""

from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Mapped

from portal.models import metadata

_t = metadata.tables
_account = _t["account"].alias("login_known")
_staff, _contact, _client = (_t[name].alias(f"{name}_known") for name in ("membership", "contact", "client"))


Column = ColumnElement[Any] | Mapped[Any]


def name_known(account_id: Column, organization_id: Column) -> ColumnElement[Any]:
    """Return the name of a login's owner in the records of a practice: as staff, contact or client.

    The name of the login itself, which its owner may change to anything, stands only for who is in none of them; NULL
    where there is no login.
    """
    known = []
    for table, name in (
        (_staff, _staff.c.name),
        (_contact, _contact.c.given_name + " " + _contact.c.family_name),
        (_client, _client.c.given_name + " " + _client.c.family_name),
    ):
        mine = (table.c.organization_id == organization_id) & (table.c.account_id == account_id)
        known.append(select(name).where(mine).scalar_subquery())
    own = select(_account.c.name).where(_account.c.id == account_id).scalar_subquery()
    return func.coalesce(*known, own)
