"""The list of payers that a practice begins with: large insurance companies and programs of the United States."""

from uuid import UUID

from sqlmodel import col, select

from portal.database import Work
from portal.kit.text import fold
from portal.models import Payer

LARGE_PAYERS = (
    "Aetna",
    "Ambetter",
    "AmeriHealth Caritas",
    "Anthem Blue Cross and Blue Shield",
    "Arkansas Blue Cross and Blue Shield",
    "AvMed",
    "Blue Cross and Blue Shield of Alabama",
    "Blue Cross and Blue Shield of Illinois",
    "Blue Cross and Blue Shield of Kansas",
    "Blue Cross and Blue Shield of Kansas City",
    "Blue Cross and Blue Shield of Louisiana",
    "Blue Cross and Blue Shield of Massachusetts",
    "Blue Cross and Blue Shield of Minnesota",
    "Blue Cross and Blue Shield of North Carolina",
    "Blue Cross and Blue Shield of Tennessee",
    "Blue Cross and Blue Shield of Texas",
    "Blue Cross Blue Shield Federal Employee Program",
    "Blue Cross Blue Shield of Arizona",
    "Blue Cross Blue Shield of Michigan",
    "Blue Shield of California",
    "BlueCross BlueShield of South Carolina",
    "Capital Blue Cross",
    "CareFirst BlueCross BlueShield",
    "Carelon Behavioral Health",
    "CareSource",
    "CDPHP",
    "Cigna Healthcare",
    "EmblemHealth",
    "Excellus BlueCross BlueShield",
    "Fidelis Care",
    "Florida Blue",
    "GEHA",
    "Geisinger Health Plan",
    "Harvard Pilgrim Health Care",
    "Health Net",
    "HealthPartners",
    "Healthfirst",
    "Highmark Blue Cross Blue Shield",
    "Horizon Blue Cross Blue Shield of New Jersey",
    "Humana",
    "Independence Blue Cross",
    "Kaiser Permanente",
    "L.A. Care Health Plan",
    "Magellan Health",
    "Medica",
    "Medical Mutual of Ohio",
    "Medicare",
    "MetroPlusHealth",
    "Molina Healthcare",
    "Optum",
    "Oscar Health",
    "Oxford Health Plans",
    "Premera Blue Cross",
    "Priority Health",
    "Providence Health Plan",
    "Regence BlueCross BlueShield",
    "Regence BlueShield",
    "Sentara Health Plans",
    "TRICARE East",
    "TRICARE West",
    "Tufts Health Plan",
    "UnitedHealthcare",
    "UPMC Health Plan",
    "WellCare",
    "Wellpoint",
)


async def install_payers(work: Work, organization_id: UUID) -> int:
    """Put the large payers on a practice's list, but for those that are on it already; returns how many were new."""
    query = select(Payer.name_key).where(col(Payer.organization_id) == organization_id)
    known = set((await work.exec(query)).all())
    fresh = [name for name in LARGE_PAYERS if fold(name) not in known]
    work.add_all(
        Payer(organization_id=organization_id, name=name, name_key=fold(name), created_at=work.now) for name in fresh
    )
    await work.flush()
    return len(fresh)
