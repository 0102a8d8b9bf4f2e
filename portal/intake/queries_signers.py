"""Who is asked to sign a sheet, and who has signed it: columns and conditions for the statements of queries."""

from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, or_, select

from portal.models import AssignmentStatus, metadata

_t = metadata.tables
_assignment, _signer, _response = _t["form_assignment"], _t["assignment_signer"], _t["form_response"]
_signature, _client, _contact = _t["form_signature"], _t["client"], _t["contact"]
_FROZEN = (AssignmentStatus.SIGNING, AssignmentStatus.SUBMITTED, AssignmentStatus.COMPLETED)


@cache
def signer_columns() -> tuple[ColumnElement[Any], ...]:
    """Return the columns of one named signer: the contact (None: the client), the login, whether they signed."""
    clients = select(_client.c.account_id).where(_client.c.id == _assignment.c.client_id).scalar_subquery()
    contacts = select(_contact.c.account_id).where(_contact.c.id == _signer.c.contact_id).scalar_subquery()
    return (
        _signer.c.id.label("signer_id"),
        _signer.c.contact_id.label("signer_contact_id"),
        case((_signer.c.id.is_(None), None), (_signer.c.contact_id.is_(None), clients), else_=contacts).label(
            "signer_account_id"
        ),
        and_(_assignment.c.status.in_(_FROZEN), _has_signed()).label("signer_has_signed"),
    )


def _has_signed() -> ColumnElement[bool]:
    """Whether the newest frozen state bears this signer's signature."""
    newest = (
        select(_response.c.id)
        .where(_response.c.assignment_id == _assignment.c.id)
        .order_by(_response.c.number.desc())
        .limit(1)
        .correlate(_assignment)
        .scalar_subquery()
    )
    return exists().where(
        _signature.c.assignment_id == _assignment.c.id,
        _signature.c.contact_id.is_not_distinct_from(_signer.c.contact_id),
        _signature.c.response_id == newest,
    )


def is_signer(account_id: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether a login is one of those who are asked to sign."""
    source = _signer.outerjoin(_contact, _contact.c.id == _signer.c.contact_id)
    mine = (
        select(_client.c.account_id)
        .where(_client.c.id == _assignment.c.client_id)
        .correlate(_assignment)
        .scalar_subquery()
    )
    return (
        exists()
        .select_from(source)
        .where(
            _signer.c.assignment_id == _assignment.c.id,
            or_(_contact.c.account_id == account_id, and_(_signer.c.contact_id.is_(None), mine == account_id)),
        )
        .correlate(_assignment)
    )
