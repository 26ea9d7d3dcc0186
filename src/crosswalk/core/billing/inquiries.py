"""Questions of coverage (270): members asked about in batches no larger than the plan takes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from crosswalk.core.basics import Refused
from crosswalk.core.billing.checks import check_provider, cin_of, written
from crosswalk.core.billing.services import Payer, Provider, Question
from crosswalk.core.formats.x12.records import Dated, EligibilityBatch, Inquiry, Party, Request

#: 30 asks for everything that is covered.
EVERYTHING = "30"
DAY_OF_SERVICE = "291"


def inquiries(
    provider: Provider, payer: Payer, questions: Sequence[Question], *, at_most: int = 99
) -> Iterator[tuple[EligibilityBatch, list[Inquiry]]]:
    """The sets of a 270: each asks about at most `at_most` members: what the plan says it takes (99, unverified).

    Refused where a number is not a CIN, a provider's number does not hold together, or `at_most` is below 1.
    """
    if at_most < 1:
        raise Refused("A batch asks about at least one member.", place="at_most", code="billing.batch")
    check_provider(provider, "provider", bills=False)
    for start in range(0, len(questions), at_most):
        part = questions[start : start + at_most]
        head = EligibilityBatch("270", "", purpose="13", reference=f"{start // at_most + 1:04d}")
        yield (
            head,
            [*_above(provider, payer), *(_asked(start + at, at + 3, one) for at, one in enumerate(part))],
        )


def _above(provider: Provider, payer: Payer) -> list[Inquiry]:
    plan = Party("PR", "2", written(payer.name), id_kind="PI", id=payer.id)
    person = "1" if provider.first_name else "2"
    asker = Party(
        "1P", person, written(provider.name), written(provider.first_name), id_kind="XX", id=provider.npi
    )
    return [Inquiry("1", "", "20", "1", plan), Inquiry("2", "1", "21", "1", asker)]


def _asked(number: int, level: int, question: Question) -> Inquiry:
    member, place = question.member, f"questions[{number}]"
    party = Party(
        "IL", "1", written(member.last_name), written(member.first_name), id_kind="MI", id=cin_of(member, place),
        birth=member.birth, sex=member.sex if member.birth and member.sex in ("F", "M") else "",
    )  # fmt: skip
    trace = question.trace or f"{number + 1:08d}"
    return Inquiry(
        str(level), "2", "22", "0", party, traces=(("1", trace, "9CROSSWALK"),),
        dates=(Dated(DAY_OF_SERVICE, question.day),), requests=(Request((EVERYTHING,)),),
    )  # fmt: skip
