"""读入（GIFT）: which questions does this text hold?

Questions are parted by blank lines. A backslash takes the next sign as a letter; while a block is taken apart such letters are held as private
characters, so that a sign which was escaped can never be taken for one that was not.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from touchstone.measurement.interchange.delivery import Delivery, Format, Incoming, Loss, Refused, attempt
from touchstone.measurement.interchange.markup import Markup, from_html, unwrapped
from touchstone.measurement.interchange.question import (
    ZERO,
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
from touchstone.measurement.interchange.rich import BLOCKS, Node, Rich, blank, joined, node
from touchstone.measurement.interchange.scoring import as_number, most
from touchstone.measurement.interchange.soundness import check

HELD = {sign: chr(0xE000 + place) for place, sign in enumerate("~=#{}:\\n")}
_FREED = {ord(held): "\n" if sign == "n" else sign for sign, held in HELD.items()}
_ESCAPED = re.compile(r"\\([~=#{}:\\n])")
_FORMATS = ("html", "moodle", "plain", "markdown")
_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9]*(\s[^<>]*)?/?>|&(#\d+|#x[0-9a-fA-F]+|[A-Za-z]+);")
_WEIGHT = re.compile(r"\s*%([^%]*)%")
_MARKED = re.compile(r"\*\*|__|^#|`|\]\(", re.MULTILINE)
ONE = Decimal(1)


@dataclass(frozen=True)
class Block:
    """One block of text with the line on which it begins, and the category and labels in force."""

    text: str
    line: int
    category: str
    identifier: str = ""
    labels: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answer:
    """One answer: its sign, text, percentage (None when not written) and feedback."""

    sign: str
    text: str
    share: Decimal | None
    said: str
    line: int


def read_gift(content: bytes) -> Delivery:
    """This function will read a GIFT file. :raises Refused: when it is not text in UTF-8."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = content.count(b"\n", 0, fault.start) + 1
        raise Refused(line, "编码", "不是UTF-8文字，请另存为UTF-8再上传。") from None
    if "\x00" in text:
        raise Refused(1, "文件", "不是文字文件。")
    return Delivery(Format.GIFT, tuple(_one(block) for block in blocks(text)))


