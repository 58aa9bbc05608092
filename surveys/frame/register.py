"""Reads the public register of local authorities as a table of areas.

The file is mySociety's *UK Local Authority names and codes* with its own column names. GSS codes change with
boundaries, so an area keeps our code, which is made of its everyday name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from django.utils.text import slugify

from surveys.frame.tables import BadTable, Line, Table

NEEDED = ("gss-code", "nice-name")
COLUMNS = (
    "gss-code", "nice-name", "official-name", "local-authority-type-name", "region", "region-gss-code", "gov-uk-slug",
    "former-gss-codes", "start-date", "alt-names",
)  # fmt: skip
SHORTEST = 4


def is_register(table: Table) -> bool:
    """Whether this is the register rather than a table of ours."""
    return set(NEEDED) <= set(table.header)


def areas_of(table: Table) -> list[Line]:
    """Its lines under our names."""
    if strange := [name for name in table.header if name not in COLUMNS]:
        raise BadTable([f"Line 1: the column {strange[0]!r} is not one of the register's."])
    spellings = [_spellings(line.values) for line in table.lines]
    # What could be two areas finds neither.
    once = {name for name, n in Counter(name for names in spellings for name in names).items() if n == 1}
    return [
        Line(line.number, _ours(line.values, names & once)) for line, names in zip(table.lines, spellings, strict=True)
    ]


def _spellings(values: Mapping[str, str]) -> set[str]:
    parts = values.get("alt-names", "").split(",")
    return {part.strip().casefold() for part in parts if len(part.strip()) >= SHORTEST}


def _ours(values: Mapping[str, str], spellings: set[str]) -> dict[str, str]:
    return {
        "area": slugify(values["nice-name"])[:63],
        "area_name": values["nice-name"],
        "gss_code": values["gss-code"],
        "former_gss_codes": values.get("former-gss-codes", ""),
        "official_name": values.get("official-name", ""),
        "region": values.get("region", ""),
        "spellings": ";".join(sorted(spellings)),
    }
