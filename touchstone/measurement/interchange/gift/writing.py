"""写出（GIFT）: how is a question written as GIFT, and what does it lose?

GIFT counts in percentages of one answer place. What it has no kind for is left out and said; points become shares.
"""

import re
from collections.abc import Sequence
from decimal import Decimal

from touchstone.measurement.interchange.delivery import Format, Left, Loss, Outgoing, Refused, Shipment
from touchstone.measurement.interchange.media import shown
from touchstone.measurement.interchange.question import ZERO, Kind, Method, Question, Slot, Weight, When
from touchstone.measurement.interchange.rich import Node, Rich, blanks, plain, to_html
from touchstone.measurement.interchange.scoring import most

_SIGNS = re.compile(r"[~=#{}:\\]")


def write_gift(questions: Sequence[Outgoing]) -> Shipment:
    """This function will write a GIFT file with what each question lost."""
    written: list[str] = []
    left: list[Left] = []
    category = ""
    for one in questions:
        writer = _Writer(one.question)
        try:
            text = writer.write(one.identifier)
        except Refused as refusal:
            left.append(Left(one.identifier, (refusal.loss,), refused=True))
            continue
        if one.category != category:
            category = one.category
            written.append(f"$CATEGORY: {category}")
        written.append(text)
        left.append(Left(one.identifier, tuple(writer.losses)))
    return Shipment(Format.GIFT, "questions.gift.txt", "text/plain; charset=utf-8", ("\n\n".join(written) + "\n").encode(), tuple(left))


def escaped(text: str) -> str:
    """This function will write words so that no sign in them is taken for GIFT's."""
    return _SIGNS.sub(lambda found: "\\" + found[0], text).replace("\r", "").replace("\n", "\\n")


