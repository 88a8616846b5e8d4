"""规范JSON: which bytes of a document are signed, and which texts are not read at all? (RFC 8785)

A text that two readers could understand differently is refused: a key twice, NaN, a whole number that a browser cannot hold, a lone surrogate.
"""

import json
from typing import Any

import rfc8785

LONGEST = 8 * 1024 * 1024
_LARGEST = 2**53 - 1


class Malformed(ValueError):
    """The text is no JSON, or none that everybody reads alike; the message is a Chinese sentence."""


def canonical(document: Any) -> bytes:
    """This function will give the canonical JSON of a document. :raises Malformed: where it has none (NaN, unsafe number, lone surrogate)."""
    try:
        if _is_plain(document):
            return json.dumps(document, ensure_ascii=False, separators=(",", ":"), sort_keys=True, check_circular=False).encode()
        return bytes(rfc8785.dumps(document))
    except (rfc8785.CanonicalizationError, RecursionError, UnicodeEncodeError) as fault:
        raise Malformed("内容含有不能规范书写的数字或字符。") from fault


def _is_plain(document: Any) -> bool:
    """Whether it holds only what the faster writer of the standard library writes just as RFC 8785 asks: no fractions, and keys in ASCII, which sort
    alike in UTF-16 and by code point."""
    waiting = [document]
    while waiting:
        held = waiting.pop()
        kind = type(held)
        if kind is dict:
            for name, value in held.items():
                if type(name) is not str or not name.isascii():
                    return False
                if type(value) is not str:
                    waiting.append(value)
        elif kind is list:
            waiting.extend(held)
        elif kind is int:
            if not -_LARGEST <= held <= _LARGEST:
                return False
        elif kind is not str and kind is not bool and held is not None:
            return False
    return True


def parse(text: str | bytes, *, longest: int = LONGEST) -> Any:
    """This function will read JSON that can be signed. :raises Malformed: see the class."""
    if len(text) > longest:
        raise Malformed(f"文件超过{longest // 1024:,}KB，不读取。")
    try:
        held = text.decode("utf-8") if isinstance(text, bytes) else text
        found = json.loads(held, object_pairs_hook=_once, parse_constant=_refuse, parse_int=_whole, parse_float=_float)
        if "\\u" in held:  # only an escape can bring a surrogate in
            canonical(found)
    except Malformed:
        raise
    except (ValueError, RecursionError) as fault:
        raise Malformed("不是JSON文本，或已损坏。") from fault
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise Malformed("同一个字段写了两次，无法确定以哪一个为准。")
    return found


def _refuse(name: str) -> Any:
    raise Malformed(f"{name}不是JSON的数字。")


def _whole(digits: str) -> int:
    if len(digits) > 17 or abs(found := int(digits)) > _LARGEST:
        raise Malformed("含有超出安全范围的整数。")
    return found


def _float(digits: str) -> float:
    found = float(digits)
    if found in (float("inf"), float("-inf")):
        raise Malformed("含有超出范围的数字。")
    return found
