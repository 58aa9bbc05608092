"""What a respondent's request asks of the database first, written out, and sent without a look at the line.

Composing such a question took longer than asking it, and a look at the line before each request is one more way to the
database and back. Nothing is remembered: it is asked each time, so that what was closed is closed for the next.
"""

from __future__ import annotations

from django.db import InterfaceError, OperationalError, connection

from surveys.fieldwork.models import Wave

# What a delivery needs of its wave.
WAVE_OF = """
SELECT id, code, edition_id, area_id, service_id, stage_id, status, opened_on, closed_on, grace_days, needs_card
FROM fieldwork_wave WHERE code = %s
"""
_NAMES = WAVE_OF.partition("FROM")[0].replace("SELECT", "").replace(",", " ").split()
_WAVE = {field.attname: field for field in Wave._meta.concrete_fields}


def asked(question: str, *parameters: object) -> list[tuple]:
    """The rows of a question; where the line to the database was cut since the last request, over a new one.

    It is the first of its request, so that nothing was done yet that asking again could do twice.
    """
    # Django would look at the line first; a line that was cut says so by itself.
    connection.health_check_done = True
    try:
        return _rows(question, parameters)
    except (InterfaceError, OperationalError):
        if not _was_cut():
            raise
    connection.close()
    return _rows(question, parameters)


def _was_cut() -> bool:
    """Whether a line that was there is not any more; one that could not be opened at all is not tried again."""
    return connection.connection is not None and not connection.in_atomic_block and not connection.is_usable()


def _rows(question: str, parameters: tuple) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(question, parameters)
        return cursor.fetchall()


def wave_without_area(code: str) -> Wave | None:
    """The wave of an address, for a delivery, which needs nothing of its area."""
    for row in asked(WAVE_OF, code):
        values = [_WAVE[name].to_python(one) for name, one in zip(_NAMES, row, strict=True)]
        return Wave.from_db(connection.alias, _NAMES, values)
    return None
