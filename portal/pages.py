"""Every page of the portal, in one place: a feature lists its own, this list takes them in."""

from portal.accounts import page as account_page
from portal.billing.books import page as books_page
from portal.billing.connection import page as connection_page
from portal.billing.paying import page as billing_page
from portal.billing.superbills.setup import page as superbills_page
from portal.home import page as home_page
from portal.insurance.desk import page as insurance_desk_page
from portal.insurance.review import page as insurance_page
from portal.intake import page as forms_page
from portal.messaging import page as messages_page
from portal.messaging.staff import page as inbox_page
from portal.practice import page as today_page
from portal.practice.building import page as builder_page
from portal.practice.client import page as client_page
from portal.practice.clients import page as clients_page
from portal.practice.forms import page as library_page
from portal.practice.importing import page as import_page
from portal.practice.joining import page as joining_page
from portal.practice.letters import page as letters_page
from portal.practice.mail import page as mail_page
from portal.practice.packet import page as packet_page
from portal.practice.record import page as audit_page
from portal.practice.settings import page as settings_page
from portal.practice.staff import page as team_page
from portal.scheduling import page as appointments_page
from portal.ui.layout import Page

PAGES: tuple[Page, ...] = (
    *home_page.PAGES,
    *forms_page.PAGES,
    *appointments_page.PAGES,
    *messages_page.PAGES,
    *billing_page.PAGES,
    *books_page.PAGES,
    *connection_page.PAGES,
    *superbills_page.PAGES,
    *insurance_page.PAGES,
    *insurance_desk_page.PAGES,
    *account_page.PAGES,
    *today_page.PAGES,
    *clients_page.PAGES,
    *client_page.PAGES,
    *inbox_page.PAGES,
    *joining_page.PAGES,
    *import_page.PAGES,
    *letters_page.PAGES,
    *settings_page.PAGES,
    *team_page.PAGES,
    *audit_page.PAGES,
    *mail_page.PAGES,
    *library_page.PAGES,
    *builder_page.PAGES,
    *packet_page.PAGES,
)
