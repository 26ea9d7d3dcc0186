"""Making a function a job, and working the line off.

    @job("bring", says=_("Bring the newest run into the lists"))
    def bring_newest() -> None: ...

    bring_newest.defer()        # in the transaction of what it serves: rolled back with it

A job's arguments are ids and days, never anything about a person. Each job must be safe to run again.
"""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import Any

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued, UniqueViolation

from crosswalk.core.basics import Refused
from crosswalk.hub.jobs.models import Failure

#: How often a worker shows that it lives, and after how many seconds of silence its jobs are taken over.
HEARTBEAT, SILENCE = 5.0, 30.0
#: When to look again at jobs that another of their kind kept back.
AGAIN = {"seconds": 5}
#: Job → what it does, for the page of jobs.
SAYS: dict[str, Any] = {}


def job(name: str, *, says: Any, tries: int = 3) -> Callable[[Callable[..., None]], Any]:
    """Make a function a job; of one name only one waits at a time, and a failed one is tried again, ever later."""
    SAYS[name] = says

    def make(function: Callable[..., None]) -> Any:
        @wraps(function)
        def run(context: Any, **ids: Any) -> None:
            try:
                function(**ids)
            except Exception as fault:
                Failure.objects.create(job_id=context.job.id, says=in_words(fault))
                raise

        again = RetryStrategy(max_attempts=tries, exponential_wait=5)
        return app.task(run, name=name, queueing_lock=name, pass_context=True, retry=again)

    return make


def in_words(fault: Exception) -> str:
    """What to say of a fault: a refusal as it was said; of anything else only where it happened."""
    if isinstance(fault, Refused):
        return str(fault)
    place = traceback.extract_tb(fault.__traceback__)[-1]
    return f"{type(fault).__name__}, {os.path.basename(place.filename)}:{place.lineno}"


@app.periodic(cron="* * * * *")
@app.task(name="take over", queueing_lock="take over", pass_context=True)
async def take_over(context: Any, timestamp: int) -> None:
    """Put jobs whose worker was killed back in line.

    While one of its kind waits, a job cannot be put back; it must not keep the others back, and is looked at again
    as soon as the waiting one may be under way.
    """
    kept_back = False
    for stalled in await context.app.job_manager.get_stalled_jobs(seconds_since_heartbeat=SILENCE):
        try:
            await context.app.job_manager.retry_job(stalled)
        except UniqueViolation:
            kept_back = True
    if kept_back:
        again = context.app.configure_task("take over", queueing_lock="take over", schedule_in=AGAIN)
        with suppress(AlreadyEnqueued):
            await again.defer_async(timestamp=timestamp)


def work(*, until_empty: bool = False, at_once: int = 1) -> None:
    """Work the line off: until it is empty, or until stopped."""
    with app.replace_connector(app.connector.get_worker_connector()) as working:
        working.run_worker(
            wait=not until_empty,
            concurrency=at_once,
            update_heartbeat_interval=HEARTBEAT,
            stalled_worker_timeout=SILENCE,
            install_signal_handlers=not until_empty,
            listen_notify=not until_empty,
        )
