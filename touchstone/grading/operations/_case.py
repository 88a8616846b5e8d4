"""考核公用: an assessment is found and held; points are read the same everywhere."""

from collections.abc import Mapping
from datetime import date

from touchstone.grading.models import Assessment
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import written
from touchstone.policy.supervision.assessment import LAW, SHEET, points_of


def locked(number: str) -> Assessment:
    """This function will give an assessment, held until the transaction ends. :raises Refusal: when there is none."""
    rows = Assessment.objects.select_for_update(of=("self",)).select_related("round", "body__office", "office")
    found = rows.filter(number=number).first()
    if found is None:
        raise Refusal(f"没有编号为{number}的年度考核。", LAW, "请从列表中打开。")
    return found


def scored(scores: Mapping[str, float | None], day: date) -> tuple[dict[str, float], float]:
    """This function will read the points given to every heading, and what they add up to. :raises Refusal: for a heading without, or beyond its
    weight."""
    kept: dict[str, float] = {}
    for one in SHEET.on(day).value:
        given = scores.get(one.key)
        if given is None:
            raise Refusal(f"“{one.title}”没有评分。", LAW, "请逐项评分后再提交。")
        if not 0 <= given <= one.weight:
            raise Refusal(f"“{one.title}”应在0到{one.weight}分之间，填写了{given:g}分。", LAW, "请改正后再提交。")
        kept[one.key] = given
    total = points_of(kept, day)
    assert total is not None
    return kept, total


def said(text: str, sentence: str) -> str:
    """This function will give words, trimmed. :raises Refusal: with the sentence, where there are none."""
    return written(text, sentence, LAW, "请写明后再提交。")
