"""Counts what was answered and what broke, for /metrics: by kind of page and class of status, and nothing else.

The processes of one gunicorn count together, in files that the Prometheus library keeps (`PROMETHEUS_MULTIPROC_DIR`,
set in deploy/gunicorn.conf.py); a process by itself counts in memory. No address, code or language is ever a label.
Of respondents and readers only whole hundreds are told: somebody who asks every few seconds would otherwise learn at
what moment one of them was there. What broke is told exactly, because the log says it anyway.
"""

from __future__ import annotations

import os
from collections import Counter as Tally
from collections.abc import Callable, Iterator

from django.conf import settings
from django.core.signals import got_request_exception
from django.http import HttpRequest, HttpResponse
from prometheus_client import CollectorRegistry, Counter
from prometheus_client.core import CounterMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
# What an address begins with, and what it is; the rest are public pages, or nothing.
KINDS = {"a/": "respondents", "desk/": "desk", "healthz": "health", "readyz": "health", "metrics": "health"}
FILES, PUBLIC, NOTHING = "files", "public", "nothing"
EVERY_KIND = sorted({*KINDS.values(), FILES, PUBLIC, NOTHING})
STATUSES = ("1xx", "2xx", "3xx", "4xx", "5xx")
BROKEN = "5xx"
# Of these every request is told at once: they are of staff and of programs.
TOLD_EXACTLY = {"desk", "health"}
STEP = 100

ours = CollectorRegistry()
requests = Counter("earshot_requests", "Requests that were answered", ["kind", "status"], registry=ours)
unhandled = Counter("earshot_unhandled_errors", "Requests that broke", ["kind"], registry=ours)
HELP = {
    "earshot_requests": "Requests that were answered; of respondents and readers in hundreds, errors exactly",
    "earshot_unhandled_errors": "Requests in which something broke that nobody had thought of",
}


def kind_of(request: HttpRequest) -> str:
    """Which part of the site a request went to: one of a few words, whatever its address was."""
    path = request.path_info
    if path.startswith((settings.STATIC_URL, settings.MEDIA_URL)):
        return FILES
    for begins, kind in KINDS.items():
        if path.startswith(f"/{begins}"):
            return kind
    return PUBLIC if request.resolver_match else NOTHING


class CountAnswers:
    """Counts each request once it is answered, however it was."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answers as the rest does."""
        response = self.get_response(request)
        requests.labels(kind_of(request), f"{response.status_code // 100}xx").inc()
        return response


def count_unhandled(sender, request: HttpRequest | None = None, **kwargs) -> None:
    """Counts what broke."""
    unhandled.labels(kind_of(request) if request is not None else NOTHING).inc()


got_request_exception.connect(count_unhandled, dispatch_uid="count_unhandled")


def counted() -> Iterator[CounterMetricFamily]:
    """All of it, each label from the beginning, so that the first of a kind says nothing by appearing."""
    found = _found()
    answered = CounterMetricFamily("earshot_requests", HELP["earshot_requests"], labels=["kind", "status"])
    broken = CounterMetricFamily("earshot_unhandled_errors", HELP["earshot_unhandled_errors"], labels=["kind"])
    for kind in EVERY_KIND:
        for status in STATUSES:
            answered.add_metric([kind, status], told(kind, status, found["earshot_requests_total", kind, status]))
        broken.add_metric([kind], found["earshot_unhandled_errors_total", kind, ""])
    yield answered
    yield broken


def told(kind: str, status: str, many: float) -> float:
    """What is told of a number of requests."""
    return many if kind in TOLD_EXACTLY or status == BROKEN else many - many % STEP


def _found() -> Tally:
    """What was counted, of all processes where there are several."""
    registry = ours
    if os.environ.get(FOLDER):
        registry = CollectorRegistry()
        MultiProcessCollector(registry)
    samples = [sample for family in registry.collect() for sample in family.samples]
    found: Tally = Tally()
    for one in samples:
        found[one.name, one.labels.get("kind", ""), one.labels.get("status", "")] += one.value
    return found
