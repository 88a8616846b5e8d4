"""试题是否成形: does the question hang together, and is it ready to be put to anybody?

`check` is for every question, whatever it came from: nothing names what is not there. `unready` is for a bank: there must be a key and points.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from touchstone.measurement.interchange.question import ZERO, Kind, Method, Option, Question, Slot, Weights
from touchstone.measurement.interchange.rich import Malformed, Rich, blanks, check_rich, media_names, plain

_KEY = re.compile(r"[^\s\x00-\x1f]{1,64}")
_LIMIT = Decimal(1_000_000)
DEEPEST_RULE = 60
_LONGEST = 30_000
MOST_OPTIONS = 200
WITH_OPTIONS = frozenset({Kind.CHOICE, Kind.MULTIPLE, Kind.TRUE_FALSE, Kind.MATCH, Kind.ORDER, Kind.GAP_MATCH})
WITH_SLOTS = frozenset({Kind.MATCH, Kind.GAP_MATCH, Kind.INLINE_CHOICE, Kind.TEXT_ENTRY})
WITH_BLANKS = frozenset({Kind.GAP_MATCH, Kind.INLINE_CHOICE, Kind.TEXT_ENTRY})
BY_MARKER = frozenset({Kind.EXTENDED, Kind.PRACTICAL})
BY_PAIRS = frozenset({Kind.MATCH, Kind.GAP_MATCH})
SINGLE = frozenset({Kind.CHOICE, Kind.TRUE_FALSE})


def check(question: Question) -> None:
    """This function will pass a question whose pieces fit together. :raises Malformed: with the first that does not."""
    _check_texts(question)
    _check_numbers(question)
    _check_kind(question)
    _check_keys("选项", [one.key for one in question.options])
    _check_keys("空位", [one.key for one in question.slots])
    _check_keys("评分要点", [one.key for one in question.criteria])
    _check_keys("小题", [one.key for one in question.parts])
    for slot in question.slots:
        _check_keys(f"空位“{slot.key}”的选项", [one.key for one in slot.options])
    _check_blanks(question)
    _check_answers(question)
    if question.rules is not None:
        from touchstone.measurement.interchange.rules import check_rules, variables

        check_rules(question.rules, variables(question))
    for part in question.parts:
        if part.question.kind is Kind.COMPOSITE:
            raise Malformed("综合题的小题不能又是综合题。")
        check(part.question)
    if missing := set(_shown(question)) - {one.name for one in question.media}:
        raise Malformed(f"题中引用了附件“{min(missing)[:60]}”，但附件清单里没有它。")


def unready(question: Question) -> list[str]:
    """This function will say what a question lacks before it can be put to a candidate: sentences, empty when it lacks nothing."""
    if question.kind is Kind.COMPOSITE:
        return [f"第{place}小题：{one}" for place, part in enumerate(question.parts, 1) for one in unready(part.question)] + _unready_stem(question)
    found = _unready_stem(question)
    if question.method is Method.NONE:
        found.append("没有答案和评分办法，请补上。")
    if question.points <= 0:
        found.append("分值应大于0。")
    if question.kind in BY_MARKER:
        if not question.criteria:
            found.append("没有评分要点，请补上。")
        elif sum((one.points for one in question.criteria), ZERO) != question.points:
            found.append("各评分要点的分值之和与题目的分值不同。")
    elif question.kind in (Kind.INLINE_CHOICE, Kind.TEXT_ENTRY):
        if any(not slot.answer and not slot.weights.entries for slot in question.slots):
            found.append("有空位没有答案，请补上。")
    elif not question.key and question.method is not Method.RULES:
        found.append("没有答案，请补上。")
    if question.kind in (Kind.CHOICE, Kind.MULTIPLE) and len(question.options) < 2:
        found.append("选项不足两个。")
    return found


def _unready_stem(question: Question) -> list[str]:
    shown = plain(question.stem) or media_names(question.stem) or question.kind is Kind.COMPOSITE
    return [] if shown else ["没有题干，请补上。"]


def texts(question: Question) -> Iterator[tuple[str, Rich]]:
    """This function will give every formatted text of the question itself (not of its parts) with the name of where it stands."""
    yield "题干", question.stem
    yield "材料", question.materials
    yield from _option_texts(question.options)
    for slot in question.slots:
        yield f"空位“{slot.key}”", slot.prompt
        yield from _option_texts(slot.options)
        for weight in slot.weights.entries:
            yield f"答案“{weight.of[:20]}”的反馈", weight.feedback
    for criterion in question.criteria:
        yield f"评分要点“{criterion.key}”", criterion.content
    for said in question.feedback:
        yield "反馈", said.content
    for hint in question.hints:
        yield "提示", hint


def _option_texts(options: tuple[Option, ...]) -> Iterator[tuple[str, Rich]]:
    for option in options:
        yield f"选项“{option.key}”", option.content
        yield f"选项“{option.key}”的反馈", option.feedback


def _check_texts(question: Question) -> None:
    for where, text in texts(question):
        check_rich(text, where)
        if where != "题干" and blanks(text):
            raise Malformed(f"{where}里不能有空位，空位只能在题干里。")
    for name, words in (("标题", question.title), ("语言", question.language), *(("标签", one) for one in question.labels)):
        check_rich((words,) if words else (), name)


def _shown(question: Question) -> Iterator[str]:
    for _, text in texts(question):
        yield from media_names(text)
    for part in question.parts:
        yield from _shown(part.question)


def _check_numbers(question: Question) -> None:
    numbers = [question.points, question.each, *(one.points for one in question.criteria)]
    for weights in (question.weights, *(slot.weights for slot in question.slots)):
        numbers += [weights.otherwise, *(one.points for one in weights.entries)]
        numbers += [bound for bound in (weights.lower, weights.upper) if bound is not None]
        if weights.lower is not None and weights.upper is not None and weights.lower > weights.upper:
            raise Malformed("得分的下限大于上限。")
        for one in weights.entries:
            if (one.low is None) != (one.high is None) or (one.low is not None and one.high is not None and one.low > one.high):
                raise Malformed(f"答案“{one.of[:20]}”的数值范围不成立。")
            numbers += [end for end in (one.low, one.high) if end is not None and not end.is_finite()]
    if any(not one.is_finite() or abs(one) > _LIMIT for one in numbers):
        raise Malformed("分值不是有限的数，或者过大。")
    if question.points < 0 or question.each < 0 or any(one.points < 0 for one in question.criteria):
        raise Malformed("分值不能是负数。")
    if question.least < 0 or question.most < 0 or (question.minutes is not None and question.minutes < 0):
        raise Malformed("选择个数和时间不能是负数。")
    if (question.minutes or 0) > _LONGEST:
        raise Malformed(f"用时超过{_LONGEST}分钟，请核对单位。")


def _check_kind(question: Question) -> None:
    kind, label = question.kind, question.kind.label
    if bool(question.options) and kind not in WITH_OPTIONS:
        raise Malformed(f"{label}不能有选项。")
    if not question.options and kind in WITH_OPTIONS:
        raise Malformed(f"{label}没有选项。")
    if bool(question.slots) != (kind in WITH_SLOTS):
        raise Malformed(f"{label}{'没有' if kind in WITH_SLOTS else '不能有'}空位（匹配的右项）。")
    if question.criteria and kind not in BY_MARKER:
        raise Malformed(f"{label}由系统判分，不能有评分要点。")
    if bool(question.parts) != (kind is Kind.COMPOSITE):
        raise Malformed("综合题至少有一个小题，其他题型没有小题。")
    if (question.rules is not None) != (question.method is Method.RULES):
        raise Malformed("按表达式判分的题必须带表达式，其他题不能带。")
    if (question.method is Method.MARKER) != (kind in BY_MARKER) and question.method not in (Method.NONE, Method.RULES):
        raise Malformed(f"{label}的评分办法不成立。")
    if kind is Kind.COMPOSITE and question.method is Method.PARTIAL:
        raise Malformed("综合题的分数是各小题之和，不能另按“少选给分”判分。")
    if question.method is Method.PARTIAL and kind not in (Kind.MULTIPLE, Kind.ORDER):
        raise Malformed(f"{label}不能按“少选给分”判分。")
    if kind is Kind.TRUE_FALSE and sorted(one.key for one in question.options) != ["false", "true"]:
        raise Malformed("判断题的两个选项应为true和false。")
    if kind is Kind.INLINE_CHOICE and any(not slot.options for slot in question.slots):
        raise Malformed("下拉填空题的每个空位都要有选项。")
    if kind in BY_PAIRS and any(slot.options or slot.weights.entries for slot in question.slots):
        raise Malformed(f"{label}的选项和得分写在题上，不写在空位上。")
    if len(question.options) > MOST_OPTIONS or len(question.slots) > MOST_OPTIONS or any(len(slot.options) > MOST_OPTIONS for slot in question.slots):
        raise Malformed(f"选项或空位超过{MOST_OPTIONS}个。")


def _check_keys(what: str, keys: list[str]) -> None:
    for key in keys:
        if not _KEY.fullmatch(key):
            raise Malformed(f"{what}的代号“{key[:20]}”不成立：不能为空、含空格或超过64个字。")
    if len(set(keys)) != len(keys):
        raise Malformed(f"{what}的代号有重复。")


def _check_blanks(question: Question) -> None:
    found = blanks(question.stem)
    expected = [slot.key for slot in question.slots] if question.kind in WITH_BLANKS else []
    if len(set(found)) != len(found):
        raise Malformed("题干里同一个空位出现了两次。")
    if set(found) != set(expected):
        raise Malformed("题干里的空位与空位清单不一致。")


def _check_answers(question: Question) -> None:
    options, slots = {one.key for one in question.options}, {one.key for one in question.slots}
    entries = [*question.key, *(one.of for one in question.weights.entries)]
    if question.kind in BY_PAIRS:
        for entry in entries:
            left, _, right = entry.partition(" ")
            if left not in options or right not in slots:
                raise Malformed(f"答案“{entry[:40]}”不是一个选项和一个空位。")
    elif question.kind in WITH_OPTIONS:
        if strange := next((entry for entry in entries if entry not in options), None):
            raise Malformed(f"答案“{strange[:20]}”不在选项里。")
    elif entries:
        raise Malformed(f"{question.kind.label}的答案不写在这里。")
    if len(set(question.key)) != len(question.key):
        raise Malformed("答案里有重复。")
    if question.kind in SINGLE and len(question.key) > 1:
        raise Malformed(f"{question.kind.label}只能有一个答案。")
    if question.kind is Kind.ORDER and question.key and set(question.key) != options and question.most == 0:
        raise Malformed("排序题的答案要写全每一项。")
    _check_weights("", question.weights)
    for slot in question.slots:
        _check_slot(slot)


def _check_slot(slot: Slot) -> None:
    keys = {one.key for one in slot.options}
    if slot.options and not ({slot.answer, *(one.of for one in slot.weights.entries)} - {""}) <= keys:
        raise Malformed(f"空位“{slot.key}”的答案不在选项里。")
    _check_weights(slot.key, slot.weights)


def _check_weights(where: str, weights: Weights) -> None:
    seen = [(one.of, one.exact_case, one.low, one.high) for one in weights.entries]
    if len(set(seen)) != len(seen):
        raise Malformed(f"{'空位“' + where + '”的' if where else ''}得分表里有重复的答案。")


def plain_text(question: Question) -> str:
    """This function will give the words of a question, as a reader goes through it: for lists, for search, for likeness."""
    lines = [plain(question.materials), plain(question.stem)]
    lines += [plain(one.content) for one in question.options]
    for slot in question.slots:
        lines += [plain(slot.prompt), *(plain(one.content) for one in slot.options)]
    lines += [plain(one.content) for one in question.criteria if question.kind is Kind.PRACTICAL]
    lines += [plain_text(part.question) for part in question.parts]
    return "\n".join(line for line in lines if line)
