"""What HMIS records about a stay: the rows of every table, with the conditions of the FY2026 specification kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from crosswalk.core.simulation.chance import Chance
from crosswalk.core.simulation.journeys import (
    DETOX,
    FOSTER,
    HOSPITAL,
    JAIL,
    NURSING,
    PSYCHIATRIC,
    Client,
    Stay,
)
from crosswalk.core.simulation.network import COC

Row = tuple[str, dict[str, object]]
_INSTITUTIONS = (PSYCHIATRIC, DETOX, HOSPITAL, JAIL, FOSTER, NURSING)
_INCOMES = (
    "Earned", "Unemployment", "SSI", "SSDI", "VADisabilityService", "VADisabilityNonService", "PrivateDisability",
    "WorkersComp", "TANF", "GA", "SocSecRetirement", "Pension", "ChildSupport", "Alimony", "OtherIncomeSource",
)  # fmt: skip
_INSURANCES = (
    "Medicaid", "Medicare", "SCHIP", "VHAServices", "EmployerProvided", "COBRA", "PrivatePay", "StateHealthIns",
    "IndianHealthServices", "OtherInsurance",
)  # fmt: skip


class Registrar:
    """Numbers the rows of one export and keeps each household's own number per stay."""

    def __init__(self) -> None:
        self.count: dict[str, int] = {}

    def next(self, table: str) -> str:
        """The next row number of a table."""
        self.count[table] = n = self.count.get(table, 0) + 1
        return str(n)

    def stay(self, stay: Stay, on: date, chance: Chance, nth: int = 0) -> Iterator[Row]:
        """All rows of one stay, for each member of the household. `nth` picks among a client's PersonalIDs."""
        household = f"HH{self.next('Household')}"
        for client, relation in stay.members:
            personal = client.ids[nth % len(client.ids)]
            enrollment = self.next("Enrollment")
            keys: dict[str, object] = {"EnrollmentID": enrollment, "PersonalID": personal}
            adult = (stay.entered - client.who.dob).days >= 6575
            yield "Enrollment", keys | {"HouseholdID": household} | _entry(stay, client, relation, adult)
            yield from self._intake(stay, client, keys, adult or relation == 1)
            yield from self._care(stay, client, keys, adult or relation == 1, chance)
            if stay.left is not None:
                yield "Exit", keys | {"ExitID": self.next("Exit")} | _exit(stay)
            if relation == 1:
                yield from self._later(stay, client, keys, on)

    def _intake(self, stay: Stay, client: Client, keys: dict[str, object], asked: bool) -> Iterator[Row]:
        told = client.health
        stage = {"InformationDate": stay.entered, "DataCollectionStage": 1}
        for kind in (5, 6, 7, 8, 9, 10):
            answer = told.conditions.get(kind, 0 if told.disabling != 99 else 99)
            yield (
                "Disabilities",
                keys
                | stage
                | {
                    "DisabilitiesID": self.next("Disabilities"),
                    "DisabilityType": kind,
                    "DisabilityResponse": answer,
                    "IndefiniteAndImpairs": 1 if 1 <= answer <= 3 else None,
                    "TCellCountAvailable": 0 if kind == 8 and answer == 1 else None,
                    "ViralLoadAvailable": 0 if kind == 8 and answer == 1 else None,
                    "AntiRetroviral": 1 if kind == 8 and answer == 1 else None,
                },
            )
        if asked:
            yield self._violence(client, keys | stage)
            yield self._income(client, keys | stage)
            if client.who.dob.year >= stay.entered.year - 24:
                yield self._schooling(client, keys | stage)

    def _violence(self, client: Client, keys: dict[str, object]) -> Row:
        told = client.health
        return "HealthAndDV", keys | {
            "HealthAndDVID": self.next("HealthAndDV"),
            "DomesticViolenceSurvivor": told.violence,
            "WhenOccurred": (1 if told.fleeing else 4) if told.violence == 1 else None,
            "CurrentlyFleeing": told.fleeing if told.violence == 1 else None,
            "PregnancyStatus": told.pregnant,
            "DueDate": told.due if told.pregnant == 1 else None,
        }

    def _income(self, client: Client, keys: dict[str, object]) -> Row:
        told = client.health
        row = keys | {
            "IncomeBenefitsID": self.next("IncomeBenefits"),
            "IncomeFromAnySource": int(bool(told.income)),
            "TotalMonthlyIncome": f"{told.amount if told.income else 0:.2f}",
            "BenefitsFromAnySource": told.snap,
            "SNAP": told.snap,
            "WIC": 0, "TANFChildCare": 0, "TANFTransportation": 0, "OtherTANF": 0, "OtherBenefitsSource": 0,
            "InsuranceFromAnySource": told.medicaid,
        }  # fmt: skip
        row |= {name: int(name == told.income) for name in _INCOMES}
        if told.income:
            row[f"{told.income}Amount"] = f"{told.amount:.2f}"
        row |= dict.fromkeys(_INSURANCES, 0 if told.medicaid != 99 else 99)
        row["Medicaid"] = told.medicaid
        if told.medicaid == 0:
            row["NoMedicaidReason"] = 3
        return "IncomeBenefits", row

    def _schooling(self, client: Client, keys: dict[str, object]) -> Row:
        works = client.health.income == "Earned"
        return "EmploymentEducation", keys | {
            "EmploymentEducationID": self.next("EmploymentEducation"),
            "LastGradeCompleted": 4,
            "SchoolStatus": 5,
            "Employed": int(works),
            "EmploymentType": 2 if works else None,
            "NotEmployedReason": None if works else 1,
        }

    def _care(
        self, stay: Stay, client: Client, keys: dict[str, object], asked: bool, chance: Chance
    ) -> Iterator[Row]:
        for night in stay.nights:
            yield (
                "Services",
                keys
                | {
                    "ServicesID": self.next("Services"),
                    "DateProvided": night,
                    "RecordType": 200,
                    "TypeProvided": 200,
                },
            )
        if not asked:
            return
        for seen in stay.seen:
            leaves = seen.leaves if seen.code >= 200 else None
            after = leaves == 1
            yield (
                "CurrentLivingSituation",
                keys
                | {
                    "CurrentLivingSitID": self.next("CurrentLivingSituation"),
                    "InformationDate": seen.day,
                    "CurrentLivingSituation": seen.code,
                    "CLSSubsidyType": 440 if seen.code == 435 else None,
                    "VerifiedBy": "Outreach worker" if stay.project.type == 14 else None,
                    "LeaveSituation14Days": leaves,
                    "SubsequentResidence": (0 if seen.nothing_next else 1) if after else None,
                    "ResourcesToObtain": (0 if seen.nothing_next else 1) if after else None,
                    "LeaseOwn60Day": 0 if after else None,
                    "MovedTwoOrMore": 0 if after else None,
                },
            )
        if stay.project.funder == 21 and client.case == "":
            for seen in stay.seen[1::3]:
                yield (
                    "Services",
                    keys
                    | {
                        "ServicesID": self.next("Services"),
                        "DateProvided": seen.day,
                        "RecordType": 141,
                        "TypeProvided": chance.choice((1, 2, 4, 6)),
                    },
                )

    def _later(self, stay: Stay, client: Client, keys: dict[str, object], on: date) -> Iterator[Row]:
        for day, listed in stay.assessed:
            key = self.next("Assessment")
            yield (
                "Assessment",
                keys
                | {
                    "AssessmentID": key,
                    "AssessmentDate": day,
                    "AssessmentLocation": "Access point",
                    "AssessmentType": 3,
                    "AssessmentLevel": 2,
                    "PrioritizationStatus": 1 if listed else 2,
                },
            )
            yield (
                "AssessmentQuestions",
                keys
                | {
                    "AssessmentQuestionID": self.next("AssessmentQuestions"),
                    "AssessmentID": key,
                    "AssessmentQuestionGroup": "History of housing",
                    "AssessmentQuestionOrder": 1,
                    "AssessmentQuestion": "How many months without a home of your own?",
                    "AssessmentAnswer": str(max(0, stay.months - 100)),
                },
            )
            yield (
                "AssessmentResults",
                keys
                | {
                    "AssessmentResultID": self.next("AssessmentResults"),
                    "AssessmentID": key,
                    "AssessmentResultType": "Vulnerability score",
                    "AssessmentResult": str(4 + 2 * len(client.health.conditions) + (3 if listed else 0)),
                },
            )
        for day, event, result in stay.referred:
            yield (
                "Event",
                keys
                | {
                    "EventID": self.next("Event"),
                    "EventDate": day,
                    "Event": event,
                    "LocationCrisisOrPHHousing": "Harvest Apartments" if event in (13, 14) else None,
                    "ReferralResult": result,
                    "ResultDate": min(on, day + timedelta(days=9)) if result else None,
                },
            )
        if stay.project.only == "families" and client.case == "":
            yield (
                "YouthEducationStatus",
                keys
                | {
                    "YouthEducationStatusID": self.next("YouthEducationStatus"),
                    "InformationDate": stay.entered,
                    "CurrentSchoolAttend": 0,
                    "MostRecentEdStatus": 2,
                    "DataCollectionStage": 1,
                },
            )


