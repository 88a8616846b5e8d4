"""样式核对: does a value fit a JSON Schema of the published document? Written anew here, so that the code is not checked by itself."""

import re
from datetime import date, datetime
from typing import Any

_KINDS = {"string": str, "integer": int, "boolean": bool, "object": dict, "array": list, "null": type(None)}
_KNOWN = {
    "$ref", "type", "description", "enum", "maxLength", "minLength", "pattern", "format", "minimum", "maximum", "items", "minItems", "maxItems",
    "oneOf", "properties", "required", "additionalProperties", "contentEncoding",
}  # fmt: skip


def faults(value: Any, schema: dict[str, Any], document: dict[str, Any], where: str = "") -> list[str]:
    """Give what of a value does not fit, in words."""
    assert set(schema) <= _KNOWN, f"{where}: 文档用了核对不了的关键字 {set(schema) - _KNOWN}"
    if "$ref" in schema:
        return faults(value, document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]], document, where)
    if "oneOf" in schema:
        fit = [one for one in schema["oneOf"] if not faults(value, one, document, where)]
        return [] if len(fit) == 1 else [f"{where}: {value!r} fits {len(fit)} of oneOf"]
    kind = _KINDS[schema["type"]]
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        return [f"{where}: {value!r} is no {schema['type']}"]
    if isinstance(value, dict):
        return _of_object(value, schema, document, where)
    if isinstance(value, list):
        found = [line for n, one in enumerate(value) for line in faults(one, schema["items"], document, f"{where}/{n}")]
        few, many = schema.get("minItems", 0), schema.get("maxItems", len(value))
        return found if few <= len(value) <= many else [*found, f"{where}: {len(value)} items"]
    return [f"{where}: {value!r} {line}" for line in _of_plain(value, schema)]


def _of_object(value: dict[str, Any], schema: dict[str, Any], document: dict[str, Any], where: str) -> list[str]:
    known = schema.get("properties", {})
    found = [f"{where}: {name} is missing" for name in schema.get("required", []) if name not in value]
    if schema.get("additionalProperties") is False:
        found += [f"{where}: {name} is not in the document" for name in value if name not in known]
    return found + [line for name, one in value.items() if name in known for line in faults(one, known[name], document, f"{where}/{name}")]


def _of_plain(value: Any, schema: dict[str, Any]) -> list[str]:
    found = []
    if "enum" in schema and value not in schema["enum"]:
        found.append(f"not in {schema['enum']}")
    if isinstance(value, str):
        if not schema.get("minLength", 0) <= len(value) <= schema.get("maxLength", len(value)):
            found.append("too long or too short")
        if "pattern" in schema and not re.search(schema["pattern"], value):
            found.append(f"not like {schema['pattern']}")
        try:
            {"date": date.fromisoformat, "date-time": datetime.fromisoformat}.get(schema.get("format", ""), str)(value)
        except ValueError:
            found.append(f"no {schema['format']}")
    if isinstance(value, int) and not schema.get("minimum", value) <= value <= schema.get("maximum", value):
        found.append("too small or too large")
    return found
