"""Logs as data, one JSON object a line, from which everything that could name a person is taken out."""

from __future__ import annotations

import logging
import re
import sys
import time
from collections.abc import Callable, MutableMapping
from typing import Any

import structlog
from django.http import HttpRequest, HttpResponse

#: Only these keys are ever written; anything else that a caller adds is left out. A new key needs a thought first.
ALLOWED = frozenset(
    [
        "event",
        "level",
        "timestamp",
        "logger",
        "route",
        "method",
        "status",
        "ms",
        "worker",
        "organization",
        "role",
        "job",
        "queue",
        "rows",
        "seconds",
        "kind",
        "run",
        "delivery",
        "error",
        "at",
        "count",
        "reason",
        "version",
        "address",
    ]
)
#: Shapes that name a person, wherever they turn up in a text.
_SHAPES = (
    (re.compile(r"\b\d{8}[A-Za-z]\b"), "[CIN]"),
    (re.compile(r"\b\d{3}-?\d{2}-?\d{4}\b"), "[number]"),
    (re.compile(r"\b(19|20)\d\d[-/]\d\d?[-/]\d\d?\b|\b\d\d?/\d\d?/(19|20)?\d\d\b"), "[date]"),
    (re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+"), "[mail]"),
    (re.compile(r"\bP[0-9A-F]{16}\b"), "[person]"),
)
_MARK = "crosswalk"


def scrubbed(text: str) -> str:
    """A text without CINs, Social Security numbers, dates, mail addresses and person ids."""
    for shape, instead in _SHAPES:
        text = shape.sub(instead, text)
    return text


def scrub(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Keep the allowed keys, and in them no shape that names a person (the time of the entry stays)."""
    return {
        key: value if key == "timestamp" or not isinstance(value, str) else scrubbed(value)
        for key, value in event.items()
        if key in ALLOWED
    }


def _foreign(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """A library's own message may quote anything: of it only where it came from and the kind of fault is kept."""
    record: logging.LogRecord = event["_record"]
    event["event"] = record.msg if record.name.startswith(_MARK) else "a library reports"
    if record.exc_info and record.exc_info[0]:
        event["error"] = record.exc_info[0].__name__
        trace = record.exc_info[2]
        while trace and trace.tb_next:
            trace = trace.tb_next
        if trace:
            event["at"] = f"{trace.tb_frame.f_code.co_filename.rpartition('/')[2]}:{trace.tb_lineno}"
    return event


def configure(stream: Any = None) -> None:
    """Send every log, ours and the libraries', through the same scrubber to standard error."""
    shared: list[Any] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, structlog.stdlib.add_logger_name, _foreign],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                scrub,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.INFO)
    for quiet in ("django.request", "django.security", "procrastinate", "django.server"):
        logging.getLogger(quiet).setLevel(logging.ERROR)


def log() -> Any:
    """The logger of the hub: `log().info("a run ended", run=…, seconds=…)`; keys outside ALLOWED are dropped."""
    return structlog.stdlib.get_logger(_MARK)


class Requests:
    """One line a request: which route (never the address itself, which may hold an id), how it ended, how long."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on, measure it, and say so."""
        from crosswalk.hub.site import measures

        began = time.perf_counter()
        response = self.get_response(request)
        spent = time.perf_counter() - began
        match = getattr(request, "resolver_match", None)
        route = match.route if match else "none"
        measures.REQUESTS.labels(route, request.method or "", str(response.status_code)).inc()
        measures.SECONDS.labels(route).observe(spent)
        viewer = getattr(request, "viewer", None)
        log().info(
            "request",
            route=route,
            method=request.method,
            status=response.status_code,
            ms=round(1000 * spent, 1),
            **({"worker": viewer.worker_id, "organization": viewer.organization_id} if viewer else {}),
        )
        return response
