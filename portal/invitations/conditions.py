"""Which invitations still work, as conditions for other features' SELECTs. Imports nothing but the tables."""

from datetime import datetime

from sqlalchemy import BindParameter, ColumnElement, and_, exists
from sqlmodel import col

from portal.models import Client, Invitation


def is_open(now: datetime | BindParameter[datetime]) -> ColumnElement[bool]:
    """The invitations that can still be used at a moment."""
    return and_(
        col(Invitation.accepted_at).is_(None),
        col(Invitation.revoked_at).is_(None),
        col(Invitation.replaced_at).is_(None),
        col(Invitation.expires_at) > now,
    )


def client_is_invited(now: datetime | BindParameter[datetime]) -> ColumnElement[bool]:
    """The clients who have an invitation of their own that still works."""
    row = exists().where(col(Invitation.client_id) == col(Client.id), is_open(now))
    return row.correlate(Client)
