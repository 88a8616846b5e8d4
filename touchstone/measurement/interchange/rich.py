"""带格式的文字: what may stand in a question besides plain letters, and how is it shown safely?

A text is a tuple of strings and nodes. Only the tags below exist, so whatever is read from another system can be shown without further
cleaning. `blank` is a place in the stem to be filled (`key` names the slot); `math` holds MathML as its source text, shown as text.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any, Union

BLOCKS = frozenset({"p", "div", "ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td", "pre", "blockquote", "h3", "h4", "dl", "dt", "dd"})
INLINE = frozenset({"strong", "em", "u", "s", "sub", "sup", "code", "br", "img", "audio", "video", "math", "blank"})
ALONE = frozenset({"br", "img", "audio", "video", "blank"})
ATTRIBUTES: Mapping[str, frozenset[str]] = {
    "img": frozenset({"src", "alt", "width", "height"}),
    "audio": frozenset({"src"}),
    "video": frozenset({"src"}),
    "blank": frozenset({"key"}),
    "td": frozenset({"colspan", "rowspan"}),
    "th": frozenset({"colspan", "rowspan"}),
}
NEEDED: Mapping[str, str] = {"img": "src", "audio": "src", "video": "src", "blank": "key"}
DEEPEST = 40

Rich = tuple[Union[str, "Node"], ...]


class Malformed(ValueError):
    """What was handed in is not a question as we write them. `sentence` says where and why."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True)
class Node:
    """One element of a text. Attributes are in alphabetical order, so that equal texts are equal objects."""

    tag: str
    children: Rich = ()
    attributes: tuple[tuple[str, str], ...] = ()

    def get(self, name: str) -> str:
        """The attribute's value; empty when there is none."""
        return dict(self.attributes).get(name, "")


def node(tag: str, *children: "str | Node", **attributes: str) -> Node:
    """This function will build a node; adjacent and empty strings are joined."""
    return Node(tag, joined(children), tuple(sorted(attributes.items())))


def blank(key: str) -> Node:
    """This function will give the place that the slot `key` fills."""
    return node("blank", key=key)


def joined(parts: "tuple[str | Node, ...] | list[str | Node]") -> Rich:
    """This function will join neighbouring strings and drop empty ones: the one way to write a text."""
    kept: list[str | Node] = []
    for part in parts:
        if isinstance(part, str) and kept and isinstance(kept[-1], str):
            kept[-1] += part
        elif part != "":
            kept.append(part)
    return tuple(kept)


def walk(text: Rich) -> Iterator[Node]:
    """This function will give every node of a text, in reading order."""
    for part in text:
        if isinstance(part, Node):
            yield part
            yield from walk(part.children)


def blanks(text: Rich) -> tuple[str, ...]:
    """This function will give the keys of the blanks of a text, in reading order."""
    return tuple(one.get("key") for one in walk(text) if one.tag == "blank")


def media_names(text: Rich) -> tuple[str, ...]:
    """This function will give the files that a text shows, each once."""
    return tuple(dict.fromkeys(one.get("src") for one in walk(text) if one.tag in ("img", "audio", "video")))


def plain(text: Rich) -> str:
    """This function will give the bare words: a line per block, `____` for a blank, [alt] for a picture."""
    lines = "".join(_plain(text)).split("\n")
    kept = [" ".join(line.split()) for line in lines]
    return "\n".join(line for line in kept if line)


def _plain(text: Rich) -> Iterator[str]:
    for part in text:
        if isinstance(part, str):
            yield part.replace("\n", " ")
        elif part.tag == "br":
            yield "\n"
        elif part.tag == "blank":
            yield "____"
        elif part.tag in ("img", "audio", "video"):
            yield f"[{part.get('alt') or part.get('src')}]"
        elif part.tag == "math":
            yield re.sub(r"<[^<>]*>", "", "".join(_plain(part.children)))
        elif part.tag in BLOCKS:
            yield "\n"
            yield from _plain(part.children)
            yield " " if part.tag in ("td", "th") else "\n"
        else:
            yield from _plain(part.children)


