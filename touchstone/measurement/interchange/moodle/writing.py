"""写出（Moodle）: how is a question written for Moodle, and what does it lose?"""

import base64
from collections.abc import Mapping, Sequence
from decimal import Decimal

from lxml import etree

from touchstone.measurement.interchange.delivery import Format, Left, Loss, Outgoing, Refused, Shipment
from touchstone.measurement.interchange.moodle.cloze import escaped
from touchstone.measurement.interchange.question import ZERO, Criterion, Kind, Method, Slot, Weight, When
from touchstone.measurement.interchange.rich import Rich, media_names, plain, to_html
from touchstone.measurement.interchange.scoring import most

_NAMED = {When.RIGHT: "correctfeedback", When.PARTLY: "partiallycorrectfeedback", When.WRONG: "incorrectfeedback", When.ALWAYS: "generalfeedback"}


def write_moodle(questions: Sequence[Outgoing], files: Mapping[str, bytes]) -> Shipment:
    """This function will write a Moodle file with what each question lost."""
    quiz = etree.Element("quiz")
    left: list[Left] = []
    category = ""
    for one in questions:
        writer = _Writer(one, files)
        try:
            written = writer.write()
        except Refused as refusal:
            left.append(Left(one.identifier, (refusal.loss,), refused=True))
            continue
        if one.category != category:
            category = one.category
            element = etree.SubElement(quiz, "question", type="category")
            etree.SubElement(etree.SubElement(element, "category"), "text").text = f"$course$/{category}"
        quiz.append(written)
        left.append(Left(one.identifier, tuple(writer.losses)))
    content = bytes(etree.tostring(quiz, xml_declaration=True, encoding="UTF-8", pretty_print=True))
    return Shipment(Format.MOODLE, "questions.moodle.xml", "application/xml", content, tuple(left))


def _number(value: Decimal) -> str:
    text = format(round(value, 5).normalize(), "f")
    return "0" if text in ("-0", "") else text


