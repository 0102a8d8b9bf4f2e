"""/practice/mail: Organization, Mail."""

import reflex as rx

from portal.practice.components_sections import organization_sections
from portal.practice.mail import words
from portal.practice.mail.components import failed, jobs, tried
from portal.practice.mail.state import MailState
from portal.ui.kit.states import settled
from portal.ui.layout import Page, staff_page


def mail_page() -> rx.Component:
    """What did not arrive, what is tried again, and what is done by itself."""
    content = rx.el.div(failed(), tried(), jobs(), class_name="grid gap-10")
    return staff_page(
        "Mail",
        settled(MailState.loaded, MailState.refusal, content, on_retry=MailState.load),
        lead=words.LEAD,
        back=organization_sections(),
    )


PAGES = (Page("/practice/mail", mail_page, "Mail", MailState.load),)
