"""Stories of children and youth: CCS, child welfare, and leaving both."""

from __future__ import annotations

from crosswalk.core.simulation.cases import (
    Case,
    Happened,
    Someone,
    attests,
    diagnosis,
    met,
    not_met,
    program,
    unknown,
)


def _care(code: str, since: str, until: str = "") -> Happened:
    return Happened("foster_care", code, since, until, "CA")


CASES = (
    Case(
        "ccs_child_hungry",
        "Child in CCS whose family lacks food",
        (
            Someone(
                9,
                events=(program("ccs"), attests("food_insecure")),
                answers=(met("ecm.7", "CCS and not enough food"),),
            ),
        ),
    ),
    Case(
        "ccs_child_nothing_asked",
        "Child in CCS; nobody asked about food, home or school",
        (
            Someone(
                6,
                "F",
                events=(program("ccs"),),
                answers=(unknown("ecm.7", "food_insecure", "a social factor must be asked about"),),
            ),
        ),
    ),
    Case(
        "asthma_not_in_ccs",
        "Child with asthma who is not in CCS",
        (
            Someone(
                10,
                events=(diagnosis("J45.40"), attests("food_insecure")),
                answers=(not_met("ecm.7", "not in CCS"),),
            ),
        ),
    ),
    Case(
        "foster_child",
        "Child of 12 in foster care",
        (
            Someone(
                12,
                "F",
                aid_code="42",
                events=(_care("placement", "20m"),),
                answers=(met("ecm.8", "in foster care now"), not_met("ecm.1a", "a child")),
            ),
        ),
    ),
    Case(
        "foster_care_until_march",
        "Boy of 8 who left foster care 7 months ago",
        (
            Someone(
                8,
                events=(_care("placement", "30m", "7m"),),
                answers=(met("ecm.8", "in care within 12 months"),),
            ),
        ),
    ),
    Case(
        "former_foster_25",
        "Former foster youth of 25 who was in care on the 18th birthday",
        (
            Someone(
                25,
                "F",
                aid_code="4M",
                events=(_care("aged_out", "7y"),),
                answers=(met("ecm.8", "aged out, under 26"),),
            ),
        ),
    ),
    Case(
        "former_foster_26",
        "Former foster youth, 26 by now",
        (Someone(26, events=(_care("aged_out", "8y"),), answers=(not_met("ecm.8", "26 and older"),)),),
    ),
    Case(
        "adopted_with_assistance",
        "Girl of 14 in the Adoption Assistance Program",
        (
            Someone(
                14,
                "F",
                aid_code="03",
                events=(_care("adoption_assistance", "5y"),),
                answers=(met("ecm.8", "adoption assistance, under 18"),),
            ),
        ),
    ),
    Case(
        "family_maintenance",
        "Boy of 11 whose family gets Family Maintenance",
        (
            Someone(
                11,
                events=(_care("family_maintenance", "4m"),),
                answers=(met("ecm.8", "Family Maintenance now"),),
            ),
        ),
    ),
    Case(
        "youth_22_foster_open",
        "Youth of 22; whether she was ever in foster care is not recorded",
        (
            Someone(
                22,
                "F",
                answers=(
                    unknown(
                        "ecm.8", "aged_out_of_foster_care", "foster care on the 18th birthday must be asked"
                    ),
                ),
            ),
        ),
    ),
)
