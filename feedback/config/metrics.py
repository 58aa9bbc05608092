"""The numbers that administrators watch, for programs: in Prometheus’ format, to whoever shows the token, else nobody.

No number is of one area, and what is counted of children is only what came before today: somebody who asks every few
seconds must not learn at what moment, or where, somebody sent something.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Iterator

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.metrics_core import Metric

from feedback.config.counting import counted
from feedback.privacy.failures import how_many_failed
from feedback.privacy.watching import everything_watched

NOT_IN_A_NAME = re.compile(r"[^a-z0-9_]")


class Numbers:
    """What is watched, answered and failed; asked for anew each time, so that every web process says the same."""

    def collect(self) -> Iterator[Metric]:
        """A gauge for each thing that has a number, and how many of them are in trouble."""
        watched = everything_watched()
        for one in watched:
            if one.value is not None:
                yield GaugeMetricFamily(f"earshot_{NOT_IN_A_NAME.sub('_', one.code)}", one.code, value=one.value)
        in_trouble = GaugeMetricFamily("earshot_trouble", "1 where an administrator has to look", labels=["about"])
        for one in watched:
            in_trouble.add_metric([one.code], float(bool(one.trouble)))
        yield in_trouble
        failed = CounterMetricFamily("earshot_failures", "What failed with nobody there to see", labels=["what"])
        for what, many in how_many_failed().items():
            failed.add_metric([what], many)
        yield failed
        yield from counted()


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """The numbers, for whoever has the token; to everybody else there is nothing here."""
    if not _shows_the_token(request):
        raise Http404
    registry = CollectorRegistry()
    registry.register(Numbers())
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def _shows_the_token(request: HttpRequest) -> bool:
    token, shown = settings.EARSHOT_METRICS_TOKEN, request.headers.get("Authorization", "")
    return bool(token) and hmac.compare_digest(shown.encode(), f"Bearer {token}".encode())
