"""What is wished of a file that came in: what it is, for which day, from whom, and whether somebody decides first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from crosswalk.core.basics import Refused


def _quiet(_part: str, _rows: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True)
class Wish:
    """`kind` is hmis, members or events; `layout` and `as_of` are for plans' files alone.

    `senders` are the sources it may come from (empty: anybody). `wait` keeps what was read for somebody to accept.
    `tell` hears which part of the file is being read, and how many of its rows are.
    """

    kind: str
    layout: str = "canonical"
    as_of: date | None = None
    folders: Sequence[Path] = ()
    senders: Sequence[str] = ()
    wait: bool = False
    tell: Callable[[str, int], None] = _quiet

    def check_sender(self, sources: Sequence[str], place: str) -> None:
        """Refuse what another organization would have to send; nothing of it is kept."""
        strange = sorted(set(sources) - set(self.senders))
        if self.senders and strange:
            raise Refused(
                f"The file speaks for {_named(strange)}, and yours are the files of {_named(self.senders)}.",
                fix="Send the file of your own organization, or let the other one send theirs.",
                place=place,
                code="wrong_sender",
            )


def _named(sources: Sequence[str]) -> str:
    return " and ".join(f"“{source.partition(':')[2] or source}”" for source in sources)
