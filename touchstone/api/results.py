"""成绩接口: how are scores reported row by row, and what came of the evaluation?"""

from collections.abc import Mapping
from typing import Any

from touchstone.api.declared import PAGE, Call, RowsAtHand, asks, outcome, page_of, paged, takes_rows
from touchstone.api.plans import mark
from touchstone.api.process import PARTS
from touchstone.api.registration import REF
from touchstone.api.shapes import Choice, Day, Decimals, Flag, Listing, Maybe, Record, Text
from touchstone.api.shapes import Part as Field
from touchstone.certificates.queries import of_plan, verify_url
from touchstone.exams.operations.outcomes import RowResult
from touchstone.exams.operations.scores import ScoreLine, enter_scores
from touchstone.exams.queries import plans as plan_queries
from touchstone.exams.queries.results import scores_by_candidate
from touchstone.exams.queries.sittings import entrants
from touchstone.exams.states import Part, Result
from touchstone.policy.exams.results import Score
from touchstone.policy.systems import Scope
from touchstone.systems.operations import Answer

TAG = "成绩和证书"
_MARK = Maybe(Decimals())
_LEFT_OUT: Any = object()
"""Stands for a part that was not told: null says absent."""
SCORE = Record(
    "Score",
    {
        "ref": REF,
        "ticket": Field(Text(24, 1), "准考证号"),
        "theory": Field(_MARK, "理论知识分数，如“85.5”；null为缺考，不报的不写", needed=False, otherwise=_LEFT_OUT),
        "practical": Field(_MARK, "技能考核分数", needed=False, otherwise=_LEFT_OUT),
        "panel": Field(_MARK, "综合评审分数", needed=False, otherwise=_LEFT_OUT),
    },
    "一名考生的成绩",
)
PART_SCORE = Record(
    "PartScore",
    {
        "part": Field(PARTS, "科目"),
        "mark": Field(Maybe(Decimals()), "分数，没有的为null"),
        "absent": Field(Flag(), "是否缺考"),
        "kept": Field(Flag(), "是否保留以前的成绩"),
        "void": Field(Flag(), "是否因违纪违规处理无效"),
    },
)
RESULT = Record(
    "Result",
    {
        "candidate": Field(Text(40), "考生编号"),
        "ticket": Field(Text(24), "准考证号"),
        "name": Field(Text(60), "姓名"),
        "scores": Field(Listing(PART_SCORE), "各科成绩"),
        "result": Field(Choice({"": "还没有", **{one.value: one.label for one in Result}}), "结论"),
    },
    "一名考生的成绩和结论",
)
CERTIFICATE = Record(
    "Certificate",
    {
        "number": Field(Text(22), "证书编号"),
        "candidate": Field(Text(40), "考生编号"),
        "name": Field(Text(60), "姓名"),
        "occupation": Field(Text(170), "职业（工种）"),
        "level": Field(Text(12), "等级"),
        "issued_on": Field(Day(), "发证日期"),
        "valid": Field(Flag(), "是否有效，已撤销的为false"),
        "verify_url": Field(Text(300), "查验地址"),
    },
    "一张证书",
)


@takes_rows(
    "scores.enter", "/plans/{number}/scores", TAG, "成批报送成绩", Scope.RESULTS, SCORE,
    words="确认考试结束后、成绩公示前报送。已有的成绩不会被覆盖，更正须在页面上写明理由。公示和发证由机构负责人在页面上办理。",
)  # fmt: skip
def scores_enter(at_hand: RowsAtHand) -> list[dict[str, Any]]:
    """Enter the scores of one plan."""
    plan_queries.plan(at_hand.case, at_hand.actor)
    lines = {place: line for place, row in enumerate(at_hand.rows) if (line := _line(row, str(place))).marks}
    results = {one.key: one for one in enter_scores(plan_number=at_hand.case, lines=list(lines.values()), by=at_hand.actor, at=at_hand.at)}
    return [_entered(row, results.get(str(place))) for place, row in enumerate(at_hand.rows)]


def _line(row: Mapping[str, Any], key: str) -> ScoreLine:
    return ScoreLine(row["ticket"], {part: row[part.value] for part in Part if row[part.value] is not _LEFT_OUT}, key)


def _entered(row: Mapping[str, Any], one: RowResult | None) -> dict[str, Any]:
    if one is None:
        return outcome("", "这一行没有写任何科目的成绩。缺考的写null。", done=False)
    return outcome(row["ticket"] if one.done else "", one.sentence, done=one.done)


def _part(part: Part, score: Score) -> dict[str, Any]:
    return {
        "part": part.value,
        "mark": mark(score.mark),
        "absent": score.absent,
        "kept": score.kept_from is not None,
        "void": bool(score.voided_by),
    }


@asks("results.list", "/plans/{number}/results", TAG, "一份计划的成绩和结论", page_of("Results", RESULT), query=PAGE)
def results_list(call: Call, number: str) -> Answer:
    """Scores and results of the entrants of a plan."""
    plan = plan_queries.plan(number, call.actor)
    scores = scores_by_candidate(plan)

    def words(one: Any) -> dict[str, Any]:
        own = [_part(part, score) for part, score in sorted(scores.get(one.pk, {}).items())]
        return {"candidate": one.number, "ticket": one.ticket_number or "", "name": one.name, "scores": own, "result": one.result}

    return paged(call, entrants(plan), f"/plans/{number}/results", words)


@asks("certificates.list", "/plans/{number}/certificates", TAG, "一份计划核发的证书", page_of("Certificates", CERTIFICATE), query=PAGE)
def certificates_list(call: Call, number: str) -> Answer:
    """The certificates issued for a plan."""
    plan_queries.plan(number, call.actor)

    def words(one: Any) -> dict[str, Any]:
        return {
            "number": one.number,
            "candidate": one.candidate_number,
            "name": one.holder_name,
            "occupation": one.occupation_label,
            "level": one.level_label,
            "issued_on": one.issued_on.isoformat(),
            "valid": one.is_valid,
            "verify_url": verify_url(one.number),
        }

    return paged(call, of_plan(number), f"/plans/{number}/certificates", words)
