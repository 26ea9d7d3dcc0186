"""Claims of the usual shape, written in one go, as fast as they are read. Any other is written segment by segment."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from operator import attrgetter
from typing import Any

from crosswalk.core.formats.x12.delimiters import Delimiters
from crosswalk.core.formats.x12.records import Claim, Party, Procedure, ServiceLine, Subscriber
from crosswalk.core.formats.x12.records.building import text_of
from crosswalk.core.formats.x12.segments import INSIDE
from crosswalk.core.formats.x12.writing.pen import number_text

#: What the usual shape holds. Reading drafts claims, lines and names with these fields only (a test compares), so
#: an unset `kept` says at once that all others are empty too.
CLAIM_FIELDS = (
    "id", "charge", "place", "facility_list", "frequency", "signature", "assignment", "benefits", "release",
    "diagnoses", "authorization", "payer_claim", "record_number", "rendering", "provider", "subscriber", "patient",
    "lines",
)  # fmt: skip
LINE_FIELDS = (
    "number", "procedure", "charge", "unit", "quantity", "place", "pointers", "first_day", "last_day", "control",
)  # fmt: skip
NAME_FIELDS = ("role", "kind", "last", "first", "middle", "prefix", "suffix", "id_kind", "id")
_USUAL = Delimiters()
_REMEMBERED = 20_000


def _bare(kind: type, last: str, held: tuple[str, ...]) -> Callable[[Any], bool]:
    """Whether a record holds nothing but the named fields."""
    rest = attrgetter(*(name for name in kind.__dataclass_fields__ if name not in held))  # type: ignore[attr-defined]
    slot = kind.__dict__[last].__get__

    def is_bare(one: Any) -> bool:
        try:
            slot(one)
        except AttributeError:
            return True
        return not any(rest(one))

    return is_bare


_unread = text_of
_bare_claim = _bare(Claim, "kept", CLAIM_FIELDS)
_bare_line = _bare(ServiceLine, "kept", LINE_FIELDS)
_bare_name = _bare(Party, "contacts", NAME_FIELDS)
_bare_member = _bare(Party, "contacts", (*NAME_FIELDS, "address", "birth", "sex"))


def as_received(one: Any, delimiters: Delimiters) -> str | None:
    """The text of a record that nobody has read yet, when the file is written with the signs that it came with."""
    try:
        told = _unread(one)
    except AttributeError:
        return None
    if told[2].delimiters != delimiters:
        return None
    block: str = told[1]
    return block.replace(INSIDE, delimiters.terminator) + delimiters.terminator


class _Texts(dict[Any, str]):
    """The texts of values, each written once and remembered for a while."""

    __slots__ = ("_write",)

    def __init__(self, write: Callable[[Any], str]) -> None:
        super().__init__()
        self._write = write

    def __missing__(self, value: Any) -> str:
        if len(self) > _REMEMBERED:
            self.clear()
        text = self[value] = self._write(value)
        return text


class Usual:
    """Writes usual claims and subscribers with `* : ^ ~`, then in the signs of the file; None when not usual.

    A text that holds a separating sign shows as one sign too many, and is left to the general way.
    """

    def __init__(self, delimiters: Delimiters) -> None:
        self.days = _Texts(lambda day: day.isoformat().replace("-", ""))
        self.codes = _Texts(lambda told: f"{told[0]}:{told[1]}")
        # A further code that begins a segment of its own is not usual: it leaves one sign too many.
        self.more_codes = _Texts(lambda told: "^" if told[2] else f"*{told[0]}:{told[1]}")
        self._procedures: dict[int, tuple[Procedure, str, int]] = {}
        self._others = "".join({sign for sign in delimiters if sign} - set(_USUAL))
        pairs = zip(_USUAL, delimiters, strict=True)
        self._table = str.maketrans({ours: theirs for ours, theirs in pairs if theirs})
        self._same = delimiters == _USUAL

    def claim(self, one: Claim) -> tuple[str, int] | None:
        """CLM to the last line, and how many segments that is."""
        diagnoses, charge = one.diagnoses, one.charge
        if not diagnoses or charge is None or not one.release or not _bare_claim(one):
            return None
        text = (
            f"CLM*{one.id}*{_number(charge)}***{one.place}:{one.facility_list}:{one.frequency}*{one.signature}*"
            f"{one.assignment}*{one.benefits}*{one.release}~"
        )
        elements, components, marks = 9 + len(diagnoses), 2 + len(diagnoses), 2
        if one.authorization or one.payer_claim or one.record_number:
            for kind, number in (
                ("G1", one.authorization),
                ("F8", one.payer_claim),
                ("EA", one.record_number),
            ):
                if number:
                    text += f"REF*{kind}*{number}~"
                    elements += 2
                    marks += 1
        text += f"HI*{self.codes[diagnoses[0]]}"
        for told in diagnoses[1:]:
            text += self.more_codes[told]
        text += "~"
        rendering = one.rendering
        if rendering is not None:
            if not rendering.id or not _bare_name(rendering):
                return None
            text += _name(rendering)
            elements += 9
            marks += 1
        for line in one.lines:
            written = self._line(line)
            if written is None:
                return None
            text += written[0]
            components += written[1]
        lines = len(one.lines)
        return self._checked(text, elements + 13 * lines, components, marks + 4 * lines)

    def _line(self, one: ServiceLine) -> tuple[str, int] | None:
        procedure, first, charge, quantity = one.procedure, one.first_day, one.charge, one.quantity
        if (
            procedure is None or first is None or charge is None or quantity is None
            or not one.pointers or not one.control or not _bare_line(one)
        ):  # fmt: skip
            return None
        held = self._procedures.get(id(procedure))
        if held is None or held[0] is not procedure:
            held = self._procedure(procedure)
        last, pointers = one.last_day, one.pointers
        day = f"D8*{self.days[first]}" if last is None else f"RD8*{self.days[first]}-{self.days[last]}"
        pointer = pointers[0] if len(pointers) == 1 else ":".join(pointers)
        return (
            f"LX*{one.number}~SV1*{held[1]}*{_number(charge)}*{one.unit}*{_number(quantity)}*{one.place}**"
            f"{pointer}~DTP*472*{day}~REF*6R*{one.control}~",
            held[2] + len(pointers) - 1,
        )

    def _procedure(self, one: Procedure) -> tuple[Procedure, str, int]:
        """The text of a procedure; remembered with the procedure itself, so that its place in memory stays its own."""
        modifiers = (*one.modifiers, "", "", "", "")[:4] if one.description else one.modifiers
        parts = [one.list, one.code, *modifiers, *([one.description] if one.description else [])]
        if len(self._procedures) > _REMEMBERED:
            self._procedures.clear()
        held = self._procedures[id(one)] = (one, ":".join(parts), len(parts) - 1)
        return held

    def subscriber(self, one: Subscriber) -> tuple[str, int] | None:
        """HL level 22 with a member who has an address and a birth date, and the plan."""
        member, plan = one.person, one.payer
        if (
            member is None or plan is None or one.kept or not one.filing or not one.children
            or not member.id or not plan.id or not member.birth or not member.sex or not member.address
            or not _bare_member(member) or not _bare_name(plan)
        ):  # fmt: skip
            return None
        home = member.address
        if (
            len(home.lines) != 1
            or not home.lines[0]
            or not home.zip
            or home.country
            or home.area
            or home.area_kind
        ):
            return None
        text = (
            f"HL*{one.level}*{one.parent}*22*{one.children}~SBR*{one.order}*{one.relationship}*{one.group}*"
            f"{one.group_name}*{one.insurance}****{one.filing}~{_name(member)}N3*{home.lines[0]}~"
            f"N4*{home.city}*{home.state}*{home.zip}~DMG*D8*{self.days[member.birth]}*{member.sex}~{_name(plan)}"
        )
        return self._checked(text, 4 + 9 + 9 + 1 + 3 + 3 + 9, 0, 7)

    def _checked(self, text: str, elements: int, components: int, marks: int) -> tuple[str, int] | None:
        """The text in the signs of the file, when each sign stands as often as it must."""
        if (
            text.count("*") != elements or text.count(":") != components or text.count("~") != marks or "^" in text
            or not text.isascii() or not text.isprintable()
        ):  # fmt: skip
            return None
        if self._same:
            return text, marks
        if any(sign in text for sign in self._others):
            return None
        return text.translate(self._table), marks


def _number(value: Decimal) -> str:
    text = str(value)
    return number_text(value) if "E" in text or "n" in text or "N" in text else text


def _name(one: Party) -> str:
    return (
        f"NM1*{one.role}*{one.kind}*{one.last}*{one.first}*{one.middle}*{one.prefix}*{one.suffix}*"
        f"{one.id_kind}*{one.id}~"
    )
