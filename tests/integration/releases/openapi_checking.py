"""Holds an answer against a schema of an OpenAPI description: the parts of JSON Schema that ours uses."""

import re
from datetime import date, datetime

KINDS = {"string": str, "object": dict, "array": list, "boolean": bool, "null": type(None)}
KNOWN = {
    "$ref", "type", "enum", "properties", "required", "additionalProperties", "items", "pattern", "format", "minimum",
    "maximum", "description",
}  # fmt: skip
FORMATS = {
    "date": date.fromisoformat,
    "date-time": datetime.fromisoformat,
    "uri": lambda value: value.index("://"),
}


def differs(value, schema, document, where="$"):
    """Every way in which a value is not as its schema says."""
    if "$ref" in schema:
        return differs(value, _resolved(schema["$ref"], document), document, where)
    if more := set(schema) - KNOWN:
        return [f"{where}: the checker does not know {sorted(more)}"]
    found = [f"{where}: {said}" for said in _of_itself(value, schema)]
    if isinstance(value, dict):
        found += _of_object(value, schema, document, where)
    if isinstance(value, list) and "items" in schema:
        for place, one in enumerate(value):
            found += differs(one, schema["items"], document, f"{where}[{place}]")
    return found


def _resolved(ref, document):
    found = document
    for part in ref.removeprefix("#/").split("/"):
        found = found[part]
    return found


def _of_itself(value, schema):
    if "enum" in schema and value not in schema["enum"]:
        yield f"{value!r} is none of {schema['enum']}"
    kinds = schema.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if kinds and not any(_is_kind(value, kind) for kind in kinds):
        yield f"{value!r} is no {kinds}"
    if isinstance(value, str):
        if "pattern" in schema and not re.search(schema["pattern"], value):
            yield f"{value!r} does not fit {schema['pattern']}"
        if "format" in schema:
            FORMATS[schema["format"]](value)
    if isinstance(value, int | float) and not schema.get("minimum", value) <= value <= schema.get("maximum", value):
        yield f"{value} is out of range"


def _is_kind(value, kind):
    if kind in {"integer", "number"}:
        return isinstance(value, int if kind == "integer" else int | float) and not isinstance(value, bool)
    return isinstance(value, KINDS[kind])


def _of_object(value, schema, document, where):
    found = [f"{where}: {name} is missing" for name in schema.get("required", []) if name not in value]
    properties, others = schema.get("properties", {}), schema.get("additionalProperties", True)
    for name, one in value.items():
        if name in properties:
            found += differs(one, properties[name], document, f"{where}.{name}")
        elif isinstance(others, dict):
            found += differs(one, others, document, f"{where}.{name}")
        elif others is False:
            found.append(f"{where}: {name} is not described")
    return found
