"""Whether the server is alive, and whether it is ready to take an answer."""

from django.core import checks
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.cache import never_cache

from feedback.config.metrics import metrics
from feedback.config.replica import REPLICA, follows


@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Says that the process answers."""
    return HttpResponse("alive\n", content_type="text/plain")


@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """Says that the database is reachable and up to date and no critical check fails."""
    problem = database_problem() or _check_problem()
    return HttpResponse(f"{problem or 'ready'}\n", content_type="text/plain", status=503 if problem else 200)


def database_problem() -> str:
    """Why a database cannot be used, and what to do; empty if all can: the one written to, and a copy to read from."""
    return next(filter(None, map(_problem_of, connections)), "")


def _problem_of(name: str) -> str:
    try:
        executor = MigrationExecutor(connections[name])
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
        is_behind = name == REPLICA and not follows(connections[name])
    except DatabaseError:
        return "The database cannot be reached: see that it runs, and what DATABASE_URL says."
    if waiting:
        return "Migrations are waiting: run manage.py migrate first."
    return "The copy of the database does not follow: see that it replicates, and take it out until then." * is_behind


def _check_problem() -> str:
    if any(message.is_serious() for message in checks.run_checks()):
        return "A system check fails: run manage.py check."
    return ""


urlpatterns = [path("healthz", healthz), path("readyz", readyz), path("metrics", metrics)]
