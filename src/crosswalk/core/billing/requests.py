"""Requests for authorization (278): one set a wish. Few plans take them; portals and sheets are more usual."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from crosswalk.core.basics import Refused
from crosswalk.core.billing.checks import amount, check_provider, cin_of, diagnosis, written
from crosswalk.core.billing.codes import Codes
from crosswalk.core.billing.services import Payer, Provider, Service, Wish
from crosswalk.core.formats.x12.records import (
    Authorization,
    AuthorizedService,
    Contact,
    Dated,
    Diagnosis,
    Party,
    Review,
)

_EARLIER = "BB"


def requests(
    provider: Provider, payer: Payer, wishes: Sequence[Wish], codes: Codes
) -> Iterator[tuple[Review, list[Authorization]]]:
    """The sets of a 278 request: plan, requester, member, event and service of each wish."""
    check_provider(provider, "provider", bills=False)
    for at, wish in enumerate(wishes):
        yield (
            Review("", purpose="13", reference=wish.trace),
            _levels(provider, payer, wish, codes, f"wishes[{at}]"),
        )


def _levels(provider: Provider, payer: Payer, wish: Wish, codes: Codes, place: str) -> list[Authorization]:
    if wish.until < wish.day:
        raise Refused("The last day lies before the first.", place=f"{place}.until", code="billing.days")
    member = wish.member
    plan = Party("X3", "2", written(payer.name), id_kind="PI", id=payer.id)
    phone = "".join(sign for sign in provider.phone if sign.isdigit())
    desk = (Contact("IC", written(provider.contact), (("TE", phone),)),) if phone else ()
    asker = Party("1P", "2", written(provider.name), id_kind="XX", id=provider.npi, contacts=desk)
    person = Party(
        "IL", "1", written(member.last_name), written(member.first_name), id_kind="MI", id=cin_of(member, place),
        birth=member.birth, sex=member.sex if member.birth and member.sex in ("F", "M") else "",
    )  # fmt: skip
    return [
        Authorization("1", "", "20", "1", plan), Authorization("2", "1", "21", "1", asker),
        Authorization("3", "2", "22", "1", person), _event(provider, wish, place), _service(wish, codes, place),
    ]  # fmt: skip


def _event(provider: Provider, wish: Wish, place: str) -> Authorization:
    given_by = wish.service_provider or provider
    check_provider(given_by, f"{place}.service_provider", bills=False)
    kind = "1" if given_by.first_name else "2"
    party = Party(
        "SJ", kind, written(given_by.name), written(given_by.first_name), id_kind="XX", id=given_by.npi
    )
    found = list(dict.fromkeys(diagnosis(text, place) for text in wish.diagnoses))
    # UM: service request, kind, (service type), place, (accident), (level of service: 03 urgent, E elective).
    asked = ("HS", wish.kind, "", f"{wish.place}:B", "", "03" if wish.urgent else "E")
    return Authorization(
        "4", "3", "EV", "1", parties=(party,), traces=(("1", wish.trace, "9CROSSWALK"),), request=asked,
        references=((_EARLIER, wish.earlier),) if wish.earlier else (), dates=(Dated("AAH", wish.day, wish.until),),
        diagnoses=tuple(Diagnosis("ABF" if at else "ABK", code, not at) for at, code in enumerate(found)),
    )  # fmt: skip


def _service(wish: Wish, codes: Codes, place: str) -> Authorization:
    like = Service(
        wish.member, wish.day, amount(wish.units), wish.trace, wish.program, wish.code, wish.modifiers
    )  # fmt: skip
    code, modifiers = codes.of(like, place)
    told = (":".join(("HC", code, *modifiers)), "", "UN", f"{amount(wish.units):f}")
    return Authorization("5", "4", "SS", "0", service=AuthorizedService("SV1", told))
