"""读入（Moodle）: which questions does an export of Moodle hold?"""

import base64
import binascii
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from decimal import Decimal

from touchstone.measurement.interchange.delivery import Delivery, Format, Incoming, Loss, Refused, attempt
from touchstone.measurement.interchange.elements import Element, parse
from touchstone.measurement.interchange.markup import Markup, from_html, media_path, unwrapped
from touchstone.measurement.interchange.media import described
from touchstone.measurement.interchange.moodle.cloze import cloze_slots
from touchstone.measurement.interchange.question import (
    ZERO,
    Criterion,
    Feedback,
    Kind,
    Method,
    Option,
    Question,
    Slot,
    Weight,
    Weights,
    When,
    letter,
    pair,
)
from touchstone.measurement.interchange.rich import Node, Rich, blank, joined, node
from touchstone.measurement.interchange.scoring import as_number, most
from touchstone.measurement.interchange.soundness import check

_PLUGIN = "@@PLUGINFILE@@/"
_GAP = re.compile(r"\[\[([0-9]{1,3})\]\]")
MOST_FILE = 20 * 1024 * 1024


def read_moodle(content: bytes) -> Delivery:
    """This function will read a Moodle export. :raises Refused: when it is not XML or not a quiz."""
    root = parse(content)
    if root.name != "quiz":
        raise Refused(root.line, f"<{root.name}>", "不是Moodle的题目（最外层应为quiz）。")
    incoming: list[Incoming] = []
    files: dict[str, bytes] = {}
    category = ""
    for number, element in enumerate(root.each("question"), 1):
        if element.get("type") == "category":
            named = element.first("category")
            category = _words(named, "text").removeprefix("$course$/").strip() if named is not None else ""
            continue
        reader = _Reader(element, f"q{number}/")
        identifier = _words(element, "idnumber") or _words(element.first("name"), "text")
        try:
            question = attempt(element.line, reader.checked)
        except Refused as refusal:
            incoming.append(Incoming("", element.line, identifier, refusal=refusal.loss, category=category))
            continue
        files |= {one.name: reader.files[one.name] for one in question.media}
        losses = tuple(sorted(reader.losses, key=lambda loss: loss.line))
        incoming.append(Incoming("", element.line, identifier, question, losses, None, category))
    return Delivery(Format.MOODLE, tuple(incoming), files)


def _words(element: Element | None, name: str) -> str:
    """The trimmed text of a child."""
    found = element.first(name) if element is not None else None
    return found.words().strip() if found is not None else ""


