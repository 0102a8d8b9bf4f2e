"""Commands about people: the first administrator, and who has lost the way in."""

import sys
from typing import Annotated

import typer

from portal.access.actor import System
from portal.accounts.queries import find_account
from portal.accounts.rules import email_key
from portal.accounts.service_passwords import hash_new_password
from portal.accounts.service_second_factor import rescue_from_second_factor
from portal.commands.common import Refusal, plainly, run
from portal.database import Work
from portal.models import Organization
from portal.practice.queries_founding import find_practice
from portal.practice.service_founding import NewPractice, create_administrator, found_practice, get_practice
from portal.runtime import Runtime

COMMAND_LINE = System("command line")


def create_admin(
    email: Annotated[str, typer.Argument(help="The administrator's email address.")],
    organization: Annotated[str, typer.Option(help="The practice's short name, such as harbor.")],
    name: Annotated[str, typer.Option(help="The administrator's name; needed for a new login.")] = "",
    practice_name: Annotated[str, typer.Option(help="The practice's full name, to set up a new practice.")] = "",
    zone: Annotated[str, typer.Option(help="The time zone of a new practice.")] = "America/New_York",
    currency: Annotated[str, typer.Option(help="The currency of a new practice.")] = "USD",
) -> None:
    """Make somebody an administrator, and set the practice up first when --practice-name is given.

    The password of a new login is asked for twice; when nobody is at the keyboard it is read from the standard input.
    """
    new = NewPractice(organization, practice_name, zone, currency)

    async def task(here: Runtime) -> str:
        async with here.database.unit_of_work(writes=False) as work:
            known = await find_account(work, email_key(email)) is not None
        hashed = None if known else await hash_new_password(_ask_password(), (email, name, new.name))
        async with here.database.unit_of_work() as work:
            practice = await _practice(work, new)
            member = await create_administrator(
                work, COMMAND_LINE, practice=practice, email=email, name=name, password_hash=hashed
            )
            return f"{member.name} ({member.email}) is an administrator of {practice.name}."

    with plainly():
        typer.echo(run(task))


def switch_codes_off(email: Annotated[str, typer.Argument(help="The email address that they sign in with.")]) -> None:
    """Switch codes at sign-in off for somebody who lost their phone and all recovery codes; they are told by mail.

    Make sure first whom you are doing this for: afterwards their password alone lets them in.
    """

    async def task(here: Runtime) -> str:
        async with here.database.unit_of_work() as work:
            account = await find_account(work, email_key(email))
            if account is None:
                raise Refusal("Nobody signs in with that address.")
            await rescue_from_second_factor(work, account)
            return f"{account.email} signs in without a code now. Every device is signed out."

    with plainly():
        typer.echo(run(task))


async def _practice(work: Work, new: NewPractice) -> Organization:
    if new.name and not await find_practice(work, new.slug):
        return await found_practice(work, new)
    return await get_practice(work, new.slug)


def _ask_password() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    first: str = typer.prompt("Password (15 characters or more)", hide_input=True)
    if typer.prompt("The same again", hide_input=True) != first:
        raise Refusal("The two were not the same. Nothing was changed.")
    return first
