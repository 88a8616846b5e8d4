"""机构等级测试: is a grade computed with its reasons, looked over, confirmed, told, contested, and does it expire?"""

from datetime import date, timedelta
from functools import partial
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast
from tests.exams.stage import moment
from tests.grading.stage import GOOD, GRADED, Stage
from tests.inspections.stage import filed_body
from tests.monitoring.hits import raised
from tests.refusing import all_refused_and_nothing_changed, refused_and_nothing_changed
from touchstone.accounts.actor import PLATFORM, VISITOR
from touchstone.bodies.operations import set_grade
from touchstone.bodies.queries.grades import grade_of, grade_row, graded_bodies, grades_of
from touchstone.grading import operations, queries
from touchstone.grading.models import GradeLine
from touchstone.monitoring.operations import answer, ask_bodies, uphold
from touchstone.policy.supervision.grade import Grade

WATCHED = ("grading", "bodies.BodyGrade")


def test_a_grade_is_a_dated_row(cast: Cast) -> None:
    """等级自定级之日起十二个月；到期按未定级；新的取代旧的；同一定级只记一次；没有依据不能定。"""
    told: dict[str, Any] = {"body": cast.body_a, "points": 91.0, "reasons": {"indicators": []}, "by": cast.han}
    set_grade(grade=Grade.A, run="DP1", at=GRADED, **told)
    assert set_grade(grade=Grade.B, run="DP1", at=GRADED, **told).grade == "A"
    assert [grade_of(cast.body_a, day) for day in (date(2026, 4, 12), date(2026, 4, 13), date(2027, 4, 12), date(2027, 4, 13))] == [
        Grade.NONE, Grade.A, Grade.A, Grade.NONE,
    ]  # fmt: skip
    later = GRADED + timedelta(days=30)
    set_grade(grade=Grade.C, run="DP2", at=later, **told)
    assert grades_of([cast.body_a.pk, cast.body_b.pk], later.date()) == {cast.body_a.pk: Grade.C}
    assert [one.grade for one in graded_bodies(later.date())] == ["C"]
    refused_and_nothing_changed(lambda: set_grade(grade=Grade.A, run="DP3", at=later, **(told | {"reasons": {}})), "定级依据", *WATCHED)
    for who in (cast.wu, cast.wang, cast.lin, cast.tao, VISITOR):
        refused_and_nothing_changed(partial(set_grade, grade=Grade.A, run="DP4", at=later, **(told | {"by": who})), "负责人确认", *WATCHED)


def test_a_grade_is_explained(cast: Cast) -> None:
    """每项指标有数据、权重、得分、算法和依据的记录；知道的太少不定级，并写明补齐什么。"""
    stage = Stage(cast, more=0).published(GOOD).computed()
    line = stage.line
    by_key = {one["key"]: one for one in line.indicators}
    assert by_key["assessment"] == by_key["assessment"] | {"weight": 25, "share": 0.8, "points": 20.0, "rows": [stage.own.number]}
    assert by_key["visits"]["words"] == "没有数据" and by_key["visits"]["share"] is None
    assert (line.computed, line.points) == ("未定级", None)
    assert "补齐检查得分" in line.way_up[0]


def test_an_upheld_alert_counts(cast: Cast) -> None:
    """认定属实的预警进入指标，写明是哪一件。"""
    stage = Stage(cast, more=0)
    alert = raised(cast)
    ask_bodies(number=alert.number, question="请说明。", by=cast.wang, at=alert.raised_at)
    answer(number=alert.number, words="由一人代录。", files=[], by=cast.sun, at=alert.raised_at)
    uphold(number=alert.number, reason="属实。", by=cast.wang, at=alert.raised_at)
    stage.computed(max(GRADED, alert.raised_at + timedelta(days=1)))
    alerts = next(one for one in stage.line.indicators if one["key"] == "alerts")
    assert alerts["rows"] == [alert.number] and stage.line.year["alerts"] == 1


def test_the_office_reviews_with_reason_and_the_centre_confirms(cast: Cast) -> None:
    """按计算结果或者写明理由调整；确认以前原等级不变；确认后生效并告知依据；复核和确认不是同一人。"""
    stage = Stage(cast).computed()
    number = stage.line.number
    review = partial(operations.review_grade, number=number, by=cast.wang, at=GRADED)
    refused_and_nothing_changed(lambda: review(grade="B", because=" "), "没有写明理由", *WATCHED)
    refused_and_nothing_changed(lambda: review(grade="S", because="x"), "选择等级", *WATCHED)
    refused_and_nothing_changed(lambda: operations.confirm_grade(number=number, by=cast.han, at=GRADED), "不能确认等级", *WATCHED)
    review(grade="B", because="新备案，制度齐全。")
    assert grade_of(cast.body_a, GRADED.date()) is Grade.NONE
    operations.confirm_grade(number=number, by=cast.han, at=GRADED)
    row = grade_row(cast.body_a, GRADED.date())
    assert row is not None
    assert (row.grade, row.adjusted_because, row.run, len(row.reasons["indicators"])) == ("B", "新备案，制度齐全。", number, 6)
    rest = list(GradeLine.objects.filter(run=stage.run).exclude(pk=stage.line.pk))
    for one in rest:
        operations.review_grade(number=one.number, grade=one.computed, because="", by=cast.wang, at=GRADED)
        operations.confirm_grade(number=one.number, by=cast.han, at=GRADED)
    assert [one.grade for one in graded_bodies(GRADED.date())].count("未定级") == 2