@dataclass
class _Reader:
    element: Element
    prefix: str
    losses: list[Loss] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)

    def lose(self, line: int, what: str, why: str) -> None:
        self.losses.append(Loss(line, what, why))

    def checked(self) -> Question:
        question = self.read()
        check(question)
        return question

    def read(self) -> Question:
        kind = self.element.get("type")
        build = self._kinds().get(kind)
        if build is None:
            why = {"description": "是说明文字，不是题目。"}.get(kind, f"Moodle的“{kind[:30]}”题型本平台没有，或不能照样判分。")
            raise Refused(self.element.line, f"题型{kind[:30]}", why)
        question = build()
        general = self.text(self.element, "generalfeedback")
        feedback = ((Feedback(When.ALWAYS, general),) if general else ()) + self._feedback()
        hints = tuple(hint for one in self.element.each("hint") if (hint := self._rich(one)))
        tags = self.element.first("tags")
        labels = tuple(_words(one, "text") for one in tags.each("tag")) if tags is not None else ()
        if as_number(_words(self.element, "penalty") or "0"):
            self.lose(self.element.line, "penalty", "多次作答的扣分不带入")
        title = " ".join(_words(self.element.first("name"), "text").split())
        question = replace(question, title=title, feedback=(*question.feedback, *feedback), hints=hints, labels=tuple(one for one in labels if one))
        return described(question, self.files)

    def _kinds(self) -> dict[str, Callable[[], Question]]:
        return {
            "multichoice": self._choice,
            "truefalse": self._true_false,
            "shortanswer": self._short,
            "numerical": self._numerical,
            "matching": self._matching,
            "essay": self._essay,
            "ordering": self._ordering,
            "gapselect": self._gaps,
            "ddwtos": self._gaps,
            "cloze": self._cloze,
            "multianswer": self._cloze,
        }

    # ---- texts

    def text(self, element: Element, name: str) -> Rich:
        found = element.first(name)
        return self._rich(found) if found is not None else ()

    def _rich(self, element: Element) -> Rich:
        for one in element.each("file"):
            self._file(one)
        holder = element.first("text")
        words = (holder if holder is not None else element).words() if holder is not None or not list(element.each()) else ""
        if not words.strip():
            return ()
        line = holder.line if holder is not None else element.line
        form = element.get("format", "html")
        if form in ("plain_text", "markdown"):
            if form == "markdown":
                self.lose(line, "Markdown记号", "原样保留为文字")
            lines = [" ".join(one.split()) for one in words.split("\n") if one.strip()]
            return joined([part for place, one in enumerate(lines) for part in ((node("br"), one) if place else (one,))])
        root = from_html(words, line)
        return unwrapped(Markup(self.losses, source=self._source).text(root.children))

    def _file(self, element: Element) -> None:
        name = media_path("", element.get("path", "/").strip("/") + "/" + element.get("name"))
        if name is None or element.get("encoding") != "base64":
            self.lose(element.line, f"文件“{element.get('name')[:60]}”", "名称或编码不成立，没有带入")
            return
        try:
            content = base64.b64decode("".join(element.words().split()), validate=True)
        except (binascii.Error, ValueError):
            self.lose(element.line, f"文件“{name[:60]}”", "内容已经损坏，没有带入")
            return
        if len(content) > MOST_FILE:
            self.lose(element.line, f"文件“{name[:60]}”", f"超过{MOST_FILE // 1048576}MB，没有带入")
            return
        self.files[self.prefix + name] = content

    def _source(self, address: str) -> str | None:
        name = media_path("", address.removeprefix(_PLUGIN)) if address.startswith(_PLUGIN) else None
        return self.prefix + name if name is not None and self.prefix + name in self.files else None

    def _stem(self) -> Rich:
        return self.text(self.element, "questiontext")

    def _feedback(self) -> tuple[Feedback, ...]:
        named = (("correctfeedback", When.RIGHT), ("partiallycorrectfeedback", When.PARTLY), ("incorrectfeedback", When.WRONG))
        return tuple(Feedback(when, said) for name, when in named if (said := self.text(self.element, name)))

    # ---- points

    @property
    def worth(self) -> Decimal:
        words = _words(self.element, "defaultgrade") or "1"
        found = as_number(words)
        if found is None or found < 0:
            raise Refused(self.element.line, "defaultgrade", f"“{words[:20]}”不是分值。")
        return found

    def _share(self, answer: Element) -> Decimal:
        words = answer.get("fraction") or _words(answer, "fraction") or "0"
        found = as_number(words)
        if found is None or abs(found) > 100:
            raise Refused(answer.line, "fraction", f"“{words[:20]}”不是-100到100的百分比。")
        return found

    def _points(self, shares: list[Decimal]) -> list[Decimal]:
        """Percentages as points; shares that together make the whole (33.33333 %) add up to it exactly, the last taking what is left over."""
        worth = self.worth
        points = [(share * worth / 100).quantize(Decimal("0.00001")).normalize() + ZERO for share in shares]
        positive = [place for place, share in enumerate(shares) if share > 0]
        if len(positive) > 1 and abs(sum((shares[place] for place in positive), ZERO) - 100) < Decimal("0.1"):
            points[positive[-1]] = worth - sum((points[place] for place in positive[:-1]), ZERO)
        return points

    # ---- kinds

    def _choice(self) -> Question:
        answers = list(self.element.each("answer"))
        shares = [self._share(one) for one in answers]
        keys = [letter(place) for place in range(len(answers))]
        options = tuple(Option(key, self._rich(one), self.text(one, "feedback")) for key, one in zip(keys, answers, strict=True))
        shuffle = _words(self.element, "shuffleanswers") in ("1", "true")
        if not any(share > 0 for share in shares):
            raise Refused(self.element.line, "选择题", "没有得分大于0的选项，不知道哪个正确。")
        if _words(self.element, "single") in ("true", "1", ""):
            right = [key for key, share in zip(keys, shares, strict=True) if share == 100]
            if len(right) != 1:
                raise Refused(self.element.line, "单选题", f"有{len(right)}个选项得满分，应恰有一个。")
            question = Question(Kind.CHOICE, self._stem(), self.worth, options=options, key=tuple(right), shuffle=shuffle)
            if sum(share != 0 for share in shares) == 1:
                return question
            entries = tuple(Weight(key, points, True) for key, points in zip(keys, self._points(shares), strict=True) if points)
            return replace(question, method=Method.WEIGHTS, weights=Weights(entries))
        entries = tuple(Weight(key, points, True) for key, points in zip(keys, self._points(shares), strict=True) if points)
        key = tuple(one for one, share in zip(keys, shares, strict=True) if share > 0)
        weights = Weights(entries, ZERO, ZERO, self.worth)
        return Question(Kind.MULTIPLE, self._stem(), self.worth, options=options, key=key, method=Method.WEIGHTS, weights=weights, shuffle=shuffle)

    def _true_false(self) -> Question:
        found = {_words(one, "text").lower(): one for one in self.element.each("answer")}
        right = [word for word, one in found.items() if self._share(one) == 100]
        if set(found) != {"true", "false"} or len(right) != 1:
            raise Refused(self.element.line, "判断题", "应有true和false两个答案，恰有一个得满分。")
        options = tuple(Option(word, (label,), self.text(found[word], "feedback")) for word, label in (("true", "正确"), ("false", "错误")))
        return Question(Kind.TRUE_FALSE, self._stem(), self.worth, options=options, key=tuple(right))

    def _entered(self, weights: list[Weight], numeric: bool) -> Question:
        if not weights:
            raise Refused(self.element.line, "填空题", "没有答案。")
        best = max(weights, key=lambda one: one.points)
        slot = Slot("1", answer=best.of, weights=Weights(tuple(weights)), numeric=numeric)
        stem = self._stem()
        place: Rich = (node("p", blank("1")),) if any(isinstance(part, Node) for part in stem) else (" ", blank("1"))
        question = Question(Kind.TEXT_ENTRY, joined([*stem, *place]), slots=(slot,), method=Method.WEIGHTS)
        return replace(question, points=max(most(question), ZERO))

    def _short(self) -> Question:
        exact = _words(self.element, "usecase") == "1"
        answers = list(self.element.each("answer"))
        points = (
            self._points([self._share(one) for one in answers]) if len(answers) == 1 else [self._share(one) * self.worth / 100 for one in answers]
        )
        weights = []
        for one, each in zip(answers, points, strict=True):
            words = _words(one, "text")
            if "*" in words.replace("\\*", ""):
                self.lose(one.line, f"答案“{words[:30]}”里的*", "在Moodle里表示任意文字，这里按字面比较")
            weights.append(Weight(words, each, exact, feedback=self.text(one, "feedback")))
        return self._entered(weights, False)

    def _numerical(self) -> Question:
        units = self.element.first("units")
        if units is not None and list(units.each("unit")):
            self.lose(units.line, "单位", "作答不带单位")
        weights = []
        for one in self.element.each("answer"):
            words, margin = _words(one, "text"), as_number(_words(one, "tolerance") or "0")
            if words == "*":
                self.lose(one.line, "其他数的反馈", "没有带入")
                continue
            centre = as_number(words)
            if centre is None or margin is None or margin < 0:
                raise Refused(one.line, f"数值“{words[:30]}”", "答案或误差不是数。")
            said = self.text(one, "feedback")
            weights.append(Weight(words, self._share(one) * self.worth / 100, True, centre - margin, centre + margin, said))
        return self._entered(weights, True)

    def _matching(self) -> Question:
        options: list[Option] = []
        slots: dict[str, Slot] = {}
        key: list[str] = []
        for one in self.element.each("subquestion"):
            answer = one.first("answer")
            words = _words(answer, "text")
            if not words:
                raise Refused(one.line, "匹配题", "有一行没有右项。")
            slot = slots.setdefault(words, Slot(str(len(slots) + 1), (words,)))
            if left := self._rich(one):
                option = Option(letter(len(options)), left)
                options.append(option)
                key.append(pair(option.key, slot.key))
        if len(key) < 2:
            raise Refused(self.element.line, "匹配题", "至少要有两对。")
        points = self._points([Decimal(100) / len(key)] * len(key))
        used = [one.split()[1] for one in key]
        spread = tuple(replace(slot, most=max(1, used.count(slot.key))) for slot in slots.values())
        entries = tuple(Weight(one, each, True) for one, each in zip(key, points, strict=True))
        shuffle = _words(self.element, "shuffleanswers") in ("1", "true")
        return Question(Kind.MATCH, self._stem(), self.worth, options=tuple(options), slots=spread, key=tuple(key), method=Method.WEIGHTS,
                        weights=Weights(entries), shuffle=shuffle, most=len(key))  # fmt: skip

    def _essay(self) -> Question:
        guide = self.text(self.element, "graderinfo")
        if self.text(self.element, "responsetemplate"):
            self.lose(self.element.line, "预填的作答", "没有带入")
        if (as_number(_words(self.element, "attachments") or "0") or 0) != 0:
            self.lose(self.element.line, "附件", "作答不收附件")
        criteria = (Criterion("1", guide, self.worth),) if guide else ()
        return Question(Kind.EXTENDED, self._stem(), self.worth, method=Method.MARKER, criteria=criteria)

    def _ordering(self) -> Question:
        options = tuple(Option(letter(place), self._rich(one)) for place, one in enumerate(self.element.each("answer")))
        key = tuple(one.key for one in options)
        grading = _words(self.element, "gradingtype") or "0"
        question = Question(Kind.ORDER, self._stem(), self.worth, options=options, key=key, shuffle=True)
        if grading in ("-1", "ALL_OR_NOTHING"):
            return question
        if grading not in ("0", "ABSOLUTE_POSITION"):
            self.lose(self.element.line, f"gradingtype {grading[:20]}", "按相邻关系给分的办法没有带入，改为每个位置对了给分")
        return replace(question, method=Method.PARTIAL, each=(self.worth / max(len(key), 1)).quantize(Decimal("0.00001")).normalize())

    def _gaps(self) -> Question:
        drag = self.element.get("type") == "ddwtos"
        boxes = list(self.element.each("dragbox" if drag else "selectoption"))
        groups = [_words(one, "group") or "1" for one in boxes]
        stem, numbers = self._cut(self._stem())
        if not numbers or any(not 1 <= number <= len(boxes) for number in numbers):
            raise Refused(self.element.line, "[[ ]]", "题干里的空位与选项对不上。")
        options = tuple(Option(str(place), self._rich(one), most=0 if one.first("infinite") is not None else 1) for place, one in enumerate(boxes, 1))
        points = self._points([Decimal(100) / len(numbers)] * len(numbers))
        if drag:
            if len(set(groups)) > 1:
                self.lose(self.element.line, "选项的分组", "各组的词放在一起")
            slots = tuple(Slot(f"g{place}") for place in range(1, len(numbers) + 1))
            key = tuple(pair(str(number), slot.key) for number, slot in zip(numbers, slots, strict=True))
            entries = tuple(Weight(one, each, True) for one, each in zip(key, points, strict=True))
            return Question(Kind.GAP_MATCH, stem, self.worth, options=options, slots=slots, key=key, method=Method.WEIGHTS, weights=Weights(entries))
        made = []
        for place, (number, each) in enumerate(zip(numbers, points, strict=True), 1):
            own = tuple(replace(one, most=1) for one, group in zip(options, groups, strict=True) if group == groups[number - 1])
            made.append(Slot(f"g{place}", options=own, answer=str(number), weights=Weights((Weight(str(number), each, True),))))
        return Question(Kind.INLINE_CHOICE, stem, self.worth, slots=tuple(made), method=Method.WEIGHTS)

    def _cut(self, text: Rich) -> tuple[Rich, list[int]]:
        """The text with `[[n]]` as blanks g1, g2, … and the n of each."""
        numbers: list[int] = []

        def cut(parts: Rich) -> Rich:
            found: list[str | Node] = []
            for part in parts:
                if isinstance(part, Node):
                    found.append(Node(part.tag, cut(part.children), part.attributes))
                    continue
                for place, piece in enumerate(_GAP.split(part)):
                    if place % 2:
                        numbers.append(int(piece))
                        found.append(blank(f"g{len(numbers)}"))
                    else:
                        found.append(piece)
            return joined(found)

        return cut(text), numbers

    def _cloze(self) -> Question:
        stem, slots = cloze_slots(self._stem(), self.element.line, self.losses)
        kind = Kind.INLINE_CHOICE if all(slot.options for slot in slots) else Kind.TEXT_ENTRY
        question = Question(kind, stem, slots=slots, method=Method.WEIGHTS)
        return replace(question, points=max(most(question), ZERO))
