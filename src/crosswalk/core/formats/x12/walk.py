"""Walking a transaction set along its guide: where each segment belongs, what is missing, what comes too often.

Where a walk stands is one of few states, so each step is worked out once (state and segment to state and
problems) and looked up afterwards; the guide of a file with a million claims is walked at the speed of a dictionary.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from crosswalk.core.formats.x12.guides import NO_LIMIT, Guide, Loop, Node

#: States and steps remembered for one guide at most; beyond that everything is worked out anew.
REMEMBERED = 50_000


class Problem(NamedTuple):
    """What is wrong with the order: IK304's code, the segment, the loop; `before` when noticed only afterwards."""

    code: str
    segment: str
    loop: str
    before: bool = False


class Frame(NamedTuple):
    """A loop that is open: how far it is, and how often each of its parts has come."""

    loop: Loop
    rank: int
    counts: tuple[int, ...]


class Step(NamedTuple):
    """What a segment leads to."""

    state: State
    node: Node | None
    problems: tuple[Problem, ...]


class State:
    """Where a walk stands."""

    __slots__ = ("frames", "steps")

    def __init__(self, frames: tuple[Frame, ...]) -> None:
        self.frames = frames
        self.steps: dict[str, Step] = {}


@cache
def walk_of(guide: Guide) -> Walk:
    """The walk of a guide; what one file teaches it the next one knows."""
    return Walk(guide)


class Walk:
    """The states of one guide, shared by all its sets."""

    def __init__(self, guide: Guide) -> None:
        self.guide = guide
        self._states: dict[tuple[Frame, ...], State] = {}
        self._known = 0
        root = guide.root
        self.start = self._state((Frame(root, 0, (0,) * len(root.items)),))

    def step(self, state: State, name: str, told: str, key: str) -> Step:
        """The step for segment `name` whose qualifier is `told`; `key` stands for the two."""
        found = state.steps.get(key)
        if found is None:
            found = self._work_out(state.frames, name, told)
            if self._known < REMEMBERED:
                self._known += 1
                state.steps[key] = found
        return found

    def end(self, state: State) -> tuple[Problem, ...]:
        """What is still missing where the set ends."""
        problems: list[Problem] = []
        for frame in reversed(state.frames):
            problems.extend(_missing(frame, len(frame.loop.items) + 1))
        return tuple(problems)

    def _state(self, frames: tuple[Frame, ...]) -> State:
        state = self._states.get(frames)
        if state is None:
            state = State(frames)
            if len(self._states) < REMEMBERED:
                self._states[frames] = state
        return state

    def _work_out(self, frames: tuple[Frame, ...], name: str, told: str) -> Step:
        """Look in the innermost open loop first, then outwards; then for a place that has passed."""
        for depth in range(len(frames) - 1, -1, -1):
            at = _find(frames[depth], name, told, frames[depth].rank)
            if at is not None:
                problems: list[Problem] = []
                for left in reversed(frames[depth + 1 :]):
                    problems.extend(_missing(left, len(left.loop.items) + 1))
                return self._enter(frames[:depth], frames[depth], at, problems)
        for depth in range(len(frames) - 1, -1, -1):
            at = _find(frames[depth], name, told, -1)
            item = frames[depth].loop.items[at] if at is not None else None
            if isinstance(item, Node) and at:
                return Step(self._state(frames), item, (Problem("7", name, item.loop),))
        known = name in self.guide.qualifiers
        return Step(self._state(frames), None, (Problem("2" if known else "1", name, frames[-1].loop.name),))

    def _enter(self, outer: tuple[Frame, ...], frame: Frame, at: int, problems: list[Problem]) -> Step:
        """Step to part `at` of a loop, and down into it when that part is itself a loop."""
        item, rank = frame.loop.items[at], frame.loop.ranks[at]
        problems.extend(_missing(frame, rank))
        counts = list(frame.counts)
        limit = item.most
        counts[at] = counts[at] + 1 if limit != NO_LIMIT and counts[at] <= limit else max(counts[at], 1)
        frames = (*outer, Frame(frame.loop, rank, tuple(counts)))
        if isinstance(item, Node):
            if limit != NO_LIMIT and counts[at] > limit:
                problems.append(Problem("5", item.name, item.loop))
            return Step(self._state(frames), item, tuple(problems))
        if limit != NO_LIMIT and counts[at] > limit:
            problems.append(Problem("4", item.first.name, item.name))
        fresh = Frame(item, 0, (0,) * len(item.items))
        return self._enter(frames, fresh, 0, problems)


def _find(frame: Frame, name: str, told: str, rank: int) -> int | None:
    """The part of a loop that this segment is or begins, at `rank` or later.

    A loop's first segment is found by the loop around it, except right at its beginning.
    """
    items, ranks = frame.loop.items, frame.loop.ranks
    again: int | None = None
    for at, item in enumerate(items):
        if ranks[at] < rank:
            continue
        node = item if isinstance(item, Node) else item.first
        if node.name == name and node.fits(told):
            if at == 0 and frame.counts[0] and isinstance(item, Node) and item.most == 1:
                continue
            if item.most != NO_LIMIT and frame.counts[at] >= item.most:
                again = at if again is None else again
                continue
            return at
    return again


def _missing(frame: Frame, rank: int) -> list[Problem]:
    """The required parts of a loop before `rank` that never came."""
    problems = []
    for at, item in enumerate(frame.loop.items):
        if item.required and not frame.counts[at] and frame.rank <= frame.loop.ranks[at] < rank:
            name, loop = (item.name, item.loop) if isinstance(item, Node) else (item.first.name, item.name)
            problems.append(Problem("3", name, loop, True))
    return problems
