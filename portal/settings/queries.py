"""Every SELECT of the settings."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import col, select

from portal.database import Work
from portal.models import Client, ClientRestriction, Organization, OrganizationSetting
from portal.settings.catalog import SettingName


async def find_settings(work: Work, organization_id: UUID) -> Sequence[OrganizationSetting]:
    """Find what a practice decided; settings it never touched have no row."""
    query = select(OrganizationSetting).where(OrganizationSetting.organization_id == organization_id)
    return (await work.exec(query)).all()


async def lock_practice(work: Work, organization_id: UUID) -> Organization:
    """Find the practice and let nobody else change its settings until this unit ends."""
    query = select(Organization).where(Organization.id == organization_id)
    return (await work.exec(query.with_for_update(key_share=True))).one()


async def is_client_of(work: Work, organization_id: UUID, client_id: UUID) -> bool:
    """Whether there is such a client in the practice."""
    query = select(Client.id).where(Client.organization_id == organization_id, Client.id == client_id)
    return (await work.exec(query)).one_or_none() is not None


async def find_restriction(
    work: Work, organization_id: UUID, client_id: UUID, name: SettingName
) -> ClientRestriction | None:
    """Find the row that says that a setting is off for one client."""
    query = select(ClientRestriction).where(
        col(ClientRestriction.organization_id) == organization_id,
        ClientRestriction.client_id == client_id,
        ClientRestriction.setting == name,
    )
    return (await work.exec(query)).one_or_none()
