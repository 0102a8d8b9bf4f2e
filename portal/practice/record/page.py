"""/practice/audit: Organization, Audit."""

import reflex as rx

from portal.practice.components_sections import organization_sections
from portal.practice.record import words
from portal.practice.record.components import entries, search, verification
from portal.practice.record.state import AuditState
from portal.ui.kit.states import settled
from portal.ui.layout import Page, staff_page


def audit_page() -> rx.Component:
    """What to look for, what was found, and whether the record is whole."""
    content = rx.el.div(search(), entries(), verification(), class_name="grid gap-8")
    return staff_page(
        "Audit",
        settled(AuditState.loaded, AuditState.refusal, content, on_retry=AuditState.load),
        lead=words.LEAD,
        back=organization_sections(),
    )


PAGES = (Page("/practice/audit", audit_page, "Audit", AuditState.load),)
