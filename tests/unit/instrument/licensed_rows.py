"""The lines of files of licensed scales, with invented words."""

import csv
import io

from surveys.instrument.licensed_reading import COLUMNS
from surveys.instrument.locker import RECORDS

# Made up, so that it is no copy of anybody's: the first five of each row, three of them turned in two scales.
SDQ_SCALES = {
    "emotional": "1 2 3 4 5",
    "conduct": "6r 7 8 9 10",
    "hyperactivity": "11r 12r 13 14 15",
    "peer": "16r 17r 18 19 20",
    "prosocial": "21 22 23 24 25",
}


def rows(record="swemwbs", languages=("en",), **facts):
    """The lines of a whole file of a record, as dictionaries."""
    known = RECORDS[record]
    said = {
        "record": record, "number": "INVENTED-1", "holder": "An invented area",
        "expires": "2099-12-31", "modes": "electronic assisted",
        "audiences": "PARENT_CARER AGE_12_17", "side_by_side": "yes", **facts,
    }  # fmt: skip
    made = [line("licence", code, text=text) for code, text in said.items()]
    scales = list(_scales(record))
    for language in languages:
        made.append(line("notice", language=language, text=f"Invented notice ({language})"))
        made += [line("item", item, language, f"Invented item {item} ({language})") for item in known.items]
        made += [
            line("option", f"o{points}", language, f"Option {points} ({language})", points=points)
            for points in known.points or (0, 1, 2)
        ]
        named = [one["code"] for one in scales] + [rule.code for rule in known.rules]
        made += [line("meaning", code, language, f"Higher means more {code} ({language})") for code in named]
    if record == "esq":
        made += [line("option", "unsure", language, "Cannot say") for language in languages]
    return made + scales


def _scales(record):
    if record == "sdq":
        yield from (line("scale", code, text=code, items=items, least=3) for code, items in SDQ_SCALES.items())
    elif record == "esq":
        yield line("scale", "care", text="Care", items="1 2 3 4 5 6 7 11 12", least=9)
        yield line("scale", "environment", text="Environment", items="8 9 10", least=3)
    elif record == "hassles":
        yield line("scale", "often", text="How often", items=" ".join(f"f{n}" for n in range(1, 21)), least=20)


def line(what, code="", language="", text="", **more):
    return {**dict.fromkeys(COLUMNS, ""), "what": what, "code": code, "language": language, "text": text, **more}


def numbered(lines):
    """As a table gives them to be read."""
    return [(number, {name: str(value) for name, value in one.items()}) for number, one in enumerate(lines, start=2)]


def as_file(lines):
    """The bytes of a file."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS)
    writer.writeheader()
    writer.writerows(lines)
    return out.getvalue().encode()
