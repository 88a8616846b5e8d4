"""内容样式: what does a piece of JSON look like? Each shape both reads what comes in and describes itself in the published document."""

import base64
import binascii
import re
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

Schema = dict[str, Any]


@dataclass(frozen=True)
class Fault:
    """What is wrong with one place of what was sent, by JSON pointer."""

    pointer: str
    sentence: str


class Unreadable(Exception):
    """What was sent is not of its shape; `faults` says where and why, all at once."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("；".join(f"{one.pointer}：{one.sentence}" for one in faults))
        self.faults = tuple(faults)


class Shape(ABC):
    """A kind of value."""

    @abstractmethod
    def schema(self) -> Schema:
        """This method will describe the shape as JSON Schema."""

    @abstractmethod
    def read(self, value: Any, pointer: str = "") -> Any:
        """This method will give the value as the code uses it. :raises Unreadable:"""

    def within(self) -> Iterator["Record"]:
        """This method will give the named records the shape is made of."""
        return iter(())


def _no(pointer: str, sentence: str) -> Unreadable:
    return Unreadable([Fault(pointer or "/", sentence)])


@dataclass(frozen=True)
class Text(Shape):
    """Words, trimmed."""

    most: int = 200
    least: int = 0
    pattern: str = ""

    def schema(self) -> Schema:
        found: Schema = {"type": "string", "maxLength": self.most}
        return found | ({"minLength": self.least} if self.least else {}) | ({"pattern": self.pattern} if self.pattern else {})

    def read(self, value: Any, pointer: str = "") -> str:
        if not isinstance(value, str):
            raise _no(pointer, "应为文字。")
        text = value.strip()
        if "\0" in text or len(text) > self.most:
            raise _no(pointer, f"最多{self.most}个字符，不能有空字符。")
        if len(text) < self.least:
            raise _no(pointer, "不能为空。")
        if self.pattern and not re.fullmatch(self.pattern, text):
            raise _no(pointer, f"“{text[:40]}”不符合格式。")
        return text


@dataclass(frozen=True)
class Choice(Shape):
    """One of some words."""

    words: Mapping[str, str]

    def schema(self) -> Schema:
        return {"type": "string", "enum": list(self.words), "description": "；".join(f"{key}：{label}" for key, label in self.words.items())}

    def read(self, value: Any, pointer: str = "") -> str:
        if not isinstance(value, str) or value not in self.words:
            raise _no(pointer, f"只能是{'、'.join(self.words)}之一。")
        return value


@dataclass(frozen=True)
class Whole(Shape):
    """A whole number."""

    least: int = 0
    most: int = 2**31 - 1

    def schema(self) -> Schema:
        return {"type": "integer", "minimum": self.least, "maximum": self.most}

    def read(self, value: Any, pointer: str = "") -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not self.least <= value <= self.most:
            raise _no(pointer, f"应为{self.least}至{self.most}之间的整数。")
        return value


@dataclass(frozen=True)
class Decimals(Shape):
    """A number with at most some decimal places, as text so that no place is lost."""

    places: int = 1
    most: int = 100

    def schema(self) -> Schema:
        return {"type": "string", "pattern": rf"^\d{{1,3}}(\.\d{{1,{self.places}}})?$", "description": f"0至{self.most}，最多{self.places}位小数"}

    def read(self, value: Any, pointer: str = "") -> Decimal:
        try:
            if not isinstance(value, str) or not re.fullmatch(rf"\d{{1,3}}(\.\d{{1,{self.places}}})?", value) or Decimal(value) > self.most:
                raise _no(pointer, f"应为0至{self.most}、最多{self.places}位小数的文字，如“85.5”。")
            return Decimal(value)
        except InvalidOperation as error:
            raise _no(pointer, "不是数字。") from error


@dataclass(frozen=True)
class Flag(Shape):
    """Yes or no."""

    def schema(self) -> Schema:
        return {"type": "boolean"}

    def read(self, value: Any, pointer: str = "") -> bool:
        if not isinstance(value, bool):
            raise _no(pointer, "应为true或false。")
        return value


@dataclass(frozen=True)
class Day(Shape):
    """A day."""

    def schema(self) -> Schema:
        return {"type": "string", "format": "date"}

    def read(self, value: Any, pointer: str = "") -> date:
        try:
            if not isinstance(value, str) or len(value) != 10:
                raise ValueError
            return date.fromisoformat(value)
        except ValueError as error:
            raise _no(pointer, "应为2026-03-20样式的日期。") from error


@dataclass(frozen=True)
class Moment(Shape):
    """A moment with its time zone; only ever sent by us."""

    def schema(self) -> Schema:
        return {"type": "string", "format": "date-time"}

    def read(self, value: Any, pointer: str = "") -> str:
        return Text(40).read(value, pointer)


@dataclass(frozen=True)
class Bytes(Shape):
    """A file, in base64."""

    most: int = 3 * 1024 * 1024

    def schema(self) -> Schema:
        return {"type": "string", "contentEncoding": "base64", "maxLength": (self.most + 2) // 3 * 4}

    def read(self, value: Any, pointer: str = "") -> bytes:
        try:
            if not isinstance(value, str):
                raise _no(pointer, "应为base64文字。")
            content = base64.b64decode(value, validate=True)
        except (binascii.Error, ValueError) as error:
            raise _no(pointer, "不是base64编码。") from error
        if not 0 < len(content) <= self.most:
            raise _no(pointer, f"文件不能为空，且不超过{self.most // 1024 // 1024}MB。")
        return content


@dataclass(frozen=True)
class Anything(Shape):
    """An object whose contents another place reads."""

    words: str = ""

    def schema(self) -> Schema:
        return {"type": "object"} | ({"description": self.words} if self.words else {})

    def read(self, value: Any, pointer: str = "") -> dict[str, Any]:
        if not isinstance(value, dict):
            raise _no(pointer, "应为对象。")
        return value


@dataclass(frozen=True)
class Maybe(Shape):
    """The shape, or null."""

    shape: Shape

    def schema(self) -> Schema:
        return {"oneOf": [self.shape.schema(), {"type": "null"}]}

    def read(self, value: Any, pointer: str = "") -> Any:
        return None if value is None else self.shape.read(value, pointer)

    def within(self) -> Iterator["Record"]:
        return self.shape.within()


@dataclass(frozen=True)
class Listing(Shape):
    """Several of one shape."""

    shape: Shape
    least: int = 0
    most: int = 0

    def schema(self) -> Schema:
        found: Schema = {"type": "array", "items": self.shape.schema()}
        return found | ({"minItems": self.least} if self.least else {}) | ({"maxItems": self.most} if self.most else {})

    def read(self, value: Any, pointer: str = "") -> list[Any]:
        if not isinstance(value, list) or len(value) < self.least or (self.most and len(value) > self.most):
            raise _no(pointer, f"应为{self.least}至{self.most or '不限'}项的列表。")
        faults: list[Fault] = []
        found = []
        for place, one in enumerate(value):
            with _gathered(faults):
                found.append(self.shape.read(one, f"{pointer}/{place}"))
        if faults:
            raise Unreadable(faults)
        return found

    def within(self) -> Iterator["Record"]:
        return self.shape.within()


@dataclass(frozen=True)
class Part:
    """One field of a record: its shape, what it means, whether it must be there, and what stands for it where it is left out."""

    shape: Shape
    words: str = ""
    needed: bool = True
    otherwise: Any = None


@dataclass(frozen=True)
class Record(Shape):
    """An object of named parts; nothing else may stand in it."""

    name: str
    parts: Mapping[str, Part] = field(hash=False)
    words: str = ""

    def schema(self) -> Schema:
        return {"$ref": f"#/components/schemas/{self.name}"}

    def whole(self) -> Schema:
        """This method will describe the record in full, for the place it is referred to."""
        properties = {key: part.shape.schema() | ({"description": _both(part)} if part.words else {}) for key, part in self.parts.items()}
        needed = [key for key, part in self.parts.items() if part.needed]
        found: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
        return found | ({"required": needed} if needed else {}) | ({"description": self.words} if self.words else {})

    def read(self, value: Any, pointer: str = "") -> dict[str, Any]:
        if not isinstance(value, dict):
            raise _no(pointer, "应为对象。")
        faults = [Fault(f"{pointer}/{key}", "没有这一项。") for key in value if key not in self.parts]
        found: dict[str, Any] = {}
        for key, part in self.parts.items():
            if key in value:
                with _gathered(faults):
                    found[key] = part.shape.read(value[key], f"{pointer}/{key}")
            elif part.needed:
                faults.append(Fault(f"{pointer}/{key}", f"缺少{part.words.split('，')[0] or key}。"))
            else:
                found[key] = part.otherwise
        if faults:
            raise Unreadable(faults)
        return found

    def within(self) -> Iterator["Record"]:
        yield self
        for part in self.parts.values():
            yield from part.shape.within()


def _both(part: Part) -> str:
    """Words of a field, and those of its shape where it has some."""
    own = part.shape.schema().get("description", "")
    return f"{part.words}（{own}）" if own else part.words


@contextmanager
def _gathered(faults: list[Fault]) -> Iterator[None]:
    try:
        yield
    except Unreadable as found:
        faults += found.faults
