"""What a list is narrowed to: it stands in the address, so that it can be shared and kept, and names nobody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, urlencode

STEPS = ("start", "refer", "chase", "ask", "none")
#: Whose: one's own, nobody's; else the number of a colleague.
ME, NOBODY = "me", "nobody"


@dataclass(frozen=True)
class Filters:
    """What a list is narrowed to, and from which place on it is shown."""

    program: str = ""
    plan: str = ""
    county: str = ""
    step: str = ""
    who: str = ""
    new: bool = False
    aside: bool = False
    after: tuple[int, str] | None = None

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> Filters:
        """From the address; what nobody knows is left out."""
        place, _, person = asked.get("after", "").partition("-")
        who = asked.get("who", "")
        return cls(
            program=asked.get("program", "")[:40],
            plan=asked.get("plan", "")[:40],
            county=asked.get("county", "")[:8],
            step=asked.get("step", "") if asked.get("step") in STEPS else "",
            who=who if who in (ME, NOBODY) or (who.isascii() and who.isdigit() and len(who) < 10) else "",
            new=asked.get("new") == "1",
            aside=asked.get("aside") == "1",
            after=(int(place), person) if place.isascii() and place.isdigit() and person else None,
        )

    @classmethod
    def of_address(cls, query: str) -> Filters:
        """From the part of an address behind the question mark, without a place in the list."""
        return replace(cls.of(dict(parse_qsl(query.lstrip("?")))), after=None)

    def address(self, **changes: object) -> str:
        """The same list with something else chosen, from its first page."""
        now = {
            "program": self.program, "plan": self.plan, "county": self.county, "step": self.step, "who": self.who,
            "new": self.new, "aside": self.aside,
        }  # fmt: skip
        chosen = {key: ("1" if value is True else value) for key, value in (now | changes).items() if value}
        return f"?{urlencode(chosen)}" if chosen else "?"

    @property
    def view(self) -> Filters:
        """Only what chooses one of the ready views: the step, new, one's own, set aside."""
        return Filters(step=self.step, who=self.who, new=self.new, aside=self.aside)
