"""Pages, worker and commands that start at the same moment make the hub ready one after the other."""

from __future__ import annotations

from pathlib import Path
from threading import Event, Thread

from crosswalk.hub.site.ready import one_at_a_time


def test_the_second_waits_for_the_first(tmp_path: Path) -> None:
    began, done = Event(), Event()

    def second() -> None:
        began.set()
        with one_at_a_time(tmp_path / "hub"):
            done.set()

    with one_at_a_time(tmp_path / "hub"):
        waiting = Thread(target=second)
        waiting.start()
        assert began.wait(5)
        assert not done.wait(0.3)
    waiting.join(5)
    assert done.is_set()
