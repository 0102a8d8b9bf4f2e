"""The section of the account page about mails that one does not want."""
