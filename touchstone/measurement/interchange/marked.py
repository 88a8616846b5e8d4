"""记号文本: how does a person type a question's text in a plain box or a cell?

A blank line, or a line break, begins a new paragraph. `[[1]]` is a blank, `![words](file)` a picture, `**words**` is bold, `^{2}` and `_{2}` stand
above and below the line. A backslash before any of these takes it as a letter. `to_marked` says what it could not write.
"""

import re
from collections.abc import Iterator

from touchstone.measurement.interchange.rich import BLOCKS, Node, Rich, blank, joined, node

_MARK = re.compile(
    r"\\(?P<letter>[\\\[\]!*^_{}])|\[\[(?P<blank>[^\s\[\]]{1,64})\]\]|!\[(?P<alt>[^\]\n]*)\]\((?P<src>[^()\s]+)\)"
    r"|\*\*(?P<strong>[^*\n]+)\*\*|\^\{(?P<sup>[^{}\n]*)\}|_\{(?P<sub>[^{}\n]*)\}"
)
_SPECIAL = re.compile(r"\\(?=[\\\[\]!*^_{}]|$)|\[(?=\[)|!(?=\[)|\*(?=\*)|[\^_](?=\{)")


def from_marked(text: str) -> Rich:
    """This function will read what a person typed. A single line is bare inline text; several are paragraphs."""
    lines = [" ".join(line.split()) for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    kept = [line for line in lines if line]
    if len(kept) <= 1:
        return joined(list(_inline(kept[0]))) if kept else ()
    return tuple(node("p", *_inline(line)) for line in kept)


def _inline(line: str) -> "Iterator[str | Node]":
    at = 0
    for found in _MARK.finditer(line):
        yield line[at : found.start()]
        at = found.end()
        if found["letter"]:
            yield found["letter"]
        elif found["blank"]:
            yield blank(found["blank"])
        elif found["src"]:
            yield node("img", src=found["src"], alt=found["alt"]) if found["alt"] else node("img", src=found["src"])
        else:
            tag = next(name for name in ("strong", "sup", "sub") if found[name] is not None)
            yield node(tag, found[tag])
    yield line[at:]


def to_marked(text: Rich) -> tuple[str, tuple[str, ...]]:
    """This function will write a text for a plain box, and name the tags it had to drop (their words stay)."""
    lost: dict[str, None] = {}
    lines = [" ".join(line.split()) for line in "".join(_write(text, lost)).split("\n")]
    return "\n".join(line for line in lines if line), tuple(lost)


def _write(text: Rich, lost: dict[str, None]) -> Iterator[str]:
    for part in text:
        if isinstance(part, str):
            yield _SPECIAL.sub(lambda found: "\\" + found[0], part.replace("\n", " "))
            continue
        inner = "".join(_write(part.children, lost))
        match part.tag:
            case "blank":
                yield f"[[{part.get('key')}]]"
            case "img" if not re.search(r"[()\s]", part.get("src")):
                words = part.get("alt").replace("]", " ").replace("\n", " ")
                yield f"![{words}]({part.get('src')})"
            case "br":
                yield "\n"
            case "strong" if inner and not re.search(r"[*\n]", inner):
                yield f"**{inner}**"
            case "sup" | "sub" as tag if not re.search(r"[{}\n\\]", inner):
                yield f"{'^' if tag == 'sup' else '_'}{{{inner}}}"
            case "p" | "div":
                yield f"\n{inner}\n"
            case tag:
                lost[tag] = None
                yield f"{inner} " if tag in ("td", "th") else f"\n{inner}\n" if tag in BLOCKS else inner
