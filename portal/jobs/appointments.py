"""Requests that nobody answered expire; appointments are reminded of. Run it every few minutes, by several workers."""

from portal.runtime import Runtime
from portal.scheduling.service_jobs import expire_requests, remind


async def look_after_appointments(runtime: Runtime) -> int:
    """Do what time asks for; returns how much was done. Running it again does nothing twice."""
    async with runtime.database.unit_of_work() as work:
        done = await expire_requests(work)
    async with runtime.database.unit_of_work() as work:
        return done + await remind(work)
