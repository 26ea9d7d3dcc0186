"""A file as blocks of segments, in streams: whatever its size, only a few megabytes are in memory at a time."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import chain
from typing import BinaryIO

from crosswalk.core.formats.x12.delimiters import Delimiters, opening

CHUNK = 1 << 20
STRIDE = 512
#: A single segment longer than this is not X12; reading stops there instead of filling the memory.
LONGEST_SEGMENT = 4 << 20
#: A block begins at each of these: the envelope, levels, claims, lines, members, payments.
STARTS = ("HL", "LX", "CLM", "SVC", "CLP", "INS", "S[ET]", "G[ES]", "ISA", "IEA", "TA1", "PLB", "ENT", "RMR")
#: What stands for a terminator inside binary content: no byte is ever read as this sign.
INSIDE = "\ue000"
BOM = "\xef\xbb\xbf"  # UTF-8's byte order mark, as the single bytes that it is made of


@dataclass(frozen=True, slots=True)
class Remark:
    """Something odd about how the file is written, at a byte: `bom`, `blank_head`, `no_isa`, `isa_length`, …"""

    code: str
    byte: int


@dataclass(slots=True)
class Segments:
    """The segments of one file, in order; afterwards `remarks` tell what was odd and `torn` whether it was cut.

    Iterating gives, for each piece of the file, its blocks: a block is one of the segments of `STARTS` and those
    that follow it up to the next such segment, without its last terminator: `LX*1~SV1*HC:G9012*…`. White space
    around segments is gone. Bytes are read as Latin-1: no byte is ever refused, and one character is one byte.
    A terminator inside binary content (BIN) stands there as `INSIDE`.
    """

    file: BinaryIO
    chunk: int = CHUNK
    delimiters: Delimiters = field(default_factory=Delimiters)
    remarks: list[Remark] = field(default_factory=list)
    torn: str = ""
    found: bool = False
    has_isa: bool = False
    size: int = 0
    #: Where the piece that is being read begins, its text, and how many segments came before it.
    byte: int = 0
    before: int = 0
    _text: str = ""
    _odd: bool = True
    _earlier: tuple[str, int, int, bool] = ("", 0, 0, True)
    _walk: _Walk = field(default_factory=lambda: _Walk("", (-1, -1), "~", True))

    def blocks(self) -> Iterator[str]:
        """One block after the other."""
        return chain.from_iterable(self)

    def __iter__(self) -> Iterator[list[str]]:
        """The blocks of each piece. A piece may end inside a block: its last block waits for the next piece."""
        held, sign = "", ""
        for blocks in self._pieces():
            if held:
                if self._begins_inside:
                    blocks[0] = held + sign + blocks[0]
                else:
                    blocks.insert(0, held)
            held, sign = blocks.pop(), self.delimiters.terminator
            yield blocks
        if held:
            yield [held]

    def split(self, block: str) -> list[str]:
        """The segments of a block."""
        return block.split(self.delimiters.terminator)

    def _pieces(self) -> Iterator[list[str]]:
        text, at = self._head()
        while text or at == 0:
            first = opening(text[:400]) if text else None
            if first is None:
                if text.strip():
                    self._remark("not_x12", at)
                    self.torn = "unreadable"
                return
            self.found = True
            self.has_isa = self.has_isa or first.is_isa
            self.delimiters = first.delimiters
            if not first.is_isa:
                self._remark("no_isa", at)
            elif not first.length_right:
                self._remark("isa_length", at)
            text, at = yield from self._interchanges(text, at)

    def place(self, number: int) -> int:
        """The byte at which segment `number` (1 = first of the file) begins; -1 when that is too long ago."""
        now = (self._text, self.byte, self.before, self._odd)
        text, byte, before, odd = now if number > self.before else self._earlier
        if number <= before:
            return -1
        if self._walk.of != (byte, before):
            self._walk = _Walk(text, (byte, before), self.delimiters.terminator, odd)
        found = self._walk.to(number - before - 1)
        return byte + found if found >= 0 else -1

    def _remark(self, code: str, byte: int) -> None:
        if len(self.remarks) < 1000 and not any(r.code == code for r in self.remarks[-20:]):
            self.remarks.append(Remark(code, byte))

    def _more(self) -> str:
        piece = self.file.read(self.chunk)
        self.size += len(piece)
        return piece.decode("latin-1")

    def _head(self) -> tuple[str, int]:
        """The first piece without mark and white space before the first segment, and where it begins."""
        text, at = self._more(), 0
        while 0 < len(text) < 400 and (more := self._more()):
            text += more
        if text.startswith(BOM):
            text, at = text[3:], 3
            self._remark("bom", 0)
        if "\x00" in text[:106]:
            self._remark("wide_characters", at)
        bare = text.lstrip()
        if len(bare) < len(text):
            self._remark("blank_head", at)
        return bare, at + len(text) - len(bare)

    def _interchanges(self, text: str, at: int) -> Generator[list[str], None, tuple[str, int]]:
        """Pieces until the file ends or an ISA brings other delimiters; returns what is left and its place."""
        sign = self.delimiters.terminator
        ended = False
        while True:
            cut = self._other_isa(text, ended)
            piece = text if cut is None else text[:cut]
            end = self._whole(piece, piece.rfind(sign) + 1)
            if end and (blocks := self._piece(piece[:end], at)):
                yield blocks
            if cut is not None and (len(text) - cut >= 400 or ended):
                if piece[end:].strip():
                    self._remark("loose_text", at + end)
                return text[cut:], at + cut
            rest, at = text[end:], at + end
            if len(rest) > LONGEST_SEGMENT:
                self._remark("endless_segment", at)
                self.torn = "endless"
                return "", at
            more = self._more()
            if not more:
                if cut is not None and not ended:
                    ended, text = True, rest
                    continue
                last = rest.strip()
                if last.startswith("IEA") and last.count(self.delimiters.element) >= 2:
                    self._remark("no_last_terminator", at)
                    yield self._piece(last + sign, at)
                    return "", at + len(rest)
                self.torn = last[:200]
                if self.torn:
                    self._remark("torn", at)
                    self._text, self.byte, self._odd = rest, at, True
                return "", at
            text = rest + more

    def _piece(self, text: str, at: int) -> list[str]:
        """The blocks of a text that ends with a terminator."""
        sign = self.delimiters.terminator
        _, starts = _patterns(self.delimiters)
        self._earlier = (self._text, self.byte, self.before, self._odd)
        self._odd = _is_odd(text, self.delimiters)
        self.before += self._last
        self._text, self.byte = text, at
        if self._odd:
            segments = self._bare(text, at)
            self._last = len(segments)
            text = sign.join(segments)
        else:
            self._last = text.count(sign)
            text = text[:-1]
        self._begins_inside = starts.match(sign + text[:8]) is None
        return starts.split(text) if text else []

    def _bare(self, text: str, at: int) -> list[str]:
        """The segments of a text with white space, empty segments or binary segments in it."""
        sign = self.delimiters.terminator
        if sign + sign in text:
            self._remark("empty_segment", at + text.index(sign + sign))
        if "BIN" + self.delimiters.element in text:
            return self._with_binary(text)
        parts = text.split(sign)
        if sign == "\n":
            parts = [part.rstrip("\r") for part in parts]
        elif "\n " in text or sign + " " in text or "\n\t" in text:
            self._remark("indented", at)
        return [bare for part in parts if (bare := part.lstrip())]

    _last: int = 0
    _begins_inside: bool = False

    def _whole(self, text: str, end: int) -> int:
        """How much of a text may be read: up to `end`, or to a BIN before it whose content goes on beyond the text."""
        if "BIN" + self.delimiters.element in text:
            for start, stop in self._spans(text):
                if stop >= len(text):
                    return min(start, end)
        return end

    def _with_binary(self, text: str) -> list[str]:
        """Segments where a BIN carries so many bytes of anything, delimiters included."""
        sign = self.delimiters.terminator
        parts = (text[start:stop].lstrip().replace(sign, INSIDE) for start, stop in self._spans(text))
        return [bare for bare in parts if bare]

    def _spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Where each segment begins and ends; a binary one ends where it says, be that beyond the text."""
        sign, binary = self.delimiters.terminator, "BIN" + self.delimiters.element
        at = 0
        while at < len(text):
            end = text.find(sign, at)
            end = len(text) if end < 0 else end
            bare = text[at:end].lstrip()
            if bare.startswith(binary):
                size, _, _ = bare[4:].partition(self.delimiters.element)
                if size.isdigit() and len(size) < 9:
                    end = at + text[at:end].index("BIN") + 4 + len(size) + 1 + int(size)
            yield at, end
            at = end + 1

    def _other_isa(self, text: str, ended: bool) -> int | None:
        """Where in the text an ISA with other delimiters begins, if one does (or may: it is cut there then)."""
        at = text.find("ISA")
        while at >= 0:
            if text[max(0, at - 200) : at].rstrip(" \t\r\n")[-1:] in ("", self.delimiters.terminator):
                if len(text) - at < 400 and not ended:
                    return at
                first = opening(text[at : at + 400])
                if first is not None and first.is_isa and first.delimiters != self.delimiters:
                    return at
                if at and first is not None and first.is_isa and not first.length_right:
                    self._remark("isa_length", self.byte + at)
            at = text.find("ISA", at + 3)
        return None