def blocks(text: str) -> Iterator[Block]:
    """This function will part a text into questions. A blank line inside an answer does not end it."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    category, identifier, labels = "", "", ()
    current: list[str] = []
    begun, depth = 0, 0
    for number, line in enumerate([*lines, ""], 1):
        bare = line.strip()
        if bare.startswith("//"):
            labels = (*labels, *re.findall(r"\[tag:([^\]]+)\]", bare))
            found = re.search(r"\[id:([^\]]+)\]", bare)
            identifier = found[1] if found else identifier
            if current:
                current.append("")
            continue
        if not current and bare.upper().startswith("$CATEGORY:"):
            category = bare.split(":", 1)[1].strip()
            continue
        if current and depth > 0 and not current[-1].strip() and (bare.startswith("::") or "{" in _ESCAPED.sub("", bare)):
            # A bracket that was never closed must not swallow the questions after it.
            yield Block("\n".join(current), begun, category, identifier, labels)
            current, depth, identifier, labels = [], 0, "", ()
        if bare or (depth > 0 and number <= len(lines)):
            if not current:
                begun = number
            current.append(line)
            depth += _depth(line)
        elif current:
            yield Block("\n".join(current), begun, category, identifier, labels)
            current, depth, identifier, labels = [], 0, "", ()
    if current:
        yield Block("\n".join(current), begun, category, identifier, labels)


def _depth(text: str) -> int:
    held = _ESCAPED.sub("", text)
    return held.count("{") - held.count("}")


def _one(block: Block) -> Incoming:
    reader = _Reader(block)
    try:
        question = attempt(block.line, reader.checked)
    except Refused as refusal:
        return Incoming("", block.line, block.identifier, refusal=refusal.loss, category=block.category)
    losses = tuple(sorted(reader.losses, key=lambda loss: loss.line))
    return Incoming("", block.line, block.identifier or question.title, question, losses, None, block.category)


class _Reader:
    def __init__(self, block: Block) -> None:
        self.block, self.losses = block, list[Loss]()
        self.text = _ESCAPED.sub(lambda found: HELD[found[1]], block.text)
        self.form = ""

    def line(self, at: int) -> int:
        return self.block.line + self.text.count("\n", 0, max(at, 0))

    def checked(self) -> Question:
        question = self.read()
        check(question)
        return question

    def read(self) -> Question:
        if strange := next((one for one in self.block.text if "\ue000" <= one <= "\ue007"), ""):
            raise Refused(self.block.line, f"字符U+{ord(strange):04X}", "是私用字符，各系统显示不同，请改为通用的字符。")
        opened, closed = self.text.count("{"), self.text.count("}")
        if opened == 0 and closed == 0:
            raise Refused(self.block.line, "说明文字", "没有用{ }写出答案，不是题目。")
        if opened != closed or self.text.index("{") > self.text.index("}"):
            raise Refused(self.block.line, "{ }", "左右括号不配对。作为文字的括号请写成\\{和\\}。")
        if opened > 1:
            raise Refused(self.line(self.text.index("{", self.text.index("{") + 1)), "{ }", "一道题里有两处答案，GIFT只允许一处。")
        title, at = self._title()
        start, end = self.text.index("{"), self.text.index("}")
        before, inside, after = self.text[at:start], self.text[start + 1 : end], self.text[end + 1 :]
        before = self._form_of(before)
        question = self._answered(before, inside, start + 1, after)
        labels = tuple(_free(one).strip() for one in self.block.labels)
        return replace(question, title=_free(title).strip(), labels=labels)

    def _title(self) -> tuple[str, int]:
        bare = self.text.lstrip()
        skipped = len(self.text) - len(bare)
        if not bare.startswith("::"):
            return "", 0
        end = bare.find("::", 2)
        if end < 0:
            raise Refused(self.block.line, "::", "题目名称没有用::结束。")
        return bare[2:end], skipped + end + 2

    def _form_of(self, text: str) -> str:
        found = re.match(r"\s*\[([a-z]+)\]", text)
        if not found or found[1] not in _FORMATS:
            return text
        self.form = found[1]
        return text[found.end() :]

    # ---- texts

    def rich(self, text: str, line: int) -> Rich:
        form = self.form
        found = re.match(r"\s*\[(html|moodle|plain|markdown)\]", text)
        if found:
            form, text = found[1], text[found.end() :]
        words = _free(text).strip()
        if form == "markdown" and _MARKED.search(words):
            self.losses.append(Loss(line, "Markdown记号", "原样保留为文字"))
        if form in ("", "html", "moodle") and _TAG.search(words):
            root = from_html(words, line)
            return unwrapped(Markup(self.losses).text(root.children))
        lines = [" ".join(one.split()) for one in words.split("\n")]
        kept = [one for one in lines if one]
        return joined([part for place, one in enumerate(kept) for part in ((node("br"), one) if place else (one,))])

    def stem(self, before: str, after: str, hole: bool) -> Rich:
        """The stem; text on both sides of the answer leaves a hole, in which `hole` puts the blank itself."""
        first, last = self.rich(before, self.block.line), self.rich(after, self.line(len(self.text)))
        if not last:
            return (*first, *((" ", blank("1")) if hole and not _blocks(first) else (node("p", blank("1")),) if hole else ()))
        place: str | Node = blank("1") if hole else "____"
        left, right = (" " if before[-1:].isspace() else ""), (" " if after[:1].isspace() else "")
        if _blocks(first) or _blocks(last):
            return (*first, node("p", place), *last)
        return joined([*first, left, place, right, *last])

    # ---- answers

    def _answered(self, before: str, inside: str, at: int, after: str) -> Question:
        general: tuple[Feedback, ...] = ()
        if (cut := inside.find("####")) >= 0:
            said = self.rich(inside[cut + 4 :], self.line(at + cut))
            general = (Feedback(When.ALWAYS, said),) if said else ()
            inside = inside[:cut]
        bare = inside.strip()
        if not bare:
            stem = self.stem(before, after, False)
            return Question(Kind.EXTENDED, stem, method=Method.MARKER, feedback=general)
        word = re.split(r"[#\s]", bare, maxsplit=1)[0].upper()
        if word in ("T", "TRUE", "F", "FALSE"):
            return self._true_false(before, bare, after, word[0] == "T", general, at)
        if bare.startswith("#"):
            return self._numerical(before, bare[1:], after, general, at + inside.index("#") + 1)
        answers = self._answers(inside, at)
        if all(one.sign == "=" for one in answers):
            arrows = [re.search(r"->", one.text) is not None for one in answers]
            if all(arrows):
                return self._matching(before, after, answers, general)
            if any(arrows):
                raise Refused(answers[arrows.index(False)].line, "匹配", "有的答案有->，有的没有，读不出是匹配题还是填空题。")
            return self._short(before, after, answers, general)
        return self._choice(before, after, answers, general)

    def _answers(self, inside: str, at: int) -> list[Answer]:
        pieces = re.split(r"([=~])", inside)
        if pieces[0].strip():
            raise Refused(self.line(at), f"“{_free(pieces[0]).strip()[:30]}”", "答案应以=或~开头。")
        found: list[Answer] = []
        where = at + len(pieces[0])
        for sign, text in zip(pieces[1::2], pieces[2::2], strict=True):
            line = self.line(where + len(sign) + len(text) - len(text.lstrip()))
            found.append(self._answer(sign, text, line))
            where += len(sign) + len(text)
        return found

    def _answer(self, sign: str, text: str, line: int) -> Answer:
        text, _, said = text.partition("#")
        share: Decimal | None = None
        if found := _WEIGHT.match(text):
            share = as_number(found[1])
            if share is None or abs(share) > 100:
                raise Refused(line, f"%{_free(found[1])[:20]}%", "百分比应为-100到100的数。")
            text = text[found.end() :]
        return Answer(sign, text, share, said, line)

    def _true_false(self, before: str, bare: str, after: str, true: bool, general: tuple[Feedback, ...], at: int) -> Question:
        parts = bare.split("#")
        if len(parts) > 3 or not re.fullmatch(r"(?i)\s*(t|f|true|false)\s*", parts[0]):
            raise Refused(self.line(at), "判断题", "应写成T或F，后面至多有两段反馈。")
        said = [self.rich(one, self.line(at)) for one in parts[1:]]
        feedback = [Feedback(when, text) for when, text in zip((When.WRONG, When.RIGHT), said, strict=False) if text]
        options = (Option("true", ("正确",)), Option("false", ("错误",)))
        key = ("true" if true else "false",)
        return Question(Kind.TRUE_FALSE, self.stem(before, after, False), options=options, key=key, feedback=(*feedback, *general))

    def _choice(self, before: str, after: str, answers: list[Answer], general: tuple[Feedback, ...]) -> Question:
        stem = self.stem(before, after, False)
        keys = [letter(place) for place in range(len(answers))]
        options = tuple(Option(key, self.rich(one.text, one.line), self.rich(one.said, one.line)) for key, one in zip(keys, answers, strict=True))
        right = [key for key, one in zip(keys, answers, strict=True) if one.sign == "=" and one.share in (None, Decimal(100))]
        shares = [one.share if one.share is not None else Decimal(100 if one.sign == "=" else 0) for one in answers]
        if any(one.sign == "=" for one in answers):
            if len(right) != 1 or sum(one.sign == "=" for one in answers) != 1:
                raise Refused(answers[0].line, "单选题", "用=写了几个正确答案。多选题请一律用~%百分比%写。")
            if not any(one.share for one in answers if one.sign == "~"):
                return Question(Kind.CHOICE, stem, options=options, key=tuple(right), feedback=general)
            entries = tuple(Weight(key, share / 100, True) for key, share in zip(keys, shares, strict=True) if share)
            return Question(Kind.CHOICE, stem, options=options, key=tuple(right), method=Method.WEIGHTS, weights=Weights(entries), feedback=general)
        if not any(share > 0 for share in shares):
            raise Refused(answers[0].line, "选择题", "没有写出正确答案（=，或大于0的百分比）。")
        worth, points = scaled(shares)
        entries = tuple(Weight(key, each, True) for key, each in zip(keys, worth, strict=True) if each)
        key = tuple(one for one, share in zip(keys, shares, strict=True) if share > 0)
        weights = Weights(entries, ZERO, ZERO, points)
        question = Question(Kind.MULTIPLE, stem, points, options=options, key=key, method=Method.WEIGHTS, weights=weights, feedback=general)
        return replace(question, points=most(question))

    def _short(self, before: str, after: str, answers: list[Answer], general: tuple[Feedback, ...]) -> Question:
        entries: dict[str, Weight] = {}
        for one in answers:
            words = _free(one.text).strip()
            if not words:
                raise Refused(one.line, "填空题", "有一个答案是空的。")
            if "*" in words.replace("\\*", ""):
                self.losses.append(Loss(one.line, f"答案“{words[:30]}”里的*", "在Moodle里表示任意文字，这里按字面比较"))
            if words.casefold() in entries:
                raise Refused(one.line, f"答案“{words[:30]}”", "写了两次。")
            share = one.share if one.share is not None else Decimal(100)
            entries[words.casefold()] = Weight(words, share / 100, feedback=self.rich(one.said, one.line))
        best = max(entries.values(), key=lambda one: one.points)
        slot = Slot("1", answer=best.of, weights=Weights(tuple(entries.values())))
        question = Question(Kind.TEXT_ENTRY, self.stem(before, after, True), slots=(slot,), method=Method.WEIGHTS, feedback=general)
        return replace(question, points=max(most(question), ZERO))

    def _numerical(self, before: str, inside: str, after: str, general: tuple[Feedback, ...], at: int) -> Question:
        bare = inside.strip()
        answers = (
            self._answers(inside, at) if bare.startswith("=") else [self._answer("=", inside, self.line(at + len(inside) - len(inside.lstrip())))]
        )
        entries = []
        for one in answers:
            words = _free(one.text).strip().replace(" ", "")
            if one.sign == "~":
                self.losses.append(Loss(one.line, "其他数的反馈", "没有带入"))
                continue
            low, high = _range(words, one.line)
            share = one.share if one.share is not None else Decimal(100)
            shown = words if low != high else str(low)
            entries.append(Weight(shown, share / 100, True, low, high, self.rich(one.said, one.line)))
        best = max(entries, key=lambda one: one.points)
        answer = best.of.split(":")[0] if ".." not in best.of else format(((best.low or ZERO) + (best.high or ZERO)) / 2, "f")
        slot = Slot("1", answer=answer, weights=Weights(tuple(entries)), numeric=True)
        question = Question(Kind.TEXT_ENTRY, self.stem(before, after, True), slots=(slot,), method=Method.WEIGHTS, feedback=general)
        return replace(question, points=max(most(question), ZERO))

    def _matching(self, before: str, after: str, answers: list[Answer], general: tuple[Feedback, ...]) -> Question:
        options: list[Option] = []
        slots: dict[str, Slot] = {}
        key: list[str] = []
        for one in answers:
            left, _, right = one.text.partition("->")
            if one.said.strip() or one.share is not None:
                self.losses.append(Loss(one.line, "匹配题各行的反馈或百分比", "GIFT不用它们，没有带入"))
            words = _free(right).strip()
            if not words:
                raise Refused(one.line, "匹配题", "->的右边是空的。")
            slot = slots.setdefault(words, Slot(str(len(slots) + 1), self.rich(right, one.line)))
            content = self.rich(left, one.line)
            if content:
                option = Option(letter(len(options)), content)
                options.append(option)
                key.append(pair(option.key, slot.key))
        if len(options) < 2:
            raise Refused(answers[0].line, "匹配题", "至少要有两对。")
        used = [one.split()[1] for one in key]
        spread = tuple(replace(slot, most=max(1, used.count(slot.key))) for slot in slots.values())
        entries = tuple(Weight(one, ONE, True) for one in key)
        return Question(Kind.MATCH, self.stem(before, after, False), Decimal(len(key)), options=tuple(options), slots=spread, key=tuple(key),
                        method=Method.WEIGHTS, weights=Weights(entries), shuffle=True, most=len(key), feedback=general)  # fmt: skip


def scaled(shares: list[Decimal]) -> tuple[list[Decimal], Decimal]:
    """This function will turn percentages into points: k equal thirds, sixths… (33.33333 %) become k points of one each, so nothing is rounded."""
    positive = [share for share in shares if share > 0]
    count = len(positive)
    if count > 1 and len(set(positive)) == 1 and abs(positive[0] * count - 100) < Decimal("0.1"):
        return [ONE if share > 0 else _tidy(share / 100 * count) for share in shares], Decimal(count)
    return [_tidy(share / 100) for share in shares], ONE


def _tidy(value: Decimal) -> Decimal:
    nearest = value.quantize(ONE)
    return nearest if abs(value - nearest) < Decimal("0.001") else value


def _range(words: str, line: int) -> tuple[Decimal, Decimal]:
    if ".." in words:
        ends = [as_number(one) for one in words.split("..")]
        if len(ends) == 2 and ends[0] is not None and ends[1] is not None and ends[0] <= ends[1]:
            return ends[0], ends[1]
    else:
        middle, _, margin = words.partition(":")
        centre, width = as_number(middle), as_number(margin) if margin else ZERO
        if centre is not None and width is not None and width >= 0 and not words.endswith(":"):
            return centre - width, centre + width
    raise Refused(line, f"数值“{words[:30]}”", "读不懂，应写成3.14、3.14:0.01或3.13..3.15。")


def _free(text: str) -> str:
    return text.translate(_FREED)


def _blocks(text: Rich) -> bool:
    return any(isinstance(part, Node) and part.tag in BLOCKS for part in text)
