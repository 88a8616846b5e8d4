"""试题表: how does a question stand in one row of a workbook, and what does a row say?

One row, one question. The columns that say what the question is about (level, element, …) are carried along for whoever files it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from touchstone.measurement.interchange.delivery import Loss, Refused, stem_lost
from touchstone.measurement.interchange.marked import from_marked, to_marked
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
    pair,
)
from touchstone.measurement.interchange.rich import Malformed, Node, Rich, blank, blanks, joined, media_names, node, plain
from touchstone.measurement.interchange.scoring import as_number, most
from touchstone.measurement.interchange.soundness import BY_MARKER, BY_PAIRS, check

LETTERS = "ABCDEFGH"
KIND, STEM, ANSWER, POINTS, EACH, RIGHT_SIDE, CRITERIA, EXPLAINED, MATERIALS, MINUTES, TITLE = (
    "题型", "题干", "答案", "分值", "少选每项得分", "右项", "评分要点", "解析", "材料准备", "用时（分钟）", "名称",
)  # fmt: skip
LEVEL, PART, ELEMENT, DIFFICULTY, SECRECY = "等级", "科目", "鉴定点", "预估难度", "密级"
KINDS = {kind.label: kind for kind in Kind if kind is not Kind.COMPOSITE}
_ALSO = {"单项选择题": Kind.CHOICE, "多项选择题": Kind.MULTIPLE, "是非题": Kind.TRUE_FALSE, "论述题": Kind.EXTENDED, "问答题": Kind.EXTENDED,
         "案例分析题": Kind.EXTENDED, "连线题": Kind.MATCH, "操作题": Kind.PRACTICAL, "实操任务": Kind.PRACTICAL}  # fmt: skip
_TRUE, _FALSE = ("对", "正确", "√", "T", "TRUE", "是"), ("错", "错误", "×", "F", "FALSE", "否")
_UNDERLINE = re.compile(r"_{3,}|＿{2,}|（\s*）|\(\s*\)")
_PAIR = re.compile(r"([A-Ha-h])\s*[-—－=:：]\s*([0-9]{1,2})|([0-9]{1,2})\s*[-—－=:：]\s*([A-Ha-h])")
_BETWEEN = re.compile(r"[;；\n]")


@dataclass(frozen=True)
class TableColumn:
    """A column: its header, whether it must be filled, what to write in it, how wide it is, and the words it offers."""

    header: str
    required: bool = False
    hint: str = ""
    width: int = 14
    options: tuple[str, ...] = ()


COLUMNS = (
    TableColumn(KIND, True, "从下拉表选择", 12, tuple(KINDS)),
    TableColumn(STEM, True, "空位写作[[1]]、[[2]]，或写____；上标x^{2}，下标H_{2}O；分段用换行", 60),
    *(TableColumn(f"选项{letter}", hint="选择、排序、匹配的左项、填空的备选词", width=20) for letter in LETTERS),
    TableColumn(RIGHT_SIDE, hint="匹配题的右项，每行一个，依次为1、2、3", width=20),
    TableColumn(ANSWER, hint="单选A；多选ABC；判断填对或错；排序BACD；匹配A-1；填空每空一段用分号隔开，都算对的用|隔开，范围写630..640", width=24),
    TableColumn(POINTS, hint="默认1分", width=8),
    TableColumn(EACH, hint="多选题少选、排序题部分对时，每对一项得几分", width=10),
    TableColumn(CRITERIA, hint="简答题、实操题：每行一个要点，写作 考核步骤|要点|分值|扣分办法；步骤和扣分办法可以没有", width=40),
    TableColumn(EXPLAINED, hint="答案解析", width=30),
    TableColumn(MATERIALS, hint="实操题的设备、材料、图样", width=24),
    TableColumn(MINUTES, hint="实操题限时", width=10),
    TableColumn(LEVEL, hint="留空则取导入时所选", width=12),
    TableColumn(PART, hint="留空则取导入时所选", width=10),
    TableColumn(ELEMENT, hint="标准结构中的代号，例如1.2.3；留空则取导入时所选", width=14),
    TableColumn(DIFFICULTY, hint="0到1，答对的比例，例如0.70", width=10),
    TableColumn(SECRECY, hint="留空则取导入时所选", width=8),
    TableColumn(TITLE, hint="可以不填", width=16),
)  # fmt: skip


@dataclass
class _Row:
    values: Mapping[str, str]
    line: int
    losses: list[Loss] = field(default_factory=list)

    def text(self, header: str) -> str:
        return self.values.get(header, "").strip()

    def refuse(self, what: str, why: str) -> Refused:
        return Refused(self.line, what, why)

    def number(self, header: str) -> Decimal | None:
        words = self.text(header).removesuffix("分").removesuffix("分钟")
        if not words:
            return None
        found = as_number(words)
        if found is None or found < 0:
            raise self.refuse(header, f"“{words[:20]}”不是数。")
        return found


def from_row(values: Mapping[str, str], line: int) -> tuple[Question, tuple[Loss, ...]]:
    """This function will read the question of one row. :raises Refused: naming the column and what is wrong."""
    row = _Row(values, line)
    named = row.text(KIND)
    kind = KINDS.get(named) or _ALSO.get(named)
    if kind is None:
        raise row.refuse(KIND, f"“{named[:20]}”不是题型，请从下拉表中选择。")
    if not row.text(STEM):
        raise row.refuse(STEM, "没有填写。")
    question = _common(row, _READERS[kind](row, kind))
    try:
        check(question)
    except Malformed as fault:
        raise row.refuse(named, fault.sentence) from None
    return question, tuple(row.losses)


def _common(row: _Row, question: Question) -> Question:
    minutes = row.number(MINUTES)
    said = from_marked(row.text(EXPLAINED))
    if media := media_names((*question.stem, *said)):
        raise row.refuse(STEM, f"题中引用了图片“{media[0][:40]}”，Excel带不了图片；请先不写图片，导入后再到试题页添加。")
    return replace(
        question,
        title=row.text(TITLE),
        feedback=(Feedback(When.ALWAYS, said),) if said else (),
        materials=from_marked(row.text(MATERIALS)),
        minutes=int(minutes) if minutes is not None and minutes == int(minutes) else None,
    )


def _options(row: _Row) -> tuple[Option, ...]:
    found = [(letter, row.text(f"选项{letter}")) for letter in LETTERS]
    filled = [place for place, (_, words) in enumerate(found) if words]
    if not filled:
        raise row.refuse("选项A", "没有填写选项。")
    if filled != list(range(len(filled))):
        raise row.refuse(f"选项{LETTERS[filled[-1]]}", "中间有空着的选项，请依次填写。")
    return tuple(Option(letter, from_marked(words)) for letter, words in found if words)


def _letters(row: _Row, options: tuple[Option, ...]) -> tuple[str, ...]:
    words = re.sub(r"[\s,，、;；]+", "", row.text(ANSWER)).upper()
    known = {option.key for option in options}
    if not words or any(letter not in known for letter in words) or len(set(words)) != len(words):
        raise row.refuse(ANSWER, f"“{words[:20]}”应由选项的字母组成，不能重复。" if words else "没有填写。")
    return tuple(words)


def _choice(row: _Row, kind: Kind) -> Question:
    options = _options(row)
    key = _letters(row, options)
    points = row.number(POINTS) or Decimal(1)
    each = row.number(EACH)
    stem = from_marked(row.text(STEM))
    if kind is Kind.CHOICE:
        if len(key) != 1:
            raise row.refuse(ANSWER, "单选题只能有一个答案。")
        return Question(kind, stem, points, options=options, key=key)
    if kind is Kind.MULTIPLE:
        key = tuple(sorted(key))
    method = Method.PARTIAL if each else Method.EXACT
    return Question(kind, stem, points, options=options, key=key, method=method, each=each or ZERO)


def _true_false(row: _Row, kind: Kind) -> Question:
    words = row.text(ANSWER).upper()
    if words not in (*_TRUE, *_FALSE):
        raise row.refuse(ANSWER, f"“{words[:10]}”应为对或错。" if words else "没有填写。")
    options = (Option("true", ("正确",)), Option("false", ("错误",)))
    return Question(
        kind, from_marked(row.text(STEM)), row.number(POINTS) or Decimal(1), options=options, key=("true" if words in _TRUE else "false",)
    )


def _stem_with_blanks(row: _Row) -> Rich:
    text = row.text(STEM)
    stem = from_marked(text)
    if blanks(stem):
        return stem
    count = 0

    def numbered(found: re.Match[str]) -> str:
        nonlocal count
        count += 1
        return f"[[{count}]]"

    stem = from_marked(_UNDERLINE.sub(numbered, text))
    if not count:
        raise row.refuse(STEM, "没有空位，请在要填的地方写[[1]]或____。")
    return stem


def _answers(row: _Row, count: int) -> list[str]:
    words = row.text(ANSWER)
    parts = [one.strip() for one in _BETWEEN.split(words) if one.strip()]
    if len(parts) != count:
        raise row.refuse(ANSWER, f"有{count}个空，答案写了{len(parts)}段；每空一段，用分号隔开。")
    return parts


def _text_entry(row: _Row, kind: Kind) -> Question:
    stem = _stem_with_blanks(row)
    keys = blanks(stem)
    points = row.number(POINTS) or Decimal(len(keys))
    slots = []
    for place, (key, words) in enumerate(zip(keys, _answers(row, len(keys)), strict=True)):
        own = _portion(points, len(keys), place)
        entries = tuple(_entry(row, one.strip(), own) for one in words.split("|") if one.strip())
        numeric = all(one.low is not None for one in entries)
        slots.append(Slot(key, answer=_middle(entries[0]), weights=Weights(entries), numeric=numeric))
    return Question(kind, stem, points, slots=tuple(slots), method=Method.WEIGHTS)


def _portion(points: Decimal, count: int, place: int) -> Decimal:
    """An equal share of the points; the last takes what is left over."""
    share = (points / count).quantize(Decimal("0.01"))
    return share if place < count - 1 else points - share * (count - 1)


def _entry(row: _Row, words: str, points: Decimal) -> Weight:
    if ".." in words:
        ends = [as_number(one) for one in words.split("..")]
        if len(ends) != 2 or ends[0] is None or ends[1] is None or ends[0] > ends[1]:
            raise row.refuse(ANSWER, f"数值范围“{words[:20]}”读不懂，应写成630..640。")
        return Weight(words, points, low=ends[0], high=ends[1])
    return Weight(words, points)


def _middle(one: Weight) -> str:
    return one.of if one.low is None or one.high is None else format(((one.low + one.high) / 2).normalize(), "f")


def _inline(row: _Row, kind: Kind) -> Question:
    stem, options = _stem_with_blanks(row), _options(row)
    keys = blanks(stem)
    points = row.number(POINTS) or Decimal(len(keys))
    letters = [one.upper() for one in _answers(row, len(keys))]
    known = {option.key for option in options}
    if strange := next((one for one in letters if one not in known), ""):
        raise row.refuse(ANSWER, f"“{strange[:10]}”不是选项的字母。")
    if kind is Kind.GAP_MATCH:
        slots = tuple(Slot(key) for key in keys)
        pairs = tuple(pair(letter, key) for letter, key in zip(letters, keys, strict=True))
        weights = Weights(tuple(Weight(one, _portion(points, len(keys), place)) for place, one in enumerate(pairs)))
        spread = tuple(Option(one.key, one.content, most=max(1, letters.count(one.key))) for one in options)
        return Question(kind, stem, points, options=spread, slots=slots, key=pairs, method=Method.WEIGHTS, weights=weights)
    made = [
        Slot(key, options=options, answer=letter, weights=Weights((Weight(letter, _portion(points, len(keys), place)),)))
        for place, (key, letter) in enumerate(zip(keys, letters, strict=True))
    ]
    return Question(kind, stem, points, slots=tuple(made), method=Method.WEIGHTS)


def _match(row: _Row, kind: Kind) -> Question:
    options = _options(row)
    rights = [one.strip() for one in row.text(RIGHT_SIDE).split("\n") if one.strip()]
    if not rights:
        raise row.refuse(RIGHT_SIDE, "匹配题没有填写右项，每行一个。")
    pairs: list[str] = []
    for words in (one.strip() for one in _BETWEEN.split(row.text(ANSWER))):
        found = _PAIR.fullmatch(words)
        if words and not found:
            raise row.refuse(ANSWER, f"“{words[:20]}”读不懂，应写成A-1；B-3。")
        if found:
            letter, number = (found[1] or found[4]).upper(), int(found[2] or found[3])
            if letter not in {one.key for one in options} or not 1 <= number <= len(rights):
                raise row.refuse(ANSWER, f"“{words[:20]}”没有这样的左项或右项。")
            pairs.append(pair(letter, str(number)))
    if not pairs:
        raise row.refuse(ANSWER, "没有填写。")
    points = row.number(POINTS) or Decimal(len(pairs))
    used = [one.split()[1] for one in pairs]
    lefts = [one.split()[0] for one in pairs]
    slots = tuple(Slot(str(place), from_marked(words), most=max(1, used.count(str(place)))) for place, words in enumerate(rights, 1))
    spread = tuple(Option(one.key, one.content, most=max(1, lefts.count(one.key))) for one in options)
    weights = Weights(tuple(Weight(one, _portion(points, len(pairs), place)) for place, one in enumerate(pairs)))
    stem = from_marked(row.text(STEM))
    return Question(kind, stem, points, options=spread, slots=slots, key=tuple(pairs), method=Method.WEIGHTS, weights=weights, most=len(pairs))


def _marked(row: _Row, kind: Kind) -> Question:
    criteria: list[Criterion] = []
    for place, line in enumerate((one.strip() for one in row.text(CRITERIA).split("\n") if one.strip()), 1):
        words, *rest = [one.strip() for one in line.replace("｜", "|").split("|")]
        group = ""
        if len(rest) > 1 and as_number(rest[0].removesuffix("分")) is None:
            group, words, rest = words, rest[0], rest[1:]
        worth = as_number(rest[0].removesuffix("分")) if rest else None
        if worth is None or worth <= 0 or len(rest) > 2:
            raise row.refuse(CRITERIA, f"第{place}个要点读不懂，应写成 考核步骤|要点|分值|扣分办法，考核步骤和扣分办法可以没有。")
        criteria.append(Criterion(str(place), from_marked(words), worth, rest[1] if len(rest) > 1 else "", group))
    total = sum((one.points for one in criteria), ZERO)
    points = row.number(POINTS)
    if not criteria:
        raise row.refuse(CRITERIA, "简答题和实操题要写评分要点，每行一个：考核步骤|要点|分值|扣分办法。")
    if points is not None and points != total:
        raise row.refuse(POINTS, f"分值{points}与评分要点之和{total}不同。")
    answer = row.text(ANSWER)
    feedback = (Feedback(When.ALWAYS, from_marked(answer)),) if answer else ()
    if answer:
        row.losses.append(Loss(row.line, ANSWER, "参考答案记在解析里"))
    return Question(kind, from_marked(row.text(STEM)), total, method=Method.MARKER, criteria=tuple(criteria), feedback=feedback)


_READERS = {
    Kind.CHOICE: _choice, Kind.MULTIPLE: _choice, Kind.ORDER: _choice, Kind.TRUE_FALSE: _true_false, Kind.TEXT_ENTRY: _text_entry,
    Kind.INLINE_CHOICE: _inline, Kind.GAP_MATCH: _inline, Kind.MATCH: _match, Kind.EXTENDED: _marked, Kind.PRACTICAL: _marked,
}  # fmt: skip


# ---- writing


def to_row(question: Question) -> tuple[dict[str, str], tuple[Loss, ...]]:
    """This function will write a question as a row. :raises Refused: for one that a row cannot hold without changing its points."""
    writer = _RowWriter(question)
    writer.write()
    try:
        again, _ = from_row(writer.values, 0)
    except Refused as refusal:
        raise Refused(0, question.kind.label, f"写不进一行：{refusal.loss.what}，{refusal.loss.why}") from None
    if again.points != question.points:
        raise Refused(0, question.kind.label, "分值写不进一行。")
    if stem_lost(question, again):
        raise Refused(0, question.kind.label, "题干的排版写不进一行。")
    return writer.values, tuple(writer.losses)


class _RowWriter:
    def __init__(self, question: Question) -> None:
        self.question, self.losses = question, list[Loss]()
        self.values: dict[str, str] = {}

    def lose(self, what: str, why: str = "Excel没有地方写") -> None:
        self.losses.append(Loss(0, what, why))

    def text(self, text: Rich, where: str) -> str:
        if media_names(text):
            self.lose(f"{where}里的图片", "Excel不带图片，只写出说明")
            text = _without_media(text)
        words, lost = to_marked(text)
        if lost:
            self.lose(f"{where}里的格式（{'、'.join(lost)}）", "只写出文字")
        return words

    def write(self) -> None:
        question = self.question
        if question.kind is Kind.COMPOSITE or question.method in (Method.RULES, Method.NONE):
            raise Refused(0, question.kind.label, "综合题、按表达式判分的题和没有答案的题，Excel的一行写不下。")
        self.values |= {KIND: question.kind.label, STEM: self.text(question.stem, STEM), POINTS: _number(question.points), TITLE: question.title}
        if question.kind in BY_MARKER:
            self._marker()
        elif question.kind in BY_PAIRS:
            self._pairs()
        elif question.slots:
            self._slots()
        else:
            self._keyed()
        self.values[MATERIALS] = self.text(question.materials, MATERIALS)
        self.values[MINUTES] = str(question.minutes) if question.minutes is not None else ""
        always = [said for said in question.feedback if said.when is When.ALWAYS]
        if len(always) > 1 or len(always) != len(question.feedback):
            self.lose("反馈", "只写出一段总的解析")
        self.values[EXPLAINED] = self.text(always[0].content, EXPLAINED) if always else ""
        if any(one.feedback for one in question.options):
            self.lose("选项的反馈")
        if question.hints:
            self.lose("提示")

    def _options(self, options: tuple[Option, ...]) -> dict[str, str]:
        if len(options) > len(LETTERS):
            raise Refused(0, self.question.kind.label, f"选项多于{len(LETTERS)}个，Excel的一行写不下。")
        letters = {option.key: letter for letter, option in zip(LETTERS, options, strict=False)}
        for option in options:
            self.values[f"选项{letters[option.key]}"] = self.text(option.content, f"选项{letters[option.key]}") or plain(option.content)
        return letters

    def _keyed(self) -> None:
        question = self.question
        if question.kind is Kind.TRUE_FALSE:
            self.values[ANSWER] = "对" if question.key == ("true",) else "错"
        else:
            letters = self._options(question.options)
            self.values[ANSWER] = "".join(letters[key] for key in question.key)
        if question.method is Method.PARTIAL:
            self.values[EACH] = _number(question.each)
        if question.method is Method.WEIGHTS:
            self._weights_lost(question.weights)

    def _weights_lost(self, weights: Weights) -> None:
        by_key = {one.of: one.points for one in weights.entries}
        if self.question.kind is Kind.MULTIPLE:
            worth = {by_key.get(key, weights.otherwise) for key in self.question.key}
            each = worth.pop()
            if not worth and each > 0 and each * len(self.question.key) == self.question.points:
                self.values[EACH] = _number(each)
        if self.question.points != most(self.question) or len(by_key) > 1:
            self.lose("各选项的得分", "Excel只写全对得分或每项得分，错选不得分")

    def _pairs(self) -> None:
        question = self.question
        letters = self._options(question.options)
        if question.kind is Kind.GAP_MATCH:
            by_slot = {one.split()[1]: letters[one.split()[0]] for one in question.key}
            self.values[ANSWER] = "；".join(by_slot.get(key, "") for key in blanks(question.stem))
        else:
            numbers = {slot.key: place for place, slot in enumerate(question.slots, 1)}
            rights = [self.text(slot.prompt, RIGHT_SIDE) for slot in question.slots]
            self.values[RIGHT_SIDE] = "\n".join(" ".join(one.split("\n")) for one in rights)
            self.values[ANSWER] = "；".join(f"{letters[one.split()[0]]}-{numbers[one.split()[1]]}" for one in question.key)
        even = {one.points for one in question.weights.entries if one.of in question.key}
        if question.method is Method.EXACT:
            self.lose("全对才得分", "Excel每对各占一份")
        elif len(even) > 1 or len(question.weights.entries) > len(question.key) or question.weights.otherwise:
            self.lose("得分表", "Excel每对各占一份，配错不扣分")

    def _slots(self) -> None:
        question = self.question
        order = {key: place for place, key in enumerate(blanks(question.stem))}
        slots = sorted(question.slots, key=lambda slot: order[slot.key])
        if question.method is Method.EXACT and len(slots) > 1:
            self.lose("全对才得分", "Excel每空各占一份")
        if question.kind is Kind.INLINE_CHOICE:
            if any(slot.options != slots[0].options for slot in slots):
                raise Refused(0, question.kind.label, "各空的选项不同，Excel的一行写不下。")
            letters = self._options(slots[0].options)
            self.values[ANSWER] = "；".join(letters.get(slot.answer, "") for slot in slots)
            return
        if any(slot.options for slot in slots):
            raise Refused(0, question.kind.label, "有的空要选，有的空要填，Excel的一行写不下。")
        self.values[ANSWER] = "；".join(self._accepted(slot) for slot in slots)

    def _accepted(self, slot: Slot) -> str:
        best = max((one.points for one in slot.weights.entries), default=ZERO)
        full = [one for one in slot.weights.entries if one.points == best and best > 0]
        if len(full) != len(slot.weights.entries) or slot.weights.otherwise:
            self.lose(f"空位“{slot.key}”不得满分的答案", "Excel只写得满分的答案")
        if any(one.exact_case for one in full):
            self.lose(f"空位“{slot.key}”区分大小写")
        words = [f"{one.low}..{one.high}" if one.low is not None and one.low != one.high else one.of for one in full] or [slot.answer]
        if any(re.search(r"[|;；\n]", one) for one in words):
            raise Refused(0, self.question.kind.label, "答案里有分号或竖线，Excel的一行写不下。")
        return "|".join(words)

    def _marker(self) -> None:
        lines = []
        for one in self.question.criteria:
            words = " ".join(self.text(one.content, CRITERIA).split("\n"))
            words = words.replace("|", "／")
            if one.group:
                words = f"{one.group.replace('|', '／')}|{words}"
            lines.append(f"{words}|{_number(one.points)}" + (f"|{one.rule.replace('|', '／')}" if one.rule else ""))
        self.values[CRITERIA] = "\n".join(lines)


def _without_media(text: Rich) -> Rich:
    found: list[str | Node] = []
    for part in text:
        if isinstance(part, str):
            found.append(part)
        elif part.tag in ("img", "audio", "video"):
            found.append(f"（图：{part.get('alt') or part.get('src')}）")
        elif part.tag == "blank":
            found.append(blank(part.get("key")))
        else:
            found.append(node(part.tag, *_without_media(part.children)))
    return joined(found)


def _number(value: Decimal) -> str:
    text = format(value.normalize(), "f")
    return "0" if text == "-0" else text