class _Writer:
    def __init__(self, outgoing: Outgoing, files: Mapping[str, bytes]) -> None:
        self.outgoing, self.question, self.files = outgoing, outgoing.question, files
        self.losses: list[Loss] = []
        self.element = etree.Element("question")

    def lose(self, what: str, why: str) -> None:
        self.losses.append(Loss(0, what, why))

    def write(self) -> etree._Element:
        question = self.question
        build = {
            Kind.CHOICE: self._choice, Kind.MULTIPLE: self._choice, Kind.TRUE_FALSE: self._true_false, Kind.MATCH: self._matching,
            Kind.ORDER: self._ordering, Kind.EXTENDED: self._essay, Kind.PRACTICAL: self._essay, Kind.TEXT_ENTRY: self._entered,
            Kind.INLINE_CHOICE: self._gaps, Kind.GAP_MATCH: self._gaps,
        }.get(question.kind)  # fmt: skip
        if question.points <= 0:
            raise Refused(0, "分值", "是0分的题，Moodle写不出得分的份额。")
        if build is None or question.method is Method.RULES:
            raise Refused(0, question.kind.label, "按表达式判分，Moodle写不出。" if build else "Moodle没有这种题型。")
        name = etree.SubElement(self.element, "name")
        etree.SubElement(name, "text").text = question.title or self.outgoing.identifier
        build()
        etree.SubElement(self.element, "defaultgrade").text = _number(question.points)
        etree.SubElement(self.element, "idnumber").text = self.outgoing.identifier
        self._surroundings()
        return self.element

    def _surroundings(self) -> None:
        question = self.question
        seen: set[When] = set()
        for said in question.feedback:
            if said.when in seen:
                self.lose("反馈", "同一时机只写一段，其余没有写出")
                continue
            seen.add(said.when)
            self.text(self.element, _NAMED[said.when], said.content)
        for hint in question.hints:
            self.text(self.element, "hint", hint)
        if question.labels:
            tags = etree.SubElement(self.element, "tags")
            for label in question.labels:
                etree.SubElement(etree.SubElement(tags, "tag"), "text").text = label
        if question.minutes is not None:
            self.lose("用时", "Moodle的单题不写限时，没有写出")
        if question.kind is not Kind.PRACTICAL and question.materials:
            self.lose("材料准备", "没有写出")

    def text(self, parent: etree._Element, name: str, text: Rich, html: str = "") -> etree._Element:
        """A text as HTML with the pictures it shows."""
        element = etree.SubElement(parent, name, format="html")
        etree.SubElement(element, "text").text = html or to_html(text, source=lambda file: f"@@PLUGINFILE@@/{file}")
        for file in media_names(text):
            if file in self.files:
                folder, _, base = file.rpartition("/")
                holder = etree.SubElement(element, "file", name=base, path=f"/{folder}/" if folder else "/", encoding="base64")
                holder.text = base64.b64encode(self.files[file]).decode()
            else:
                self.lose(f"文件“{file}”", "不在库里，没有写出")
        return element

    def _answer(self, text: Rich, share: Decimal, said: Rich = ()) -> etree._Element:
        if abs(share) > 100:
            raise Refused(0, "得分表", "扣分超过满分，Moodle写不出。")
        element = self.text(self.element, "answer", text)
        element.set("fraction", _number(share))
        self.text(element, "feedback", said)
        return element

    def _plain_answer(self, words: str, share: Decimal, said: Rich = ()) -> etree._Element:
        element = etree.SubElement(self.element, "answer", fraction=_number(share), format="plain_text")
        etree.SubElement(element, "text").text = words
        self.text(element, "feedback", said)
        return element

    def _choice(self) -> None:
        question = self.question
        self.element.set("type", "multichoice")
        self.text(self.element, "questiontext", question.stem)
        if not question.key or question.method is Method.NONE:
            raise Refused(0, question.kind.label, "没有答案，Moodle写不出。")
        single = question.kind is Kind.CHOICE
        etree.SubElement(self.element, "single").text = "true" if single else "false"
        etree.SubElement(self.element, "shuffleanswers").text = "true" if question.shuffle else "false"
        shares = self._shares()
        if single and shares[question.key[0]] != 100:
            raise Refused(0, "得分表", "标准答案不是得分最高的选项，Moodle写不出。")
        if any(option.fixed for option in question.options) or question.least or (question.most and not single):
            self.lose("固定的选项、选几个的限制", "Moodle没有地方写")
        for option in question.options:
            self._answer(option.content, shares[option.key], option.feedback)

    def _shares(self) -> dict[str, Decimal]:
        question = self.question
        keys = [option.key for option in question.options]
        if question.method is Method.WEIGHTS:
            whole = most(question)
            if whole <= 0:
                raise Refused(0, "得分表", "没有能得分的选项，Moodle写不出。")
            by_key = {one.of: one.points for one in question.weights.entries}
            worth = {key: by_key.get(key, question.weights.otherwise) for key in keys}
            total = sum((max(one, ZERO) for one in worth.values()), ZERO)
            if question.kind is Kind.MULTIPLE and (question.weights.lower != 0 or total != whole):
                self.lose("得分的上下限", "Moodle的多选题按百分比相加，在0和满分之间")
            return {key: points * 100 / whole for key, points in worth.items()}
        if question.kind is Kind.CHOICE:
            return {key: Decimal(100) if (key,) == question.key else ZERO for key in keys}
        exact = question.method is Method.EXACT
        if exact or question.each * len(question.key) != question.points:
            self.lose("全对才得分" if exact else "少选给分", "Moodle按选对的份额给分，与原来的分数不完全相同")
        return {key: Decimal(100) / len(question.key) if key in question.key else Decimal(-100) for key in keys}

    def _true_false(self) -> None:
        question = self.question
        self.element.set("type", "truefalse")
        self.text(self.element, "questiontext", question.stem)
        if not question.key or question.method is not Method.EXACT:
            raise Refused(0, question.kind.label, "没有答案，或不是对与错两种得分，Moodle写不出。")
        for option in question.options:
            self._plain_answer(option.key, Decimal(100 if option.key in question.key else 0), option.feedback)

    def _matching(self) -> None:
        question = self.question
        self.element.set("type", "matching")
        self.text(self.element, "questiontext", question.stem)
        etree.SubElement(self.element, "shuffleanswers").text = "true" if question.shuffle else "false"
        by_left: dict[str, str] = {}
        for one in question.key:
            left, right = one.split()
            if left in by_left:
                raise Refused(0, question.kind.label, "一个左项配几个右项，Moodle写不出。")
            by_left[left] = right
        if len(by_left) != len(question.options):
            raise Refused(0, question.kind.label, "有的左项没有右项，Moodle写不出。")
        points = {one.points for one in question.weights.entries if one.of in question.key}
        if (
            question.method is not Method.WEIGHTS
            or len(points) > 1
            or len(question.weights.entries) > len(question.key)
            or question.weights.otherwise
        ):
            self.lose("得分办法", "Moodle的匹配题每对各占一份")
        words = {slot.key: plain(slot.prompt) for slot in question.slots}
        if any(media_names(slot.prompt) for slot in question.slots):
            raise Refused(0, question.kind.label, "右项里有图片，Moodle写不出。")
        rows = [(option.content, words[by_left[option.key]]) for option in question.options]
        rows += [((), words[slot.key]) for slot in question.slots if slot.key not in by_left.values()]
        for left_text, right_words in rows:
            element = self.text(self.element, "subquestion", left_text)
            etree.SubElement(etree.SubElement(element, "answer"), "text").text = right_words

    def _ordering(self) -> None:
        question = self.question
        self.element.set("type", "ordering")
        self.text(self.element, "questiontext", question.stem)
        if set(question.key) != {option.key for option in question.options} or question.method not in (Method.EXACT, Method.PARTIAL):
            raise Refused(0, question.kind.label, "答案没有写全每一项，或另有得分表，Moodle写不出。")
        etree.SubElement(self.element, "gradingtype").text = "-1" if question.method is Method.EXACT else "0"
        if question.method is Method.PARTIAL and question.each * len(question.key) != question.points:
            self.lose("少对给分", "Moodle每个位置各占一份")
        by_key = {option.key: option for option in question.options}
        for place, key in enumerate(question.key, 1):
            if by_key[key].feedback:
                self.lose(f"选项“{key}”的反馈", "没有写出")
            self._answer(by_key[key].content, Decimal(place))

    def _essay(self) -> None:
        question = self.question
        self.element.set("type", "essay")
        if question.kind is Kind.PRACTICAL:
            self.lose("实操题", "Moodle没有这种题型，写成由人评分的问答题；评分要点写在评分说明里")
        elif question.criteria and len(question.criteria) > 1:
            self.lose("评分要点", "写在评分说明里，读回后合为一条")
        self.text(self.element, "questiontext", (*question.stem, *question.materials))
        etree.SubElement(self.element, "responseformat").text = "editor"
        if question.criteria:
            self.text(self.element, "graderinfo", (), "<ol>" + "".join(self._criterion(one) for one in question.criteria) + "</ol>")

    def _criterion(self, one: Criterion) -> str:
        return f"<li>{to_html(one.content)}（{_number(one.points)}分{'，' + to_html((one.rule,)) if one.rule else ''}）</li>"

    def _entered(self) -> None:
        question = self.question
        if len(question.slots) > 1 or question.slots[0].options:
            self._cloze()
            return
        slot = question.slots[0]
        entries = self._entries(slot)
        numeric = slot.numeric or all(one.low is not None for one, _ in entries)
        self.element.set("type", "numerical" if numeric else "shortanswer")
        self.text(self.element, "questiontext", question.stem, to_html(question.stem, lambda file: f"@@PLUGINFILE@@/{file}", lambda key: "____"))
        if not numeric:
            cases = {one.exact_case for one, _ in entries}
            if len(cases) > 1 or any(one.low is not None for one, _ in entries):
                raise Refused(0, question.kind.label, "有的答案区分大小写有的不区分，或既有数又有文字，Moodle写不出。")
            etree.SubElement(self.element, "usecase").text = "1" if True in cases else "0"
        for one, share in entries:
            if not numeric:
                self._plain_answer(one.of.replace("*", "\\*"), share, one.feedback)
                continue
            centre, width = _centred(one)
            element = self._plain_answer(centre, share, one.feedback)
            etree.SubElement(element, "tolerance").text = width
        self.lose("空位在题干中的位置", "Moodle的填空在题干之后，题干里写作____")

    def _entries(self, slot: Slot) -> list[tuple[Weight, Decimal]]:
        entries = list(slot.weights.entries) or ([Weight(slot.answer, Decimal(1))] if slot.answer else [])
        best = max((one.points for one in entries), default=ZERO)
        if best <= 0 or self.question.method is Method.NONE:
            raise Refused(0, self.question.kind.label, "没有答案，Moodle写不出。")
        if slot.weights.otherwise or slot.weights.lower is not None or slot.weights.upper is not None:
            self.lose("其他答案的得分和上下限", "Moodle没有地方写")
        if self.question.method is Method.EXACT:
            return [(one, Decimal(100)) for one in entries if one.points == best]
        if any(abs(one.points) > best for one in entries):
            raise Refused(0, "得分表", "扣分超过满分，Moodle写不出。")
        return [(one, one.points * 100 / best) for one in entries]

    def _cloze(self) -> None:
        question = self.question
        self.element.set("type", "cloze")
        if question.method is Method.EXACT:
            self.lose("全对才得分", "Moodle的完形填空每空各自给分")
        places = {slot.key: self._place(slot) for slot in question.slots}
        html = to_html(question.stem, lambda file: f"@@PLUGINFILE@@/{file}", lambda key: places[key])
        self.text(self.element, "questiontext", question.stem, html)

    def _place(self, slot: Slot) -> str:
        entries = self._entries(slot)
        worth = max((one.points for one, _ in entries), default=ZERO) if self.question.method is Method.WEIGHTS else Decimal(1)
        if worth != worth.to_integral_value() or worth < 1:
            self.lose(f"空位“{slot.key}”的分值{_number(worth)}", "Moodle的完形填空只写整数分，写为1")
            worth = Decimal(1)
        if slot.options:
            shares = {one.of: share for one, share in entries}
            body = "~".join(f"{_sign(shares.get(option.key, ZERO))}{escaped(plain(option.content))}" for option in slot.options)
            return to_html((f"{{{_number(worth)}:MULTICHOICE:{body}}}",))
        if slot.numeric or all(one.low is not None for one, _ in entries):
            body = "~".join(f"{_sign(share)}{':'.join(_centred(one))}" for one, share in entries)
            return to_html((f"{{{_number(worth)}:NUMERICAL:{body}}}",))
        if any(one.low is not None for one, _ in entries):
            raise Refused(0, self.question.kind.label, "答案里既有数值范围又有文字，Moodle写不出。")
        exact = {one.exact_case for one, _ in entries} == {True}
        body = "~".join(f"{_sign(share)}{escaped(one.of)}" for one, share in entries)
        return to_html((f"{{{_number(worth)}:{'SHORTANSWER_C' if exact else 'SHORTANSWER'}:{body}}}",))

    def _gaps(self) -> None:
        question = self.question
        drag = question.kind is Kind.GAP_MATCH
        if not drag and any(one.points for slot in question.slots for one in slot.weights.entries if one.of != slot.answer):
            self._cloze()
            return
        self.element.set("type", "ddwtos" if drag else "gapselect")
        right = self._right()
        number, boxes = 0, []
        numbers: dict[str, int] = {}
        for group, slot in enumerate(question.slots if not drag else question.slots[:1], 1):
            for option in question.options if drag else slot.options:
                number += 1
                numbers[option.key if drag else f"{slot.key} {option.key}"] = number
                boxes.append((option, group))
        places = {slot.key: numbers[right[slot.key] if drag else f"{slot.key} {right[slot.key]}"] for slot in question.slots}
        if (
            question.method is not Method.WEIGHTS
            or len({one.points for slot in question.slots for one in slot.weights.entries} | {one.points for one in question.weights.entries}) > 1
        ):
            self.lose("得分办法", "Moodle每空各占一份")
        html = to_html(question.stem, lambda file: f"@@PLUGINFILE@@/{file}", lambda key: f"[[{places[key]}]]")
        self.text(self.element, "questiontext", question.stem, html)
        for option, own in boxes:
            element = etree.SubElement(self.element, "dragbox" if drag else "selectoption")
            etree.SubElement(element, "text").text = to_html(option.content) if media_names(option.content) == () else plain(option.content)
            etree.SubElement(element, "group").text = str(own)
            if drag and option.most != 1:
                etree.SubElement(element, "infinite")

    def _right(self) -> dict[str, str]:
        question = self.question
        if question.kind is not Kind.GAP_MATCH:
            found = {slot.key: slot.answer for slot in question.slots if slot.answer}
        else:
            found = {one.split()[1]: one.split()[0] for one in question.key}
        if len(found) != len(question.slots) or question.method is Method.NONE:
            raise Refused(0, question.kind.label, "有空位没有答案，Moodle写不出。")
        return found


def _sign(share: Decimal) -> str:
    return "=" if share == 100 else f"%{_number(share)}%" if share else ""


def _centred(one: Weight) -> tuple[str, str]:
    if one.low is None or one.high is None:
        return one.of, "0"
    return format(((one.low + one.high) / 2).normalize(), "f"), format(((one.high - one.low) / 2).normalize(), "f")
