"""The whole demo, dated relative to today: people, what their practices decided, forms, appointments, messages."""

from portal.accounts.passwords import hash_password
from portal.database import Work
from portal.demo.appointments import load_appointments
from portal.demo.billing import load_billing
from portal.demo.cards import load_cards
from portal.demo.forms import load_forms
from portal.demo.handled_forms import load_handled_forms
from portal.demo.insurance import load_insurance
from portal.demo.mail import load_mail
from portal.demo.messages import load_messages
from portal.demo.people import PASSWORD, Cast, load_people
from portal.demo.superbills import load_superbills
from portal.sandbox.store import Store


async def load_demo(work: Work, sandbox: Store) -> Cast:
    """Store the demo practices in an empty database. What is printed in the README about them is checked by a test.

    Whoever calls saves the sandbox once that is committed.
    """
    cast = await load_people(work, await hash_password(PASSWORD))
    await load_forms(work, cast)
    await load_handled_forms(work, cast)
    await load_appointments(work, cast)
    await load_billing(work, cast, await load_superbills(work, cast))
    await load_cards(work, cast, sandbox)
    await load_messages(work, cast)
    await load_insurance(work, cast)
    await load_mail(work, cast)
    return cast
