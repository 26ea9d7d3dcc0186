"""The county's homeless response system: invented agencies, their projects, and what HMIS records about those."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

COC = "CA-513"
GEOCODE = "069107"
OPENED = date(2015, 7, 1)

#: Project types of list 2.02.6 by the word used here.
TYPES = {
    "shelter": 0, "nights": 1, "transitional": 2, "psh": 3, "outreach": 4, "services": 6,
    "safe haven": 8, "day": 11, "prevention": 12, "rrh": 13, "entry": 14,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Project:
    """One project: who runs it, of which kind, paid by whom (list 2.06.1), how many beds, for whom."""

    id: str
    organization: str
    name: str
    kind: str
    funder: int
    beds: int = 0
    household: int = 1
    only: str = "anyone"

    @property
    def type(self) -> int:
        """HUD's project type."""
        return TYPES[self.kind]


ORGANIZATIONS = {
    "1": "Valley Lantern Outreach",
    "2": "Sierra Gate Rescue Shelter",
    "3": "Crossroads Housing Partnership",
    "4": "County Homeless Alliance",
    "5": "Bridgehouse Youth Center",
    "6": "Madrone Family Refuge",
}
PROJECTS = (
    Project("101", "1", "Street Outreach North", "outreach", 21),
    Project("102", "1", "Street Outreach South", "outreach", 11),
    Project("103", "1", "Lantern Day Center", "day", 46),
    Project("201", "2", "Sierra Gate Emergency Shelter", "shelter", 8, 120),
    Project("202", "2", "Winter Night Shelter", "nights", 8, 60),
    Project("203", "6", "Madrone Family Shelter", "shelter", 8, 80, 3, "families"),
    Project("204", "2", "Quiet Rooms Safe Haven", "safe haven", 6, 15),
    Project("301", "3", "Second Step Transitional Housing", "transitional", 5, 40),
    Project("302", "3", "Crossroads Rapid Re-Housing", "rrh", 3, 60),
    Project("303", "3", "Harvest Apartments", "psh", 2, 150),
    Project("304", "3", "Keep Your Home", "prevention", 9),
    Project("305", "3", "Housing Navigation", "services", 4),
    Project("401", "4", "Coordinated Entry", "entry", 4),
    Project("501", "5", "Bridgehouse Youth Beds", "shelter", 43, 20, 1, "youth"),
    Project("502", "5", "Bridgehouse Rapid Re-Housing", "rrh", 43, 20, 1, "youth"),
)
BY_ID = {project.id: project for project in PROJECTS}
CLINICS = (
    "Alder Grove Family Health Center", "Cotton Flat Clinic", "Rio Manso Health", "Sierra Gate Medical Group",
    "Kaweah Ford Pediatrics", "Orange Bend Community Clinic", "Street Medicine Team", "Valley Women's Health",
)  # fmt: skip
HOSPITALS = ("Kaweah Ford Regional", "Rio Manso General", "Sierra Gate Medical Center")


def choices(kind: str, who: str) -> list[Project]:
    """The projects of a kind that take this household: families, youth or anyone."""
    mine = [one for one in PROJECTS if one.kind == kind and one.only == who]
    return mine or [one for one in PROJECTS if one.kind == kind and one.only == "anyone"]


def npi(i: int) -> str:
    """An invented National Provider Identifier whose check digit is right."""
    body = f"1{i:08d}"
    total = 24
    for place, digit in enumerate(reversed(body)):
        n = int(digit) * (2 if place % 2 == 0 else 1)
        total += n - 9 if n > 9 else n
    return body + str(-total % 10)


def rows() -> Iterator[tuple[str, dict[str, object]]]:
    """HMIS rows (table, columns) of organizations, projects and all that describes them."""
    for key, name in ORGANIZATIONS.items():
        yield "Organization", {"OrganizationID": key, "OrganizationName": name, "VictimServiceProvider": 0}
    for project in PROJECTS:
        yield from _about(project)
    yield (
        "Affiliation",
        {"AffiliationID": "1", "ProjectID": "305", "ResProjectID": "303"},
    )


def _about(project: Project) -> Iterator[tuple[str, dict[str, object]]]:
    kind = project.type
    yield (
        "Project",
        {
            "ProjectID": project.id,
            "OrganizationID": project.organization,
            "ProjectName": project.name,
            "OperatingStartDate": OPENED,
            "ContinuumProject": 1,
            "ProjectType": kind,
            "HousingType": {13: 3, 0: 1, 1: 1, 2: 1, 3: 2, 8: 1}.get(kind),
            "RRHSubType": 2 if kind == 13 else None,
            "ResidentialAffiliation": 1 if kind == 6 else None,
            "TargetPopulation": 4,
            "HOPWAMedAssistedLivingFac": 2 if kind in (0, 1, 2, 3, 8, 13) else None,
        },
    )
    yield (
        "Funder",
        {
            "FunderID": project.id,
            "ProjectID": project.id,
            "Funder": project.funder,
            "OtherFunder": "County general fund" if project.funder == 46 else None,
            "GrantID": f"CW-{project.id}",
            "StartDate": OPENED,
        },
    )
    yield (
        "ProjectCoC",
        {
            "ProjectCoCID": project.id, "ProjectID": project.id, "CoCCode": COC, "Geocode": GEOCODE,
            "City": "Alder Grove", "State": "CA", "ZIP": "93291", "GeographyType": 2,
        },
    )  # fmt: skip
    yield (
        "HMISParticipation",
        {
            "HMISParticipationID": project.id,
            "ProjectID": project.id,
            "HMISParticipationType": 1,
            "HMISParticipationStatusStartDate": OPENED,
        },
    )
    yield (
        "CEParticipation",
        {
            "CEParticipationID": project.id,
            "ProjectID": project.id,
            "AccessPoint": int(kind in (4, 14)),
            "PreventionAssessment": int(kind == 14) if kind in (4, 14) else None,
            "CrisisAssessment": 1 if kind in (4, 14) else None,
            "HousingAssessment": int(kind == 14) if kind in (4, 14) else None,
            "DirectServices": 0 if kind in (4, 14) else None,
            "ReceivesReferrals": int(kind in (0, 1, 2, 3, 8, 13)),
            "CEParticipationStatusStartDate": OPENED,
        },
    )
    if project.beds:
        night = kind in (0, 1)
        yield (
            "Inventory",
            {
                "InventoryID": project.id,
                "ProjectID": project.id,
                "CoCCode": COC,
                "HouseholdType": project.household,
                "Availability": 1 if night else None,
                "UnitInventory": project.beds // (3 if project.household == 3 else 1),
                "BedInventory": project.beds,
                "CHVetBedInventory": 0, "YouthVetBedInventory": 0, "VetBedInventory": 0,
                "CHYouthBedInventory": 0, "YouthBedInventory": project.beds if project.only == "youth" else 0,
                "CHBedInventory": project.beds if kind == 3 else 0,
                "OtherBedInventory": 0 if kind == 3 or project.only == "youth" else project.beds,
                "ESBedType": 1 if night else None,
                "InventoryStartDate": OPENED,
            },
        )  # fmt: skip