def to_html(text: Rich, source: Callable[[str], str] = str, place: Callable[[str], str] | None = None) -> str:
    """This function will give safe HTML. `source` turns a media name into an address; `place` gives the HTML of a blank (already safe)."""
    return "".join(_html(text, source, place))


def _html(text: Rich, source: Callable[[str], str], place: Callable[[str], str] | None) -> Iterator[str]:
    for part in text:
        if isinstance(part, str):
            yield escape(part)
        elif part.tag == "blank":
            yield place(part.get("key")) if place else '<span class="blank">____</span>'
        elif part.tag == "math":
            yield f"<code>{''.join(_html(part.children, source, place))}</code>"
        else:
            own = {name: source(value) if name == "src" else value for name, value in part.attributes}
            written = "".join(f' {name}="{escape(value)}"' for name, value in own.items())
            if part.tag in ("audio", "video"):
                yield f"<{part.tag}{written} controls></{part.tag}>"
            elif part.tag in ALONE:
                yield f"<{part.tag}{written}>"
            else:
                yield f"<{part.tag}{written}>"
                yield from _html(part.children, source, place)
                yield f"</{part.tag}>"


def check_rich(text: Rich, where: str, depth: int = 0) -> None:
    """This function will pass a text made of what may stand in one. :raises Malformed: for any other."""
    if depth > DEEPEST:
        raise Malformed(f"{where}的格式嵌套超过{DEEPEST}层，请简化。")
    for part in text:
        if isinstance(part, str):
            if bad := next((letter for letter in part if not is_letter(letter)), ""):
                raise Malformed(f"{where}里有不可见的控制字符（U+{ord(bad):04X}），请删去。")
            continue
        if part.tag not in BLOCKS | INLINE:
            raise Malformed(f"{where}里有不允许的标记“{part.tag}”。")
        names = {name for name, _ in part.attributes}
        if not names <= ATTRIBUTES.get(part.tag, frozenset()):
            raise Malformed(f"{where}里的标记“{part.tag}”带有不允许的属性。")
        if (needed := NEEDED.get(part.tag)) and not part.get(needed):
            raise Malformed(f"{where}里的标记“{part.tag}”缺少{needed}。")
        if part.tag in ALONE and part.children:
            raise Malformed(f"{where}里的标记“{part.tag}”不能含有内容。")
        if part.tag in ("img", "audio", "video") and not is_media_name(part.get("src")):
            raise Malformed(f"{where}引用的文件“{part.get('src')[:60]}”不是附件的名称。")
        check_rich(part.children, where, depth + 1)


def is_letter(letter: str) -> bool:
    """This function will say whether a letter may stand in XML 1.0, and so in every format we write."""
    code = ord(letter)
    return letter in "\t\n\r" or 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or code >= 0x10000


def is_media_name(name: str) -> bool:
    """This function will say whether a name stays inside a package: no address, no way up, no drive."""
    parts = name.split("/")
    return bool(name) and not any(part in ("", ".", "..") for part in parts) and not any(letter in name for letter in ':\\?#"<>|*\x00')


def rich_to_json(text: Rich) -> list[Any]:
    """This function will write a text as JSON: strings, and [tag, {attributes}, [children]] for nodes."""
    return [part if isinstance(part, str) else [part.tag, dict(part.attributes), rich_to_json(part.children)] for part in text]


def rich_from_json(raw: object, where: str) -> Rich:
    """This function will read what `rich_to_json` wrote. :raises Malformed:"""
    text = _read(raw, where, 0)
    check_rich(text, where)
    return text


def _read(raw: object, where: str, depth: int) -> Rich:
    if not isinstance(raw, list) or depth > DEEPEST:
        raise Malformed(f"{where}应为文字和标记的列表。")
    parts: list[str | Node] = []
    for one in raw:
        if isinstance(one, str):
            parts.append(one)
            continue
        match one:
            case [str(tag), dict(attributes), children] if all(isinstance(v, str) for v in attributes.values()):
                parts.append(Node(tag, _read(children, where, depth + 1), tuple(sorted(attributes.items()))))
            case _:
                raise Malformed(f"{where}里有读不懂的标记。")
    return joined(parts)
