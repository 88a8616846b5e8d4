"""完形填空（Moodle）: what do the {1:SHORTANSWER:=…} inside a text ask, and how are they written?"""

import re
from decimal import Decimal

from touchstone.measurement.interchange.delivery import Loss, Refused
from touchstone.measurement.interchange.question import ZERO, Option, Slot, Weight, Weights, letter
from touchstone.measurement.interchange.rich import Node, Rich, blank, joined
from touchstone.measurement.interchange.scoring import as_number

_PLACE = re.compile(r"(?<!\\)\{(\d*):([A-Z_]+):((?:\\.|[^{}\\])*)\}", re.DOTALL)
_CHOICES = frozenset({"MULTICHOICE", "MC", "MULTICHOICE_H", "MCH", "MULTICHOICE_V", "MCV", "MULTICHOICE_S", "MCS", "MULTICHOICE_HS", "MCHS",
                      "MULTICHOICE_VS", "MCVS"})  # fmt: skip
_WORDS = {"SHORTANSWER": False, "SA": False, "MW": False, "SHORTANSWER_C": True, "SAC": True, "MWC": True}
_NUMBERS = frozenset({"NUMERICAL", "NM"})
_SPLIT = re.compile(r"(?<!\\)~")
_FREE = re.compile(r"\\([~=#{}/\"\\:*])")


def cloze_slots(text: Rich, line: int, losses: list[Loss]) -> tuple[Rich, tuple[Slot, ...]]:
    """This function will take the places out of a text: the text with blanks, and a slot for each. :raises Refused: for a kind we cannot put."""
    slots: list[Slot] = []

    def cut(parts: Rich) -> Rich:
        found: list[str | Node] = []
        for part in parts:
            if isinstance(part, Node):
                found.append(Node(part.tag, cut(part.children), part.attributes))
                continue
            at = 0
            for place in _PLACE.finditer(part):
                found += [part[at : place.start()], blank(f"b{len(slots) + 1}")]
                slots.append(_slot(f"b{len(slots) + 1}", place[1], place[2], place[3], line, losses))
                at = place.end()
            found.append(part[at:])
        return joined(found)

    whole = cut(text)
    if not slots:
        raise Refused(line, "完形填空", "题干里没有{分值:题型:答案}这样的空位。")
    return whole, tuple(slots)


def _slot(key: str, worth: str, kind: str, body: str, line: int, losses: list[Loss]) -> Slot:
    points = as_number(worth or "1")
    if points is None:
        raise Refused(line, f"空位“{kind}”", f"分值“{worth[:20]}”过大。")
    answers = [_answer(one, line) for one in _SPLIT.split(body) if one.strip()]
    if not answers:
        raise Refused(line, f"空位“{kind}”", "没有答案。")
    if any(said for _, _, said in answers):
        losses.append(Loss(line, f"空位“{kind}”各答案的反馈", "没有带入"))
    if kind in _CHOICES:
        options = tuple(Option(letter(place), (words,)) for place, (words, _, _) in enumerate(answers))
        entries = tuple(Weight(one.key, share * points / 100, True) for one, (_, share, _) in zip(options, answers, strict=True) if share)
        if not entries:
            raise Refused(line, f"空位“{kind}”", "没有写明哪个正确。")
        return Slot(key, options=options, answer=max(entries, key=lambda one: one.points).of, weights=Weights(entries))
    if kind in _WORDS:
        entries = tuple(Weight(words, share * points / 100, _WORDS[kind]) for words, share, _ in answers)
        if any("*" in words for words, _, _ in answers):
            losses.append(Loss(line, "答案里的*", "在Moodle里表示任意文字，这里按字面比较"))
        return Slot(key, answer=max(entries, key=lambda one: one.points).of, weights=Weights(entries))
    if kind in _NUMBERS:
        entries = tuple(_number(words, share * points / 100, line) for words, share, _ in answers if words != "*")
        if not entries:
            raise Refused(line, f"空位“{kind}”", "没有答案。")
        return Slot(key, answer=max(entries, key=lambda one: one.points).of, weights=Weights(entries), numeric=True)
    raise Refused(line, f"空位“{kind[:30]}”", "完形填空里的这种空位，本平台没有。")


def _answer(text: str, line: int) -> tuple[str, Decimal, str]:
    text, _, said = re.split(r"(?<!\\)(#)", text, maxsplit=1) if re.search(r"(?<!\\)#", text) else (text, "", "")
    share = ZERO
    text = text.strip()
    if text.startswith("="):
        share, text = Decimal(100), text[1:]
    elif found := re.match(r"%(-?[0-9.]+)%", text):
        value = as_number(found[1])
        if value is None or abs(value) > 100:
            raise Refused(line, found[0], "百分比应为-100到100的数。")
        share, text = value, text[found.end() :]
    return _FREE.sub(r"\1", text).strip(), share, said


def _number(words: str, points: Decimal, line: int) -> Weight:
    middle, _, margin = words.partition(":")
    centre, width = as_number(middle), as_number(margin or "0")
    if centre is None or width is None or width < 0:
        raise Refused(line, f"数值“{words[:30]}”", "答案或误差不是数。")
    return Weight(middle.strip(), points, True, centre - width, centre + width)


def escaped(words: str) -> str:
    """This function will write words for inside a place."""
    return re.sub(r"([~=#{}\"\\])", r"\\\1", words)
