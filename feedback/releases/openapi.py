"""What programs can ask for here, as an OpenAPI 3.1 description; tests hold it against what is really answered."""

from __future__ import annotations

from typing import Any

from feedback.releases.csvw import COLUMNS, LICENCE, REASONS
from feedback.releases.models import Release
from feedback.releases.rates_data import BASES
from feedback.releases.rates_data import COLUMNS as RATES
from surveys.instrument.wording import Voice

Schema = dict[str, Any]
VERSION = "1"
QUARTER = r"^\d{4}Q[1-4]$"
PERIOD = r"^\d{4}Q[1-4](\.\.\d{4}Q[1-4])?$"
JSON, PROBLEM = "application/json", "application/problem+json"
TEXT: Schema = {"type": "string"}


def description(server: str) -> dict[str, Any]:
    """The whole description, for the site at this address."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Earshot: open data",
            "version": VERSION,
            "summary": "What children and families said, in protected figures, to read and never to write.",
            "description": (
                "Every figure is moved by a small secret amount and small groups are withheld; the same cells are on "
                "the pages, in the files and here, and no others exist. They are information to ask questions with: "
                "not targets, and no reason to rank anybody. A release is never changed; a wrong one is withdrawn as a "
                "whole and answers 410 from then on. Keep nothing longer than a minute without asking again. No words "
                "of children are here: what was downloaded could not be recalled."
            ),
            "license": {"name": "Open Government Licence v3.0", "url": LICENCE},
        },
        "servers": [{"url": server.rstrip("/")}],
        "paths": {**_lists(), **_files()},
        "components": {
            "parameters": {"release": _parameter()},
            "headers": {"ETag": {"description": "The mark of the content.", "schema": TEXT}},
            "responses": {
                "NotThere": _problem("There is no such release or file."),
                "Withdrawn": _problem("The release was withdrawn as a whole."),
                "NotModified": {"description": "It is as it was when you had this ETag."},
            },
            "schemas": _schemas(),
        },
    }


def _parameter() -> Schema:
    return {
        "name": "release",
        "in": "path",
        "required": True,
        "description": "The release's code, as releases.json has it.",
        "schema": {"type": "string", "pattern": "^[-a-zA-Z0-9_]+$"},
    }


def _problem(said: str) -> Schema:
    return {"description": said, "content": {PROBLEM: {"schema": _of("Problem")}}}


def _of(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _lists() -> dict[str, Any]:
    return {
        "/open-data/releases.json": _get("listReleases", "Every release that was published", JSON, _of("Releases")),
        "/open-data/changes.json": _get(
            "listChanges",
            "The latest 100 changes: what was published, what was withdrawn and why, as a JSON Feed",
            "application/feed+json",
            _of("Changes"),
        ),
        "/open-data/changes.atom": _get("followChanges", "The same as an Atom feed", "application/atom+xml", TEXT),
        "/open-data/openapi.json": _get(
            "describe", "This description", "application/openapi+json", {"type": "object", "required": ["openapi"]}
        ),
    }


def _files() -> dict[str, Any]:
    of_release = {
        "published.json": ("getFigures", "The figures of a release", JSON, _of("Figures")),
        "published.csv": ("getTable", "The same figures as a table", "text/csv", TEXT),
        "metadata.json": (
            "getMetadata",
            "What the columns of the table mean, as CSV on the Web",
            "application/csvm+json",
            {"type": "object", "required": ["@context", "url", "tableSchema"]},
        ),
        "response-rates.csv": ("getResponseRates", "How many were asked and answered, as a table", "text/csv", TEXT),
        "response-rates.csv-metadata.json": (
            "getMetadataOfResponseRates",
            "What the columns of that table mean, as CSV on the Web",
            "application/csvm+json",
            {"type": "object", "required": ["@context", "url", "tableSchema"]},
        ),
        "statement.txt": ("getStatement", "How the figures were protected, in words", "text/plain", TEXT),
    }
    found = {f"/open-data/{{release}}/{name}": _get(*said) for name, said in of_release.items()}
    for path, item in found.items():
        # Programs are told in a form of theirs only where they asked for one.
        gone = {"404": "NotThere", "410": "Withdrawn"}
        for status, name in gone.items():
            item["get"]["responses"][status] = (
                {"$ref": f"#/components/responses/{name}"}
                if path.endswith(".json")
                else {"description": "The same in words.", "content": {"text/plain": {"schema": TEXT}}}
            )
        item["parameters"] = [{"$ref": "#/components/parameters/release"}]
    return found


def _get(name: str, summary: str, content_type: str, schema: Schema) -> dict[str, Any]:
    return {
        "get": {
            "operationId": name,
            "summary": summary,
            "responses": {
                "200": {
                    "description": summary,
                    "headers": {"ETag": {"$ref": "#/components/headers/ETag"}},
                    "content": {content_type: {"schema": schema}},
                },
                "304": {"$ref": "#/components/responses/NotModified"},
            },
        }
    }


def _whole(**properties: Schema) -> Schema:
    """An object that has exactly these."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _list_of(schema: Schema) -> Schema:
    return {"type": "array", "items": schema}


