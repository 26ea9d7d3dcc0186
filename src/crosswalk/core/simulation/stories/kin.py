"""Stories about who is who: couples, twins, fathers and sons, double surnames, nicknames, two records."""

from __future__ import annotations

from crosswalk.core.simulation.cases import Case, Contact, Someone, Stayed

TOGETHER = (Stayed("shelter", "60d", since="4m", months=104),)
ON_THE_STREET = (
    Stayed("outreach", "60d", since="4m", months=104, seen=(Contact("60d", 116), Contact("15d", 116))),
)
FAMILY = (Stayed("shelter", "55d", since="3m", months=103, takes="families"),)

CASES = (
    Case(
        "couple",
        "A couple in one tent, one address, two surnames",
        (
            Someone(40, name=("Harold", "Birchfield")),
            Someone(38, "F", relation=3, name=("Yolanda", "Quintero")),
        ),
        ON_THE_STREET,
    ),
    Case(
        "twins",
        "Twin sisters: one birth date, one surname, neighbouring numbers",
        (
            Someone(33, "F", name=("Marisol", "Arellano")),
            Someone(33, "F", relation=4, name=("Maribel", "Arellano")),
        ),
        TOGETHER,
        twins=True,
    ),
    Case(
        "junior_and_senior",
        "Father and son of one name",
        (Someone(47, name=("Gustavo", "Renteria"), suffix="Sr"), Someone(15, relation=2, suffix="Jr")),
        FAMILY,
    ),
    Case(
        "double_surname",
        "A woman with two surnames whom the desk wrote down with the second",
        (
            Someone(
                52,
                "F",
                name=("Guadalupe", "Villanueva"),
                second_last="Cazares",
                as_client=(("FirstName", "Lupe"), ("LastName", "Cazares")),
            ),
        ),
        ON_THE_STREET,
    ),
    Case(
        "two_desks",
        "A man whom two desks wrote down, so that he has two PersonalIDs",
        (Someone(44, name=("Francisco", "Barajas"), records=2),),
        (
            Stayed("outreach", "14m", "12m", since="15m", months=102, destination=101),
            Stayed("shelter", "30d", since="3m", months=103),
        ),
    ),
    Case(
        "last_four_only",
        "A veteran who gave the desk only the last four digits of his number",
        (Someone(62, name=("Clarence", "Hollowell"), last_four_only=True),),
        ON_THE_STREET,
    ),
)