def test_a_grade_is_contested_in_time(cast: Cast) -> None:
    """期限内提出异议，答复以前按现等级；异议成立的更正，自当日生效；过期不受理。"""
    stage = Stage(cast).graded(Grade.C)
    number = stage.line.number
    contest = partial(operations.contest_grade, number=number, words="两项数据未计入", by=cast.lin)
    refused_and_nothing_changed(lambda: contest(at=moment(date(2026, 5, 6), 9)), "已经过期", *WATCHED)
    refused_and_nothing_changed(lambda: contest(at=GRADED, words=" "), "事实和理由", *WATCHED)
    contest(at=GRADED)
    assert grade_of(cast.body_a, GRADED.date()) is Grade.C
    told: dict[str, Any] = {"number": number, "by": cast.han, "at": GRADED + timedelta(days=1)}
    refused_and_nothing_changed(lambda: operations.answer_contest(words=" ", **told), "没有写明答复", *WATCHED)
    operations.answer_contest(words="补计两项。", grade="B", **told)
    assert grade_of(cast.body_a, date(2026, 4, 14)) is Grade.B
    assert (stage.line.state, stage.line.given) == ("answered", "B")


def test_an_older_run_gives_way(cast: Cast) -> None:
    """重新计算以后，以前没有确认的不能再办理；已确认的，异议不能改掉更新的等级。"""
    stage = Stage(cast, more=0).computed()
    old = stage.line.number
    stage.computed()
    refused_and_nothing_changed(
        lambda: operations.review_grade(number=old, grade="B", because="x", by=cast.wang, at=GRADED), "已有更新的定级", *WATCHED
    )
    first = stage.graded(Grade.C).line.number
    operations.contest_grade(number=first, words="少计一项", by=cast.lin, at=GRADED)
    stage.computed().graded(Grade.B)
    told: dict[str, Any] = {"number": first, "words": "已按新数据定级。", "by": cast.han, "at": GRADED}
    refused_and_nothing_changed(lambda: operations.answer_contest(grade="A", **told), "已有更新的定级", *WATCHED)
    operations.answer_contest(**told)
    assert grade_of(cast.body_a, GRADED.date()) is Grade.B


def test_a_grade_that_expires_is_told_once(cast: Cast) -> None:
    """失效前一个月提醒一次。"""
    Stage(cast).graded(Grade.A)
    days = (date(2027, 3, 1), date(2027, 3, 14), date(2027, 3, 15))
    assert [operations.remind_of_expiry(by=PLATFORM, at=moment(day, 9)) for day in days] == [0, 1, 0]


def test_a_run_asks_a_steady_number_of_questions(cast: Cast) -> None:
    """多算二十家，查询次数不变；再办一次不多一行。"""
    stage = Stage(cast, more=0)

    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            stage.computed()
        return len(seen)

    few = asked()
    for n in range(20):
        filed_body(n, cast.at)
    assert asked() <= few + 3, "一次多的是办结上一批的待办"
    assert stage.run.done == 21
    operations.compute_grades(number=stage.run.number, by=PLATFORM, at=GRADED)
    assert stage.run.lines.count() == 21


def test_who_may_not_does_nothing(cast: Cast) -> None:
    """别的机构、别的区、别的岗位、未登录的，什么也办不了；机构在确认以前看不见。"""
    stage = Stage(cast, more=0).computed()
    number = stage.line.number
    acts: dict[str, Any] = {
        "begin": partial(operations.begin_grade_run),
        "review": partial(operations.review_grade, number=number, grade="B", because="x"),
        "confirm": partial(operations.confirm_grade, number=number),
        "contest": partial(operations.contest_grade, number=number, words="x"),
        "answer": partial(operations.answer_contest, number=number, words="x"),
        "compute": partial(operations.compute_grades, number=stage.run.number),
    }
    everybody = {name: getattr(cast, name) for name in ("lin", "shi", "zhou", "wu", "du", "lv", "ge", "pan")} | {"visitor": VISITOR}
    tries = [(f"{name} {act}", partial(attempt, by=who, at=GRADED), "。") for name, who in everybody.items() for act, attempt in acts.items()]
    all_refused_and_nothing_changed(tries, *WATCHED)
    assert {name for name, who in everybody.items() if queries.lines(who).exists()} == {"zhou", "wu", "ge"}