def _or_nothing(kind: str, **more: Any) -> Schema:
    return {"type": [kind, "null"], **more}


def _meaning(column: str) -> Schema:
    return {"description": COLUMNS[column][2].replace("blank", "null")}


def _per_cent(column: str) -> Schema:
    return _or_nothing("integer", minimum=0, maximum=100, **_meaning(column))


def _schemas() -> dict[str, Schema]:
    return {
        "Problem": _whole(type=TEXT, title=TEXT, status={"type": "integer"}, detail=TEXT),
        "Releases": _whole(title=TEXT, description=TEXT, license=TEXT, releases=_list_of(_of("Release"))),
        "Release": _release(),
        "Changes": _whole(
            version=TEXT, title=TEXT, home_page_url=TEXT, feed_url=TEXT, language=TEXT, items=_list_of(_of("Change"))
        ),
        "Change": _whole(
            id=TEXT,
            url=TEXT,
            title=TEXT,
            content_text=TEXT,
            date_published={"type": "string", "format": "date-time"},
            tags=_list_of({"enum": ["published", "withdrawn"]}),
        ),
        "Figures": _figures(),
        "ResponseRate": _response_rate(),
        "Group": _group(),
        "Cell": _cell(),
    }


def _release() -> Schema:
    day = _or_nothing("string", format="date")
    return _whole(
        release=TEXT,
        area={"type": "string", **_meaning("area")},
        period={"type": "string", "pattern": QUARTER},
        is_invented={"type": "boolean", "description": "Whether the area and its answers are made up."},
        state={"enum": [Release.Status.PUBLISHED.value, Release.Status.WITHDRAWN.value]},
        published_on=day,
        withdrawn_on=day,
        page={"type": "string", "format": "uri"},
        files=_list_of({"type": "string", "format": "uri"}),
    )


def _figures() -> Schema:
    return _whole(
        release=TEXT,
        area={"type": "string", **_meaning("area")},
        period={"type": "string", "pattern": QUARTER},
        description=TEXT,
        license=TEXT,
        response_rates={
            **_list_of(_of("ResponseRate")),
            "description": "How many of each voice were asked and answered, or that nobody knows, as the pages say it.",
        },
        is_invented={"type": "boolean"},
        rules={"type": "object", "description": "The rules the figures were protected by, as they were in force."},
        chosen_for_others={
            "type": "string",
            "description": "For how many people somebody else chose the answers; they are in no figure.",
        },
        interpretations={
            "type": "object",
            "description": "What the figures of each question may mean, by the question's code, as somebody wrote it.",
            "additionalProperties": {"type": "object", "additionalProperties": TEXT},
        },
        tested={"type": "string", "description": "Whether somebody tried to find a person in these figures."},
        intruder_tests=_list_of({"type": "object"}),
        groups=_list_of(_of("Group")),
    )


def _response_rate() -> Schema:
    def of(column: str, schema: Schema) -> Schema:
        return {**schema, "description": RATES[column][2].replace("blank", "null")}

    many = _or_nothing("integer", minimum=0)
    return _whole(
        voice=of("voice", {"enum": [voice.value for voice in Voice]}),
        audience=of("audience", TEXT),
        period=of("period", _or_nothing("string", pattern=PERIOD)),
        is_known=of("is_known", {"type": "boolean"}),
        answered=of("answered", many),
        asked=of("asked", many),
        basis=of("basis", {"enum": [*BASES, None]}),
        percent=of("percent", _or_nothing("integer", minimum=0, maximum=100)),
        is_beyond=of("is_beyond", {"type": "boolean"}),
        source=of("source", _or_nothing("string")),
        counted_on=of("counted_on", _or_nothing("string", format="date")),
        in_words=of("in_words", TEXT),
        meaning=of("meaning", TEXT),
    )


def _group() -> Schema:
    return _whole(
        question={"type": "string", **_meaning("question")},
        period={"type": "string", "pattern": PERIOD, **_meaning("period")},
        **{name: {"type": "string", **_meaning(name)} for name in ("stage", "service", "audience")},
        base=_or_nothing("integer", minimum=0, **_meaning("base")),
        cells=_list_of(_of("Cell")),
    )


def _cell() -> Schema:
    return _whole(
        option={"type": "string", **_meaning("option")},
        count=_or_nothing("number", **_meaning("count")),
        percent=_or_nothing("string", **_meaning("percent")),
        **{name: _per_cent(name) for name in ("low", "high", "low_all", "high_all")},
        reason={"enum": [*REASONS, None], "description": "Why numbers are null; null where nothing is withheld."},
    )
