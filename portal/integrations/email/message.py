"""A mail as it goes over the wire: plain text and HTML side by side."""

from email import policy
from email.message import EmailMessage
from email.utils import format_datetime

from portal.integrations.ports import OutgoingMail


def build_message(mail: OutgoingMail) -> EmailMessage:
    """Return the message; the same mail gives the same headers at every try."""
    message = EmailMessage(policy.SMTP)
    message["Message-ID"] = mail.message_id
    message["Date"] = format_datetime(mail.written_at)
    message["From"] = mail.sender
    message["To"] = mail.to_address
    message["Subject"] = mail.subject
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.text)
    message.add_alternative(mail.html, subtype="html")
    if mail.calendar:
        method = "CANCEL" if "METHOD:CANCEL" in mail.calendar else "REQUEST"
        message.add_attachment(mail.calendar, subtype="calendar", filename="appointment.ics", params={"method": method})
    return message
