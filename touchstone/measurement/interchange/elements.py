"""安全读取 XML: how is a stranger's XML taken apart without following anything it points to?

No DOCTYPE at all (entities and outside files need one), no network, bounded depth and size. What comes out is a plain tree with line numbers,
in which QTI 3's `qti-simple-choice` and `data-x` read as QTI 2's `simpleChoice`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from touchstone.measurement.interchange.delivery import Refused

MOST_BYTES = 20 * 1024 * 1024
_DOCTYPE = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
_PREFIX = "qti-"
MATHML = "http://www.w3.org/1998/Math/MathML"


@dataclass
class Element:
    """An element: its local name as QTI 2 writes it, its line, attributes by local name, children and text in order."""

    name: str
    line: int
    attributes: dict[str, str] = field(default_factory=dict)
    children: "list[Element | str]" = field(default_factory=list)
    source: str = ""
    """The element as it was written, for MathML, which is kept whole."""

    def get(self, name: str, default: str = "") -> str:
        return self.attributes.get(name, default)

    def each(self, *names: str) -> "Iterator[Element]":
        """The children of these names (all element children when none is given)."""
        return (one for one in self.children if isinstance(one, Element) and (not names or one.name in names))

    def first(self, name: str) -> "Element | None":
        return next(self.each(name), None)

    def walk(self) -> "Iterator[Element]":
        """Itself and every element below, in order."""
        yield self
        for one in self.each():
            yield from one.walk()

    def words(self) -> str:
        """All text below."""
        return "".join(one if isinstance(one, str) else one.words() for one in self.children)


def parse(content: bytes) -> Element:
    """This function will read an XML document. :raises Refused: with the line, for one that is not well-formed, too large or names a DOCTYPE."""
    if len(content) > MOST_BYTES:
        raise Refused(0, "文件", f"超过{MOST_BYTES // 1048576}MB，请分成几份。")
    bare = content.replace(b"\x00", b"")
    if found := _DOCTYPE.search(bare):
        line = bare.count(b"\n", 0, found.start()) + 1
        raise Refused(line, "DOCTYPE", "文件带有文档类型或实体声明，可能借它读取别的文件或使系统停顿，不予接收。请删去这一行。")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as fault:
        line, column = fault.position
        raise Refused(line or 1, "XML", f"不是完整的XML（第{column}个字符处）：{_reason(fault)}") from None
    except (ValueError, LookupError):
        raise Refused(1, "XML", "编码读不出，请存为UTF-8再上传。") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise Refused(1, "DOCTYPE", "文件带有文档类型声明，不予接收。请删去。")
    return _taken(root)


def _reason(fault: etree.XMLSyntaxError) -> str:
    return re.sub(r", line \d+, column \d+.*$", "", str(fault.msg))[:160]


def _taken(node: etree._Element) -> Element:
    name = etree.QName(node)
    attributes = {_camel(etree.QName(key).localname): value for key, value in node.attrib.items()}
    local = name.localname
    source = ""
    if local == "math" or name.namespace == MATHML:
        source = etree.tostring(node, encoding="unicode", with_tail=False)
    elif local.startswith(_PREFIX):
        local = _camel(local.removeprefix(_PREFIX))
    element = Element(local, node.sourceline or 0, attributes, [], source)
    if node.text:
        element.children.append(node.text)
    for child in node:
        if isinstance(child.tag, str):
            element.children.append(_taken(child))
        elif isinstance(child, etree._Entity):
            raise Refused(child.sourceline or 0, str(child.text), "文件使用了没有定义的实体，请改为字符本身。")
        if child.tail:
            element.children.append(child.tail)
    return element


def _camel(name: str) -> str:
    first, *rest = name.split("-")
    return first + "".join(part[:1].upper() + part[1:] for part in rest)
