"""Cards that people of the demo keep: in our books, and in the sandbox that plays the processor."""

from datetime import timedelta

from portal.billing import words
from portal.database import Work
from portal.demo.people import Cast
from portal.models import CardCustomer, SavedCard
from portal.sandbox import objects
from portal.sandbox.store import Store, Thing

# who keeps it, how the sandbox lets it behave, its name, years until it ends, whether it is the usual one
KEPT = (
    ("gina", "works", "Family card", 3, True),
    ("casey", "works", "", 2, True),
    ("casey", "declined", "Old card", -1, False),
)


async def load_cards(work: Work, cast: Cast, sandbox: Store) -> None:
    """Let Gina and Casey have paid with cards before. What the sandbox knows of it is for the caller to save."""
    slug = cast.harbor.slug
    customers: dict[str, str] = {}
    for name, behaviour, called, years, is_usual in KEPT:
        account_id = cast.accounts[name].id
        if name not in customers:
            customers[name] = objects.add_customer(sandbox, slug, {"metadata": {"account": str(account_id)}})["id"]
            work.add(
                CardCustomer(
                    organization_id=cast.harbor.id,
                    account_id=account_id,
                    account_ref=f"acct_sandbox_{slug}",
                    ref=customers[name],
                    created_at=work.now - timedelta(days=90),
                )
            )
        method = objects.add_method(sandbox, slug, behaviour, customers[name])
        method["card"] |= {"exp_month": 12, "exp_year": work.now.year + years}
        work.add(_saved(work, cast, name, method, called, is_usual=is_usual))
    await work.flush()


def _saved(work: Work, cast: Cast, name: str, method: Thing, called: str, *, is_usual: bool) -> SavedCard:
    card = method["card"]
    return SavedCard(
        organization_id=cast.harbor.id,
        account_id=cast.accounts[name].id,
        account_ref=method["customer"],
        ref=method["id"],
        brand=card["brand"],
        last4=card["last4"],
        exp_month=card["exp_month"],
        exp_year=card["exp_year"],
        name=called,
        is_default=is_usual,
        consent=words.consent(cast.harbor.name),
        created_at=work.now - timedelta(days=90),
    )
