"""Which way mail goes: through the SMTP server when there is one, else into the demo's folder."""

from portal.config import Config
from portal.integrations.email.folder import FolderMailer, mail_folder
from portal.integrations.email.smtp import SmtpMailer
from portal.integrations.ports import Mailer


def mailer_for(config: Config) -> Mailer:
    """Return the mailer that the configuration asks for. Production refuses to start without a server."""
    url = config.smtp_url.get_secret_value()
    return SmtpMailer.from_url(url) if url else FolderMailer(mail_folder(config))
