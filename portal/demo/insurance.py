"""Insurance of the demo: Milo's policy, two of Casey's, and a change that Casey sent and Bea has not looked at.

All of it goes through the gate and the services, as if people had clicked.
"""

from datetime import timedelta
from uuid import UUID

from portal.access.actor import StaffTask
from portal.access.gate import open_client, open_practice
from portal.database import Work
from portal.demo.forms import earlier, signed_in
from portal.demo.people import Cast
from portal.insurance.service import Typed, add_policy
from portal.insurance.service_proposing import Wish, propose
from portal.kit.ids import new_id
from portal.models import Permission, Subscriber

_OWN = {"subscriber": Subscriber.SELF.value, "first_day": "2025-01-01"}
_CASEY = {**_OWN, "plan": "Choice Plus", "member_id": "918273645", "group_number": "704512"}
_SECOND = {**_OWN, "plan": "", "member_id": "MBR-55-0102", "group_number": ""}
_MILO = {
    "plan": "Open Choice PPO",
    "member_id": "W204817365",
    "group_number": "0868013",
    "subscriber": Subscriber.PARENT.value,
    "subscriber_name": "Gina Park",
    "subscriber_birth_date": "1987-06-27",
    "first_day": "2025-01-01",
}


async def load_insurance(work: Work, cast: Cast) -> None:
    """Let Bea have entered three policies, and Casey have sent a change of the first."""
    with earlier(work, timedelta(days=40)):
        await _add(work, cast, "milo", Typed("Aetna", _MILO), 1)
        policy_id = await _add(work, cast, "casey", Typed("UnitedHealthcare", _CASEY), 1)
        await _add(work, cast, "casey", Typed("Medicare", _SECOND), 2)
    changed = {**_CASEY, "member_id": "918273699", "plan": "Choice Plus Silver"}
    with earlier(work, timedelta(hours=3)):
        async with signed_in(work, cast.accounts["casey"]) as session_hash:
            access = await open_client(work, session_hash, cast.clients["casey"].id, Permission.INSURANCE)
            await propose(work, access, wish=Wish(new_id(), "UnitedHealthcare", changed, policy_id, seen=1))


async def _add(work: Work, cast: Cast, client: str, typed: Typed, place: int) -> UUID:
    async with signed_in(work, cast.accounts["bea"]) as session_hash:
        task, client_id = StaffTask.INSURANCE_REVIEW, cast.clients[client].id
        access = await open_practice(work, session_hash, task, client_id=client_id)
        return await add_policy(work, access, typed=typed, place=place)
