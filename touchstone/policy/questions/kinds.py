"""题型: which kinds of question are there, in which part may each stand, and what must one of them say?

`通知 三(二)3` asks that banks be developed strictly from the standard; which kinds there are it leaves open: our default.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from touchstone.kernel.law import Dated, Value
from touchstone.kernel.rules import Finding, met, rule, unmet
from touchstone.policy.documents import notice, our_default
from touchstone.policy.exams.parts import Part

_SINCE = date(2024, 5, 1)
LAW = notice("三(二)3")
OURS = our_default("题型")


@dataclass(frozen=True)
class Kind:
    """A kind of question: its key (the neutral form's, but for 论述), its name, the parts it may stand in, whether a machine scores it."""

    key: str
    label: str
    parts: frozenset[Part]
    by_machine: bool


_THEORY, _PRACTICAL = frozenset({Part.THEORY}), frozenset({Part.PRACTICAL, Part.PANEL})
KINDS: Dated[tuple[Kind, ...]] = Dated(
    "题型",
    Value(
        _SINCE,
        (
            Kind("choice", "单选题", _THEORY, True),
            Kind("multiple", "多选题", _THEORY, True),
            Kind("true_false", "判断题", _THEORY, True),
            Kind("text_entry", "填空题", _THEORY, True),
            Kind("inline_choice", "下拉填空题", _THEORY, True),
            Kind("gap_match", "选词填空题", _THEORY, True),
            Kind("extended", "简答题", _THEORY | _PRACTICAL, False),
            Kind("essay", "论述题", _THEORY | _PRACTICAL, False),
            Kind("match", "匹配题", _THEORY, True),
            Kind("order", "排序题", _THEORY, True),
            Kind("practical", "实操任务", _PRACTICAL, False),
            Kind("composite", "综合题", _THEORY | _PRACTICAL, False),
        ),
        OURS,
    ),
    key="questions.kinds",
)
PARTS: Mapping[str, str] = {part.value: part.label for part in Part}


def kind(key: str, day: date) -> Kind | None:
    """This function will give a kind by its key; None when there is none on `day`."""
    return next((one for one in KINDS.on(day).value if one.key == key), None)


def kind_label(key: str, day: date) -> str:
    """This function will name a kind as people call it."""
    found = kind(key, day)
    return found.label if found else key


@dataclass(frozen=True)
class QuestionFacts:
    """A question as the rules see it, without its words: what it is tied to and how whole it is.

    `lacking` names what its kind asks for and it does not have, in words; `points` are those of its scoring points.
    """

    kind: str
    part: str
    level: int
    element: str
    standard_levels: frozenset[int]
    elements: frozenset[str] | None
    lacking: tuple[str, ...] = ()
    points: Decimal | None = None


@rule("对应标准的等级和鉴定点")
def tied_to_the_standard(question: QuestionFacts, day: date) -> Finding:
    """Whether a question is tied to a level of its standard and to an element of it (strictly, where the structure is known)."""
    if question.level not in question.standard_levels:
        return unmet("所选标准没有这个等级", LAW)
    if not question.element:
        return unmet("没有写明对应的鉴定点", LAW)
    if question.elements is not None and question.element not in question.elements:
        return unmet(f"标准的这个等级、科目中没有鉴定点“{question.element}”", LAW)
    return met(f"对应鉴定点{question.element}", LAW)


@rule("题型适合所考科目")
def kind_fits_the_part(question: QuestionFacts, day: date) -> Finding:
    """Whether a question of this kind may stand in this part."""
    found = kind(question.kind, day)
    if found is None:
        return unmet("没有这个题型", OURS)
    if question.part not in {part.value for part in found.parts}:
        return unmet(f"{found.label}不用于{PARTS.get(question.part, '所选科目')}", OURS)
    return met(f"{found.label}可用于{PARTS[question.part]}", OURS)


@rule("题目内容完整，有答案和评分依据")
def question_is_whole(question: QuestionFacts, day: date) -> Finding:
    """Whether a question has all that its kind asks for: stem, options, key, scoring points."""
    if question.lacking:
        return unmet("；".join(question.lacking), OURS)
    return met("内容完整", OURS)


def check_question(question: QuestionFacts, day: date) -> tuple[Finding, ...]:
    """This function will try a question by every rule on what it must say."""
    return (tied_to_the_standard(question, day), kind_fits_the_part(question, day), question_is_whole(question, day))
