"""Fuzz the X12 engine, guided by coverage: inputs that reach new lines are kept and changed further.

    python bench/x12_fuzz.py [SECONDS] [FOLDER]    (620 seconds; findings go to FOLDER)

For every input: reading, checking and answering end without an exception and within seconds, the verdict is one of
the six words, and reading and checking count the same claims. Seeds are the files of ../shared/x12/samples under
6,000 bytes. Lines are watched with `sys.settrace` on one input in four, the others run at full speed.
"""

from __future__ import annotations

import io
import json
import random
import sys
import time
import traceback
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import Any

import crosswalk.core.formats.x12 as engine
from crosswalk.core.formats.x12.answers import Answering, answers
from crosswalk.core.formats.x12.checking import check
from crosswalk.core.formats.x12.findings import VERDICTS
from crosswalk.core.formats.x12.reading import Reading
from crosswalk.core.formats.x12.records import Claim, PaidClaim

HOME = str(Path(engine.__file__).parent)
SAMPLES = Path(__file__).resolve().parents[2] / "shared" / "x12" / "samples"
SLOW = 20.0
AT = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
WORDS = [
    b"",
    b"0",
    b"-1",
    b"1E9",
    b"20260231",
    b"RD8",
    b"ABK:Z5902",
    b"HC:H0043:U6",
    b"9" * 18,
    b"\xff",
    b"\x00",
]


def run(text: bytes) -> None:
    """Everything that must never fail."""
    records = sum(isinstance(record, Claim | PaidClaim) for record in Reading(io.BytesIO(text), chunk=701))
    found = check(io.BytesIO(text), keep_claims=True)
    assert found.verdict in VERDICTS.values()
    assert found.claims == records
    json.dumps(found.summary())
    answers(found, Answering(AT))


def changed(text: bytes, corpus: list[bytes], chance: random.Random) -> bytes:
    """A few changes: bytes, segments, elements, pieces of other inputs."""
    for _ in range(chance.randint(1, 4)):
        segments = text.split(b"~")
        how = chance.randrange(10)
        at = chance.randrange(len(text) + 1)
        spot = chance.randrange(len(segments))
        if how == 0:
            text = text[:at] + bytes([chance.randrange(256)]) + text[at + 1 :]
        elif how == 1:
            text = (
                text[:at]
                + chance.choice([b"~", b"*", b":", b"^", b"\n", b"~~", b"ISA*", b"SE*1*1~"])
                + text[at:]
            )
        elif how == 2:
            text = text[:at]
        elif how == 3:
            del segments[spot]
            text = b"~".join(segments)
        elif how == 4:
            segments.insert(spot, chance.choice(segments))
            text = b"~".join(segments)
        elif how == 5:
            other = chance.choice(corpus).split(b"~")
            segments.insert(spot, chance.choice(other))
            text = b"~".join(segments)
        elif how == 6:
            elements = segments[spot].split(b"*")
            elements[chance.randrange(len(elements))] = chance.choice(WORDS)
            segments[spot] = b"*".join(elements)
            text = b"~".join(segments)
        elif how == 7:
            other = chance.choice(corpus)
            text = text[:at] + other[chance.randrange(len(other) + 1) :]
        elif how == 8:
            end = min(len(text), at + chance.randrange(1, 40))
            text = text[:at] + text[end:]
        else:
            swap = chance.randrange(len(segments))
            segments[spot], segments[swap] = segments[swap], segments[spot]
            text = b"~".join(segments)
    return text[:20_000]


def watched(text: bytes, seen: set[tuple[str, int]]) -> bool:
    """Run with every line of the engine watched; whether a line was new."""
    before = len(seen)

    def line(frame: FrameType, event: str, _arg: Any) -> Any:
        if event == "line":
            seen.add((frame.f_code.co_filename, frame.f_lineno))
        return line

    def call(frame: FrameType, _event: str, _arg: Any) -> Any:
        return line if frame.f_code.co_filename.startswith(HOME) else None

    sys.settrace(call)
    try:
        run(text)
    finally:
        sys.settrace(None)
    return len(seen) > before


def main() -> None:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 620
    folder = Path(sys.argv[2]) if len(sys.argv) > 2 else Path("fuzz-findings")
    chance = random.Random(20261122)
    files = [path for path in sorted(SAMPLES.glob("*/*")) if path.parent.name != "LICENSES"]
    corpus = [text for path in files if b"~" in (text := path.read_bytes()) and len(text) < 6000]
    seeds = len(corpus)
    seen: set[tuple[str, int]] = set()
    started = time.monotonic()
    runs = failures = 0
    longest = 0.0
    kinds: set[str] = set()
    for text in list(corpus):
        watched(text, seen)
    at_first = len(seen)
    while time.monotonic() - started < seconds:
        text = changed(chance.choice(corpus if chance.random() < 0.5 else corpus[-200:]), corpus, chance)
        runs += 1
        begun = time.monotonic()
        try:
            if runs % 4 == 0:
                if watched(text, seen):
                    corpus.append(text)
            else:
                run(text)
        except Exception as fault:
            failures += 1
            place = traceback.extract_tb(fault.__traceback__)[-1]
            kind = f"{type(fault).__name__} {Path(place.filename).name}:{place.lineno}"
            if kind not in kinds:
                kinds.add(kind)
                folder.mkdir(parents=True, exist_ok=True)
                (folder / f"{len(kinds)}.edi").write_bytes(text)
                print("FOUND", kind, fault, flush=True)
        longest = max(longest, time.monotonic() - begun)
    print(
        f"{runs} inputs in {time.monotonic() - started:.0f} s from {seeds} seeds; "
        f"{len(corpus) - seeds} reached new lines; "
        f"lines reached {at_first} -> {len(seen)}; longest {longest:.2f} s; failures {failures}, kinds {sorted(kinds)}"
    )


if __name__ == "__main__":
    main()
