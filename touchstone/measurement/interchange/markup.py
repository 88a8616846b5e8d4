"""网页标记: how does the HTML of another system become a text of ours, and what of it is dropped?

Words are never dropped in silence: an unknown tag's words stay and the tag is reported; scripts and forms are dropped and reported.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from html.parser import HTMLParser
from urllib.parse import unquote

from touchstone.measurement.interchange.delivery import Loss
from touchstone.measurement.interchange.elements import Element
from touchstone.measurement.interchange.rich import ALONE, ATTRIBUTES, BLOCKS, DEEPEST, Node, Rich, is_letter, is_media_name, joined
from touchstone.measurement.interchange.scoring import as_count

SAME = BLOCKS | {"strong", "em", "u", "s", "sub", "sup", "code", "br"}
RENAMED = {
    "b": "strong", "i": "em", "strike": "s", "del": "s", "ins": "u", "tt": "code", "kbd": "code", "samp": "code", "var": "em", "cite": "em",
    "q": "em", "dfn": "em", "h1": "h3", "h2": "h3", "h5": "h4", "h6": "h4", "section": "div", "article": "div", "center": "div", "address": "div",
    "tfoot": "tbody", "caption": "p", "figure": "div", "figcaption": "p", "aside": "div", "main": "div", "header": "div", "footer": "div",
}  # fmt: skip
BARE = frozenset({"span", "font", "label", "contentBody", "acronym", "abbr", "small", "big", "bdo", "bdi", "wbr", "nobr", "colgroup", "col", "html",
                  "body", "templateInline", "templateBlock", "ruby", "rb"})  # fmt: skip
DROPPED = frozenset({"script", "style", "iframe", "form", "input", "button", "select", "textarea", "embed", "applet", "link", "meta", "base", "head",
                     "noscript", "svg", "canvas", "stylesheet", "catalogInfo"})  # fmt: skip
_SPACE = re.compile(r"[ \t\r\n\f]+")
Replace = Callable[[Element], "Rich | None"]


class Markup:
    """Turns elements into texts and keeps what was lost. `replace` may take an element over (an interaction, a feedback)."""

    def __init__(self, losses: list[Loss], replace: Replace | None = None, source: Callable[[str], str | None] | None = None) -> None:
        self.losses, self.replace, self.source = losses, replace, source
        self.styled = False

    def text(self, children: "Iterable[Element | str]", depth: int = 0, kept: bool = False) -> Rich:
        """This method will give the text of these children. `kept`: blanks and line ends are letters, as in <pre>."""
        return joined(list(self._parts(children, depth, kept)))

    def _parts(self, children: "Iterable[Element | str]", depth: int, kept: bool) -> "Iterator[str | Node]":
        for child in children:
            if isinstance(child, str):
                words = child if kept else _SPACE.sub(" ", child)
                yield "".join(letter for letter in words if is_letter(letter))
            else:
                yield from self._element(child, depth, kept)

    def _element(self, element: Element, depth: int, kept: bool) -> "Iterator[str | Node]":
        taken = self.replace(element) if self.replace else None
        if taken is not None:
            yield from taken
            return
        name = element.name
        if depth >= DEEPEST - 2:
            self.lose(element, f"<{name}>", "格式嵌套过深，只保留了文字")
            yield element.words()
            return
        self._styles(element)
        if element.source:
            yield Node("math", (element.source,))
        elif name in ("img", "image") or (name == "object" and element.get("type").startswith("image/")):
            yield from self._media(element, "img", depth)
        elif name in ("audio", "video") or (name == "object" and element.get("type").split("/")[0] in ("audio", "video")):
            yield from self._media(element, name if name != "object" else element.get("type").split("/")[0], depth)
        elif name in DROPPED:
            self.lose(element, f"<{name}>", "不能进入题目，已经略去")
        elif name in SAME or name in RENAMED:
            tag = RENAMED.get(name, name)
            if tag in ALONE:
                yield Node(tag)
                return
            own = {key: value for key, value in element.attributes.items() if key in ATTRIBUTES.get(tag, frozenset())}
            yield Node(tag, self.text(element.children, depth + 1, kept or tag == "pre"), tuple(sorted(own.items())))
        else:
            if name == "hr":
                yield Node("br")
            elif name == "a" and element.get("href"):
                self.lose(element, f"链接“{element.get('href')[:80]}”", "题目里不带外部链接，只保留了文字")
            elif name not in BARE:
                self.lose(element, f"<{name}>", "不认识的标记，只保留了文字")
            yield from self._parts(element.children, depth + 1, kept)

    def _styles(self, element: Element) -> None:
        if not self.styled and (element.get("style") or element.get("class")):
            self.styled = True
            self.lose(element, "样式", "颜色、字号、版式等样式不带入题目")

    def _media(self, element: Element, tag: str, depth: int) -> "Iterator[str | Node]":
        inner = next((one for one in element.each("source") if one.get("src")), None)
        address = element.get("src") or element.get("data") or (inner.get("src") if inner else "")
        alt = element.get("alt") or (_SPACE.sub(" ", element.words()).strip() if tag == "img" else "")
        name = self.source(address) if self.source and address else None
        if name is None or not is_media_name(name):
            self.lose(element, f"文件“{address[:80]}”", "没有随题目送来，题中只留了它的名称")
            yield f"[缺：{alt or address[:80]}]"
            return
        kept: dict[str, str] = {"src": name}
        if tag == "img":
            kept |= {key: element.get(key) for key in ("width", "height") if as_count(element.get(key)) is not None}
            if alt:
                kept["alt"] = "".join(letter for letter in alt if is_letter(letter))
        yield Node(tag, (), tuple(sorted(kept.items())))

    def lose(self, element: Element, what: str, why: str) -> None:
        self.losses.append(Loss(element.line, what, why))


def tidy(text: Rich) -> Rich:
    """This function will take the layout's blanks away: at both ends, and between blocks."""
    parts = list(text)
    kept: list[str | Node] = []
    for place, part in enumerate(parts):
        if isinstance(part, str):
            before, after = (parts[place - 1] if place else None), (parts[place + 1] if place + 1 < len(parts) else None)
            if before is None or _is_block(before):
                part = part.lstrip(" \n\t")
            if after is None or _is_block(after):
                part = part.rstrip(" \n\t")
            kept.append(part)
        elif part.tag in BLOCKS - {"pre"}:
            kept.append(Node(part.tag, tidy(part.children), part.attributes))
        else:
            kept.append(part)
    return joined(kept)


