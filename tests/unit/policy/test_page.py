"""The manual's page about a program says everything that decides, in words."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from crosswalk.core.policy import load, shipped_folder
from crosswalk.core.policy.page import program_page, programs_page
from made_up_policy import made_up_policy

PAGE = """# At risk for avoidable use

## In short

People who use emergency care often. (Population of Focus of Enhanced Care Management, `ecm.2`)

- Also known as: High utilizers
- In force: from 2026-01-01; release 2026.1
- Source: Guide, 2026, p. 19
- How sure: verified in the primary source

## First of all: Can have ECM at all

- Is enrolled in a plan

## Whom it is about

Is an adult (p. 11). That is:

- Is 21 or older

## Who may enter

All of these:

- Had 5 or more visits
- Not so: Receives hospice care
- Has a covered aid code

## Who may stay

- Is enrolled in a plan

## When it ends

- All goals are met

## What the plan may also do

- The plan may approve below the threshold, when: ed visits in the last 6 months: 3 or more

## Providers that fit

- A medical team fits (`medical`), when: ed visits in the last 6 months: 20 or more

## Limits

- Up to 12 months (verified in the primary source: Guide, p. 1)

## Facts it reads

- `mcp_enrolled`: yes
- `age`: 21 or more
- `ed_visits__6m`: 5 or more
- `programs_held`: includes hospice
- `aid_code`: a code of the list “covered aid”

## Worked examples

- A man with twenty visits who is not linked: **unknown**; asks about mcp_enrolled
- Five visits: **met**
- Four visits: **not met**
- Visits not known: **unknown**; asks about ed_visits
"""


def test_the_page_of_the_made_up_program(tmp_path: Path) -> None:
    edition = load(made_up_policy(tmp_path)).as_of(date(2026, 11, 1))
    assert program_page(edition, "ecm.2") == PAGE


@pytest.mark.parametrize("day", [date(2022, 7, 1), date(2024, 1, 1), date(2026, 11, 1)])
def test_every_shipped_program_can_be_shown(day: date) -> None:
    edition = load(shipped_folder()).as_of(day)
    page = programs_page(edition)
    assert page.count("\n## ") == len(edition.programs)
    assert page.count("\n### Who may enter") == len(edition.programs)
    assert "None" not in page.replace("None of these", "")
