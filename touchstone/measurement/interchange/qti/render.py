"""成文（QTI）: how is a tree written in 2.1, 2.2 or 3.0, and how does one of our texts become QTI's?"""

import re

from lxml import etree

from touchstone.measurement.interchange.delivery import Format, Loss
from touchstone.measurement.interchange.elements import Element
from touchstone.measurement.interchange.media import kind_of
from touchstone.measurement.interchange.rich import BLOCKS, Node, Rich, joined, plain

NAMESPACES = {
    Format.QTI21: "http://www.imsglobal.org/xsd/imsqti_v2p1",
    Format.QTI22: "http://www.imsglobal.org/xsd/imsqti_v2p2",
    Format.QTI30: "http://www.imsglobal.org/xsd/imsqtiasi_v3p0",
}
TEMPLATES = {
    Format.QTI21: "http://www.imsglobal.org/question/qti_v2p1/rptemplates/",
    Format.QTI22: "http://www.imsglobal.org/question/qti_v2p2/rptemplates/",
    Format.QTI30: "https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/",
}
_HTML = BLOCKS | {"strong", "em", "u", "s", "sub", "sup", "code", "br", "img", "object", "audio", "video", "span"}
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_UPPER = re.compile(r"([A-Z])")


def make(name: str, *children: "Element | str", **attributes: str) -> Element:
    """This function will build an element; a trailing underscore lets an attribute be called `class`."""
    return Element(name, 0, {key.rstrip("_"): value for key, value in attributes.items() if value}, list(children))


def render(root: Element, version: Format) -> bytes:
    """This function will write a tree as a document of the version."""
    space = NAMESPACES[version]
    built = _built(root, version, space, {None: space})
    return bytes(etree.tostring(built, xml_declaration=True, encoding="UTF-8"))


def _kebab(name: str) -> str:
    return _UPPER.sub(lambda found: "-" + found[1].lower(), name)


def _built(element: Element, version: Format, space: str, nsmap: "dict[str | None, str] | None" = None) -> etree._Element:
    if element.source:
        return etree.fromstring(element.source, etree.XMLParser(resolve_entities=False, no_network=True))
    html = element.name in _HTML
    name = f"qti-{_kebab(element.name)}" if version is Format.QTI30 and not html else element.name
    node = etree.Element(f"{{{space}}}{name}", nsmap=nsmap)
    for key, value in element.attributes.items():
        written = _LANG if key == "lang" else _kebab(key) if version is Format.QTI30 and not html else key
        node.set(written, value)
    last: etree._Element | None = None
    for child in element.children:
        if isinstance(child, str):
            if last is None:
                node.text = (node.text or "") + child
            else:
                last.tail = (last.tail or "") + child
        else:
            last = _built(child, version, space)
            node.append(last)
    return node


class TextWriter:
    """Writes our texts as QTI's; what QTI cannot show is lost and said."""

    def __init__(self, version: Format, losses: list[Loss], media: "dict[str, str]") -> None:
        self.version, self.losses, self.media = version, losses, media
        self.places: dict[str, Element] = {}

    def inline(self, text: Rich) -> "list[Element | str]":
        """This method will write a text as it is."""
        return [part if isinstance(part, str) else self._node(part) for part in text]

    def blocks(self, text: Rich) -> "list[Element | str]":
        """This method will write a text so that nothing inline stands loose between blocks."""
        found: list[Element | str] = []
        loose: list[str | Node] = []
        for part in (*text, None):
            if part is not None and (isinstance(part, str) or part.tag not in BLOCKS):
                loose.append(part)
                continue
            if plain(joined(loose)) or any(isinstance(one, Node) for one in loose):
                found.append(make("p", *self.inline(joined(loose))))
            loose = []
            if part is not None:
                found.append(self._node(part))
        return found

    def _node(self, part: Node) -> Element:
        match part.tag:
            case "blank":
                return self.places[part.get("key")]
            case "math":
                return Element("math", 0, source=part.children[0] if part.children and isinstance(part.children[0], str) else "<math/>")
            case "img":
                own = {**dict(part.attributes), "src": self.media.get(part.get("src"), part.get("src"))}
                return Element("img", 0, {"alt": "", **own})
            case "audio" | "video" if self.version is not Format.QTI30:
                return make("object", data=self.media.get(part.get("src"), part.get("src")), type=kind_of(part.get("src")))
            case "audio" | "video" as tag:
                return Element(tag, 0, {"src": self.media.get(part.get("src"), part.get("src")), "controls": "controls"})
            case "u" | "s" if self.version is not Format.QTI30:
                self.losses.append(Loss(0, "下划线" if part.tag == "u" else "删除线", f"{self.version.label}没有这种格式，只写出文字"))
                return make("span", *self.inline(part.children))
            case tag:
                return Element(tag, 0, dict(part.attributes), self.inline(part.children))