def _entry(stay: Stay, client: Client, relation: int, adult: bool) -> dict[str, object]:
    kind = stay.project.type
    row: dict[str, object] = {
        "ProjectID": stay.project.id,
        "EntryDate": stay.entered,
        "RelationshipToHoH": relation,
        "EnrollmentCoC": COC,
        "DisablingCondition": client.health.disabling,
        "DateOfEngagement": stay.seen[1].day if kind in (1, 4, 6) and len(stay.seen) > 1 else None,
        "MoveInDate": stay.moved_in if relation == 1 else None,
        "PercentAMI": 1 if stay.project.kind == "prevention" and relation == 1 else None,
        "TimeToHousingLoss": stay.days_to_loss if relation == 1 else None,
        "FormerWardChildWelfare": client.health.former_foster,
        "ClientEnrolledInPATH": 1 if stay.project.funder == 21 and adult else None,
        "DateOfPATHStatus": stay.entered if stay.project.funder == 21 and adult else None,
    }
    if adult or relation == 1:
        row |= _before(stay, kind)
    return row


def _before(stay: Stay, kind: int) -> dict[str, object]:
    """Element 3.917: where the person slept before, for how long, and whether the street lies behind it."""
    told: dict[str, object] = {"LivingSituation": stay.prior, "LengthOfStay": stay.length}
    if stay.prior == 435:
        told["RentalSubsidyType"] = 440
    asked = kind in (0, 1, 4, 8) or 100 <= stay.prior < 200
    if not asked:
        short = stay.length in ((10, 11, 2, 3) if stay.prior in _INSTITUTIONS else (10, 11))
        told["LOSUnderThreshold"] = int(short)
        if short:
            told["PreviousStreetESSH"] = int(stay.before_street)
            asked = stay.before_street
    if asked:
        told |= {
            "DateToStreetESSH": stay.since or stay.entered,
            "TimesHomelessPastThreeYears": stay.times,
            "MonthsHomelessPastThreeYears": stay.months,
        }
    return told


def _exit(stay: Stay) -> dict[str, object]:
    return {
        "ExitDate": stay.left,
        "Destination": stay.destination,
        "DestinationSubsidyType": 431 if stay.destination == 435 else None,
        "HousingAssessment": 1 if stay.project.kind == "prevention" and stay.destination == 410 else None,
    }


def client(one: Client, told: dict[str, object]) -> Row:
    """The Client row: what the desk wrote down (`told` comes out of the noise channel) and the rest as it is."""
    race = one.who.race
    flags = {
        "AmIndAKNative": race.startswith("American Indian"),
        "Asian": race == "Asian",
        "BlackAfAmerican": race.startswith("Black"),
        "HispanicLatinao": race == "Hispanic",
        "MidEastNAfrican": race.startswith("Middle"),
        "NativeHIPacific": race.startswith("Native Hawaiian"),
        "White": race == "White",
    }
    return "Client", {
        **told,
        **{name: int(yes) for name, yes in flags.items()},
        "RaceNone": None if any(flags.values()) else 99,
        "VeteranStatus": one.health.veteran,
        "MilitaryBranch": 1 if one.health.veteran == 1 else None,
        "DischargeStatus": 1 if one.health.veteran == 1 else None,
    }
