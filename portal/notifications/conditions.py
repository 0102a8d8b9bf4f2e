"""Whether mail to somebody arrives, as a part of other features' SELECTs. Imports nothing but the tables."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import FromClause, ScalarSelect, and_, exists, func, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from portal.models import OutboxMail, OutboxStatus


def why_mail_fails(practice: Any, addresses: Sequence[Any], of: FromClause | Any) -> ScalarSelect[Any]:
    """Why the last mail of a practice to one of these addresses did not arrive; NULL where none failed.

    A mail that arrived since then, or failed and was sent again or set aside, says that nothing is the matter. `of` is
    the table whose columns `practice` and `addresses` are.
    """
    failed, later = aliased(OutboxMail), aliased(OutboxMail)
    arrived = exists().where(
        col(later.organization_id) == col(failed.organization_id),
        col(later.to_address) == col(failed.to_address),
        col(later.status) == OutboxStatus.SENT,
        col(later.sent_at) > col(failed.failed_at),
    )
    query = (
        select(func.max(col(failed.last_error)))
        .where(
            and_(
                col(failed.organization_id) == practice,
                col(failed.to_address).in_(addresses),
                col(failed.status) == OutboxStatus.FAILED,
            ),
            ~arrived,
        )
        .correlate(of)
    )
    return query.scalar_subquery()
