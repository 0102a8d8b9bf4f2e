"""Every page of the portal, in one place: a feature lists its own, this list takes them in."""

from portal.accounts import page as account_page
from portal.ui.layout import Page

PAGES: tuple[Page, ...] = (*account_page.PAGES,)
