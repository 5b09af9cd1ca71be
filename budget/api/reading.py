"""The schema put in order for people: chapters of addresses, each with what it takes and tells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from urllib.parse import quote, urlencode

Schema = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Said:
    """One parameter, or one key of an object: its name, what it holds, what it means."""

    name: str
    holds: str
    told: str
    depth: int = 0
    is_needed: bool = False


@dataclass(frozen=True, slots=True)
class Operation:
    """One address."""

    name: str
    path: str
    summary: str
    told: str
    parameters: tuple[Said, ...]
    answer: tuple[Said, ...]
    example: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """Addresses that belong together."""

    title: str
    operations: tuple[Operation, ...]


def chapters(schema: Schema, names: Mapping[str, str]) -> tuple[Chapter, ...]:
    """Return the addresses in the order of the schema's own tags.

    ``names`` are those that the examples take, by parameter; without them there are no examples.
    """
    order = [tag["name"] for tag in schema["tags"]]
    found = [
        (order.index(each["get"]["tags"][0]), path, each["get"])
        for path, each in schema["paths"].items()
    ]
    found.sort(key=lambda told: told[0])
    return tuple(
        Chapter(order[place], tuple(_operation(schema, path, get, names) for _, path, get in group))
        for place, group in groupby(found, key=lambda told: told[0])
    )


def _operation(schema: Schema, path: str, get: Schema, names: Mapping[str, str]) -> Operation:
    answer = get["responses"]["200"]["content"]["application/json"]["schema"]
    return Operation(
        name=get["operationId"],
        path=path,
        summary=get["summary"],
        told=get["description"],
        parameters=tuple(_parameter(each) for each in get["parameters"]),
        answer=tuple(_keys(schema, answer)),
        example=_example(path, get, names),
    )


def _parameter(given: Schema) -> Said:
    told = given.get("description", "")
    if given["name"] == "format":
        told = "答复的格式；不写按请求头 Accept，再没有就是 json。"
    return Said(given["name"], _kind(given["schema"]), told, is_needed=bool(given.get("required")))


def _keys(schema: Schema, given: Schema, depth: int = 0) -> Iterator[Said]:
    """Yield the keys of an object, and under each the keys of the objects in it."""
    for name, held in _object(schema, given).get("properties", {}).items():
        yield Said(name, _kind(held), held.get("description", ""), depth)
        yield from _keys(schema, _inside(held), depth + 1)


def _object(schema: Schema, given: Schema) -> Schema:
    reference = given.get("$ref", "")
    if not reference:
        return given
    found: Schema = schema["components"]["schemas"][reference.rpartition("/")[2]]
    return found


def _inside(held: Schema) -> Schema:
    """Return what a list is a list of, or what a value is where it may be null."""
    while "items" in held:
        held = held["items"]
    for key in ("allOf", "oneOf", "anyOf"):
        for each in held.get(key, ()):
            if "$ref" in each and not each["$ref"].endswith(("Enum",)):
                return dict(each)
    return held


KINDS = {
    "string": "文字",
    "integer": "整数",
    "boolean": "是否",
    "array": "列表",
    "object": "对象",
    "null": "null",
}


def _kind(held: Schema) -> str:
    """Return in Chinese what a value is."""
    kind = held.get("type")
    if isinstance(kind, list):
        return "或".join(KINDS[each] for each in kind)
    if kind is None:
        return "对象"
    return KINDS[kind]


def _example(path: str, get: Schema, names: Mapping[str, str]) -> str:
    """Return an address that answers, "" where there are no names for it."""
    needed = [each for each in get["parameters"] if each.get("required")]
    if any(each["name"] not in names for each in needed):
        return ""
    for each in needed:
        path = path.replace(f"{{{each['name']}}}", quote(names[each["name"]]))
    asked = {each["name"]: names[each["name"]] for each in needed if each["in"] == "query"}
    return f"{path}?{urlencode(asked)}" if asked else path