@cache
def _patterns(delimiters: Delimiters) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What needs a closer look (white space or nothing where a segment begins, binary content); where blocks begin."""
    element, sign = re.escape(delimiters.element), re.escape(delimiters.terminator)
    starts = "|".join(name + element for name in STARTS)
    return re.compile(f"{sign}(?:[ \\t{sign}]|BIN{element})"), re.compile(f"{sign}(?={starts})")


def _is_odd(text: str, delimiters: Delimiters) -> bool:
    """Whether a text needs a closer look than cutting it at the terminators."""
    odd, _ = _patterns(delimiters)
    begin = delimiters.terminator + text[:8]
    return "\n" in text or "\r" in text or odd.match(begin) is not None or odd.search(text) is not None


class _Walk:
    """Finds where the segments of one piece begin, each from the one before: places are asked for in order."""

    def __init__(self, text: str, of: tuple[int, int], sign: str, odd: bool) -> None:
        self.of = of
        self._text, self._sign = text, sign
        self._odd = _offsets(text, sign) if odd else None
        self._number = self._at = 0

    def to(self, number: int) -> int:
        """Where segment `number` (0 = first of the piece) begins in the piece; -1 when there are not so many."""
        if self._odd is not None:
            return self._odd[number] if number < len(self._odd) else -1
        if number < self._number:
            self._number = self._at = 0
        at, left, stride = self._at, number - self._number, STRIDE
        # Counting in ever smaller strides is ten times cheaper than finding one sign after the other.
        while left:
            passed = self._text.count(self._sign, at, at + stride)
            if passed < left:
                at, left = at + stride, left - passed
                if at >= len(self._text):
                    return -1
            elif stride > 1:
                stride //= 2
            else:
                at, left = at + 1, 0
        self._number, self._at = number, at
        return at if at < len(self._text) else -1


def _offsets(text: str, sign: str) -> list[int]:
    """Where each segment of a text begins, white space and empty segments passed over."""
    found, at = [], 0
    for part in text.split(sign):
        if bare := part.lstrip():
            found.append(at + len(part) - len(bare))
        at += len(part) + 1
    return found
