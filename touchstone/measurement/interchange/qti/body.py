"""题面（QTI）: which text and which interactions does an item show, in which order?

The body becomes one text in which each interaction leaves a mark; then it is cut at the interactions that stand as blocks.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from touchstone.measurement.interchange.delivery import Loss, Refused
from touchstone.measurement.interchange.elements import Element
from touchstone.measurement.interchange.markup import Markup, tidy, unwrapped
from touchstone.measurement.interchange.question import Criterion, Option
from touchstone.measurement.interchange.rich import Node, Rich, blank, joined, plain
from touchstone.measurement.interchange.scoring import as_number

BLOCK = frozenset({"choiceInteraction", "orderInteraction", "matchInteraction", "gapMatchInteraction", "extendedTextInteraction"})
INLINE = frozenset({"inlineChoiceInteraction", "textEntryInteraction"})
_REFUSED = {
    "hottextInteraction": "文中选词", "hotspotInteraction": "热区", "selectPointInteraction": "选点", "graphicOrderInteraction": "图形排序",
    "graphicAssociateInteraction": "图形连线", "graphicGapMatchInteraction": "图形填空", "positionObjectInteraction": "摆放物件",
    "sliderInteraction": "滑块", "drawingInteraction": "绘图", "uploadInteraction": "上传文件", "mediaInteraction": "播放媒体",
    "customInteraction": "自定义", "portableCustomInteraction": "可移植自定义", "associateInteraction": "两两关联",
    "endAttemptInteraction": "结束作答按钮",
    "positionObjectStage": "摆放物件",
}  # fmt: skip
_FEEDBACK = frozenset({"feedbackInline", "feedbackBlock", "modalFeedback"})
CRITERIA = "criteria"
"""The class of the table in which we write scoring points, and read them back."""


@dataclass
class Body:
    """What was found in the body: the text with marks, the interactions by response variable, feedback, and what the marker is told."""

    text: Rich = ()
    interactions: dict[str, Element] = field(default_factory=dict)
    feedback: list[Element] = field(default_factory=list)
    criteria: tuple[Criterion, ...] = ()
    marking: list[tuple[int, Rich]] = field(default_factory=list)
    own: dict[int, Element] = field(default_factory=dict)


class BodyReader:
    """Reads the body of one item."""

    def __init__(self, losses: list[Loss], source: Callable[[str], str | None]) -> None:
        self.losses, self.body = losses, Body()
        self.markup = Markup(losses, self._taken_over, source)

    def read(self, item: Element) -> Body:
        """This method will read the item's body. :raises Refused: for an interaction that we have no kind of question for."""
        element = item.first("itemBody")
        if element is None:
            raise Refused(item.line, "itemBody", "题目没有题面。")
        text = tidy(self.markup.text(element.children))
        while len(text) == 1 and isinstance(text[0], Node) and text[0].tag in ("div", "blockquote"):
            text = tidy(text[0].children)
        self.body.text = text
        return self.body

    def text(self, element: Element) -> Rich:
        """This method will read a text inside an interaction."""
        return unwrapped(self.markup.text(element.children))

    def _taken_over(self, element: Element) -> Rich | None:
        name = element.name
        if name in BLOCK | INLINE:
            identifier = element.get("responseIdentifier")
            if not identifier or identifier in self.body.interactions:
                raise Refused(element.line, name, "作答区没有写明作答变量，或两处共用一个。")
            self.body.interactions[identifier] = element
            return (blank(identifier),) if name in INLINE else (Node("interaction", (), (("key", identifier),)),)
        if name in _REFUSED or name.endswith("Interaction"):
            raise Refused(element.line, name, f"本平台没有“{_REFUSED.get(name, name)}”题型。")
        if name == "gap":
            return (blank(element.get("identifier")),)
        if name in _FEEDBACK:
            self.body.feedback.append(element)
            return ()
        if name == "rubricBlock":
            return self._rubric(element)
        if name == "printedVariable":
            raise Refused(element.line, name, "题面按变量变化，不是一道固定的题。")
        if name == "include" or name == "assessmentStimulusRef":
            raise Refused(element.line, name, "题面引用了另一份文件，本平台不跟随引用。")
        return None

    def _rubric(self, element: Element) -> Rich:
        views = element.get("view").split()
        if "scorer" in views:
            table = next((one for one in element.walk() if one.name == "table" and CRITERIA in one.get("class").split()), None)
            if table is not None:
                self.body.criteria = tuple(self._criterion(row) for row in table.walk() if row.name == "tr" and list(row.each("td")))
            else:
                self.body.marking.append((element.line, self.text(element)))
            return ()
        if "candidate" in views:
            return (Node("div", self.markup.text(element.children)),)
        self.losses.append(Loss(element.line, f"说明（{'、'.join(views) or '没有写明给谁看'}）", "只带入给考生和评分人看的说明"))
        return ()

    def _criterion(self, row: Element) -> Criterion:
        cells = list(row.each("td"))
        words = [" ".join(one.words().split()) for one in cells]
        worth = as_number(words[3]) if len(words) == 5 else None
        if worth is None:
            raise Refused(row.line, "评分要点", "评分要点表应有代号、标题、要点、分值、扣分办法五列。")
        return Criterion(words[0], self.text(cells[2]), worth, words[4], words[1])


def cut(text: Rich) -> list["Rich | str"]:
    """This function will cut a text at its block interactions: texts, and the names of the interactions between them."""
    pieces: list[Rich | str] = []
    current: list[str | Node] = []
    for part in text:
        if isinstance(part, Node) and part.tag == "interaction":
            pieces += [tuple(current), part.get("key")]
            current = []
        elif isinstance(part, Node) and _holds(part):
            inner = cut(part.children)
            for piece in inner:
                if isinstance(piece, str):
                    pieces += [tuple(current), piece]
                    current = []
                elif plain(piece) or piece:
                    current.append(Node(part.tag, tidy(piece), part.attributes))
        else:
            current.append(part)
    pieces.append(tuple(current))
    return [piece if isinstance(piece, str) else tidy(_emptied(joined(piece))) for piece in pieces]


def _emptied(text: Rich) -> Rich:
    """Without blocks that hold nothing."""
    return tuple(part for part in text if isinstance(part, str) or part.children or part.tag in ("br", "img", "audio", "video", "blank"))


def _holds(part: Node) -> bool:
    return any(isinstance(one, Node) and (one.tag == "interaction" or _holds(one)) for one in part.children)


def option(reader: BodyReader, element: Element, most: int = 1) -> tuple[Option, list[Element]]:
    """This function will read a choice, apart from the feedback that stands inside it."""
    before = len(reader.body.feedback)
    content = reader.text(element)
    own = reader.body.feedback[before:]
    del reader.body.feedback[before:]
    if element.get("templateIdentifier") and element.get("showHide"):
        raise Refused(element.line, element.name, "选项按变量出现或隐藏，不是一道固定的题。")
    return Option(element.get("identifier"), content, (), element.get("fixed") == "true", most), own