class _Writer:
    def __init__(self, question: Question) -> None:
        self.question, self.losses = question, list[Loss]()

    def lose(self, what: str, why: str) -> None:
        self.losses.append(Loss(0, what, why))

    def text(self, text: Rich) -> str:
        """A text: bare words as they are, anything else (or words that look like HTML) as HTML."""
        if all(isinstance(part, str) for part in text) and not re.search(r"[<>&]", "".join(map(str, text))):
            return escaped(" ".join("".join(map(str, text)).split()))
        html = to_html(text, place=lambda key: "____")
        return escaped(" ".join(html.split()))

    def write(self, identifier: str) -> str:
        question = self.question
        if question.points <= 0:
            raise Refused(0, "分值", "是0分的题，GIFT写不出。")
        if shown(question):
            self.lose("图片和声音", "GIFT是纯文字，只写出文件名")
        for name, kept in (("提示", question.hints), ("材料准备", question.materials), ("评分要点", question.criteria)):
            if kept:
                self.lose(name, "GIFT没有地方写，没有写出")
        if question.points != 1 and question.kind is not Kind.MATCH:
            self.lose(f"分值{question.points}", "GIFT不写分值，只写百分比")
        if question.minutes is not None:
            self.lose("用时", "GIFT没有地方写，没有写出")
        tags = " ".join(f"[tag:{label}]" for label in question.labels if "]" not in label)
        head = f"// [id:{identifier}]" if "]" not in identifier else "//"
        title = f"::{escaped(question.title or identifier)}:: "
        before, inside, after = self._sides()
        general = [said for said in question.feedback if said.when is When.ALWAYS]
        if len(general) > 1:
            self.lose("反馈", "GIFT只有一段总的反馈，其余没有写出")
        if question.kind is not Kind.TRUE_FALSE and any(said.when is not When.ALWAYS for said in question.feedback):
            self.lose("答对、答错的反馈", "GIFT只有判断题能写，没有写出")
        closing = f" ####{self.text(general[0].content)}" if general else ""
        return f"{head} {tags}".rstrip() + f"\n{title}[html]{before}{{{inside}{closing}}}{after}"

    def _sides(self) -> tuple[str, str, str]:
        question = self.question
        match question.kind:
            case Kind.TRUE_FALSE:
                return self.text(question.stem), self._true_false(), ""
            case Kind.CHOICE | Kind.MULTIPLE:
                return self.text(question.stem), self._options(), ""
            case Kind.MATCH:
                return self.text(question.stem), self._matching(), ""
            case Kind.EXTENDED:
                return self.text(question.stem), "", ""
            case Kind.TEXT_ENTRY | Kind.INLINE_CHOICE if len(question.slots) == 1:
                before, after = self._around(question.stem)
                slot = question.slots[0]
                return before, self._inline(slot) if slot.options else self._words(slot), after
            case Kind.TEXT_ENTRY | Kind.INLINE_CHOICE:
                raise Refused(0, question.kind.label, f"有{len(question.slots)}个空，GIFT一题只能有一个空。")
        raise Refused(0, question.kind.label, "GIFT没有这种题型。")

    def _around(self, stem: Rich) -> tuple[str, str]:
        """The stem before and after its blank."""
        for place, part in enumerate(stem):
            if isinstance(part, Node) and blanks((part,)):
                if part.tag == "blank":
                    before, after = stem[:place], stem[place + 1 :]
                else:
                    if len(stem) > 1:
                        self.lose("分段", "空格所在的一段与前后合为一段")
                    inner = self._split(part.children)
                    before, after = (*stem[:place], *inner[0]), (*inner[1], *stem[place + 1 :])
                gap = " " if before and isinstance(before[-1], str) and before[-1][-1:].isspace() else ""
                return self.text(before) + gap, (" " if after and isinstance(after[0], str) and after[0][:1].isspace() else "") + self.text(after)
        return self.text(stem), ""

    def _split(self, children: Rich) -> tuple[Rich, Rich]:
        for place, part in enumerate(children):
            if isinstance(part, Node) and blanks((part,)):
                if part.tag == "blank":
                    return children[:place], children[place + 1 :]
                inner = self._split(part.children)
                return (*children[:place], *inner[0]), (*inner[1], *children[place + 1 :])
        return children, ()

    def _true_false(self) -> str:
        question = self.question
        self._exact_only()
        said = {one.when: one for one in question.feedback}
        right, wrong = said.get(When.RIGHT), said.get(When.WRONG)
        words = "TRUE" if question.key == ("true",) else "FALSE" if question.key else ""
        if not words:
            raise Refused(0, question.kind.label, "没有答案，GIFT写不出。")
        if wrong or right:
            words += f"#{self.text(wrong.content) if wrong else ''}"
        return words + (f"#{self.text(right.content)}" if right else "")

    def _exact_only(self) -> None:
        if self.question.method is not Method.EXACT:
            self.lose("得分办法", "GIFT的判断题只有对与错")

    def _options(self) -> str:
        question = self.question
        if question.method in (Method.NONE, Method.RULES) or not question.key:
            raise Refused(0, question.kind.label, "没有答案，或按表达式判分，GIFT写不出。")
        if any(option.fixed for option in question.options) or question.least:
            self.lose("固定的选项、最少选几个", "GIFT没有地方写")
        single = question.kind is Kind.CHOICE
        shares = self._shares()
        lines = []
        for option in question.options:
            share = shares.get(option.key, ZERO)
            right = single and (option.key,) == question.key
            sign = "=" if right else "~"
            weight = f"%{_percent(share)}%" if share and not (right and share == 100) else ""
            said = f" #{self.text(option.feedback)}" if option.feedback else ""
            lines.append(f"\n  {sign}{weight}{self.text(option.content)}{said}")
        return "".join(lines) + "\n"

    def _shares(self) -> dict[str, Decimal]:
        question = self.question
        keys = [option.key for option in question.options]
        if question.method is Method.WEIGHTS:
            whole = most(question)
            if whole <= 0:
                raise Refused(0, "得分表", "没有能得分的选项，GIFT写不出。")
            weights, by_key = question.weights, {one.of: one.points for one in question.weights.entries}
            worth = {key: by_key.get(key, weights.otherwise) for key in keys}
            if question.kind is Kind.MULTIPLE and (
                weights.lower != 0 or (weights.upper is not None and weights.upper < sum(max(one, ZERO) for one in worth.values()))
            ):
                self.lose("得分的上下限", "GIFT的多选题按百分比相加，不低于0")
            found = {key: points * 100 / whole for key, points in worth.items()}
            if question.kind is Kind.CHOICE and found[question.key[0]] != 100:
                raise Refused(0, "得分表", "标准答案不是得分最高的选项，GIFT写不出。")
            if any(abs(share) > 100 for share in found.values()):
                raise Refused(0, "得分表", "有的选项扣分超过满分，GIFT写不出。")
            return found
        if question.kind is Kind.CHOICE:
            return {question.key[0]: Decimal(100)}
        if question.method is Method.EXACT:
            self.lose("全对才得分", "GIFT的多选题按选对的份额给分；错选写为扣去全部")
        elif question.each * len(question.key) != question.points:
            self.lose("少选给分", "GIFT每个正确选项各占一份，与原来的分数不完全相同")
        return {key: Decimal(100) / len(question.key) if key in question.key else Decimal(-100) for key in keys}

    def _matching(self) -> str:
        question = self.question
        lefts = [one.split()[0] for one in question.key]
        if sorted(lefts) != sorted(option.key for option in question.options) or len(lefts) < 2:
            raise Refused(0, question.kind.label, "有的左项没有或不止一个右项，GIFT写不出。")
        equal = {one.points for one in question.weights.entries if one.of in question.key}
        others = any(one.points for one in question.weights.entries if one.of not in question.key) or question.weights.otherwise
        if question.method is not Method.WEIGHTS or len(equal) != 1 or others:
            self.lose("得分办法", "GIFT的匹配题每对各占一份")
        if question.points != len(question.key):
            self.lose(f"分值{question.points}", "GIFT不写分值")
        by_left = dict(one.split() for one in question.key)
        right = {slot.key: self.text(slot.prompt) for slot in question.slots}
        lines = [f"\n  ={self.text(option.content)} -> {right[by_left[option.key]]}" for option in question.options]
        lines += [f"\n  = -> {right[slot.key]}" for slot in question.slots if slot.key not in by_left.values()]
        if any("->" in plain(option.content) for option in question.options):
            raise Refused(0, question.kind.label, "选项里有->，GIFT会读错。")
        return "".join(lines) + "\n"

    def _entries(self, slot: Slot) -> list[tuple[Weight, Decimal]]:
        entries = list(slot.weights.entries) or ([Weight(slot.answer, Decimal(1))] if slot.answer else [])
        if self.question.method is Method.EXACT:
            best = max((one.points for one in entries), default=ZERO)
            entries = [one for one in entries if one.points == best]
            found = [(one, Decimal(100)) for one in entries]
        else:
            whole = max((one.points for one in entries), default=ZERO)
            if whole <= 0 or self.question.method is not Method.WEIGHTS:
                raise Refused(0, self.question.kind.label, "没有答案，或按表达式判分，GIFT写不出。")
            found = [(one, one.points * 100 / whole) for one in entries]
        if any(abs(share) > 100 for _, share in found) or not found:
            raise Refused(0, self.question.kind.label, "没有答案，或扣分超过满分，GIFT写不出。")
        if slot.weights.otherwise or slot.weights.lower is not None or slot.weights.upper is not None:
            self.lose("其他答案的得分和上下限", "GIFT没有地方写")
        return found

    def _words(self, slot: Slot) -> str:
        entries = self._entries(slot)
        numbers = slot.numeric or all(one.low is not None for one, _ in entries)
        if numbers:
            lines = [f"\n  ={_share(share)}{_number(one)}{self._said(one)}" for one, share in entries]
            return "#" + "".join(lines) + "\n"
        if any(one.low is not None for one, _ in entries):
            raise Refused(0, self.question.kind.label, "答案里既有数值范围又有文字，GIFT写不出。")
        if any(one.exact_case for one, _ in entries):
            self.lose("区分大小写", "GIFT的填空不区分大小写")
        return "".join(f"\n  ={_share(share)}{escaped(one.of)}{self._said(one)}" for one, share in entries) + "\n"

    def _said(self, one: Weight) -> str:
        return f" #{self.text(one.feedback)}" if one.feedback else ""

    def _inline(self, slot: Slot) -> str:
        self.lose("下拉填空题", "写成带空的单选题")
        shares = {one.of: share for one, share in self._entries(slot)}
        answer = slot.answer or next((key for key, share in shares.items() if share == 100), "")
        if shares.get(answer) != 100:
            raise Refused(0, "得分表", "标准答案不是得分最高的选项，GIFT写不出。")
        lines = []
        for option in slot.options:
            sign = "=" if option.key == answer else "~"
            lines.append(f"\n  {sign}{'' if option.key == answer else _share(shares.get(option.key, ZERO), ZERO)}{self.text(option.content)}")
        return "".join(lines) + "\n"


def _share(share: Decimal, silent: Decimal = Decimal(100)) -> str:
    return "" if share == silent else f"%{_percent(share)}%"


def _percent(share: Decimal) -> str:
    text = format(round(share, 5).normalize(), "f")
    return "0" if text in ("-0", "") else text


def _number(one: Weight) -> str:
    if one.low is None or one.high is None or one.low == one.high:
        return escaped(one.of if one.low is None else format(one.low, "f"))
    return f"{format(one.low, 'f')}..{format(one.high, 'f')}"