def _is_block(part: "str | Node") -> bool:
    return isinstance(part, Node) and part.tag in BLOCKS


def unwrapped(text: Rich) -> Rich:
    """This function will take off a single paragraph or division that wraps the whole text."""
    text = tidy(text)
    while len(text) == 1 and isinstance(text[0], Node) and text[0].tag in ("p", "div"):
        text = tidy(text[0].children)
    return text


class _Html(HTMLParser):
    """A forgiving reader of HTML that gives the same tree as the XML reader; lines count from where the HTML began."""

    def __init__(self, line: int) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("body", line)
        self.open = [self.root]
        self.first = line

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("p", "li", "tr", "td", "th"):
            self._close(tag, until={"p": ("div", "td", "th", "li", "blockquote"), "li": ("ul", "ol"), "tr": ("table", "tbody")}.get(tag, ("tr",)))
        element = Element(tag, self.first + self.getpos()[0] - 1, {key: value or "" for key, value in attrs})
        self.open[-1].children.append(element)
        if tag not in ("br", "img", "hr", "input", "meta", "link", "col", "source", "wbr", "base", "embed") and len(self.open) < 200:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        self._close(tag, until=())

    def _close(self, tag: str, until: tuple[str, ...]) -> None:
        for place in range(len(self.open) - 1, 0, -1):
            if self.open[place].name == tag:
                del self.open[place:]
                return
            if self.open[place].name in until:
                return

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def from_html(html: str, line: int = 1) -> Element:
    """This function will read a piece of HTML, however badly closed."""
    reader = _Html(line)
    reader.feed(html)
    reader.close()
    return reader.root


def media_path(base: str, address: str) -> str | None:
    """This function will resolve an address inside a package against the folder `base`; None for one that leads outside."""
    if re.match(r"^[A-Za-z][A-Za-z0-9+.-]*:|^//", address):
        return None
    path = unquote(address.split("#", maxsplit=1)[0].split("?", maxsplit=1)[0])
    parts: list[str] = [] if path.startswith("/") else [part for part in base.split("/") if part]
    for part in path.split("/"):
        if part == "..":
            if not parts:
                return None
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts) or None
