"""What the hub counts about itself, for the metrics page; labels are routes and words, never ids or names."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

REGISTRY = CollectorRegistry()
REQUESTS = Counter(
    "crosswalk_requests_total",
    "Requests by route, method and status",
    ["route", "method", "status"],
    registry=REGISTRY,
)
SECONDS = Histogram(
    "crosswalk_request_seconds", "How long requests took, by route", ["route"], registry=REGISTRY
)
BACKUP_AGE = Gauge(
    "crosswalk_backup_age_seconds", "Seconds since the newest backup; infinite without one", registry=REGISTRY
)
