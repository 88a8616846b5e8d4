"""年度考核测试: does a year go from the body's own report, district first and city second, to the public, and who may do none of it?"""

from datetime import date
from functools import partial
from typing import Any

from tests.cast import Cast
from tests.exams.stage import moment
from tests.grading.stage import FULL, GOOD, POOR, PUBLISHED, REPORT, REPORTED, SCORED, TOLD, Stage, in_force
from tests.refusing import all_refused_and_nothing_changed, refused_and_nothing_changed
from touchstone.accounts.actor import PLATFORM, VISITOR
from touchstone.grading import operations, queries
from touchstone.grading.models import Assessment
from touchstone.logs.models import Outbox
from touchstone.policy.supervision.assessment import Band
from touchstone.tasks.queries import waiting_for
from touchstone.trust.draw_records import draw_again

WATCHED = "grading"


def owed(cast: Cast, who: str) -> set[str]:
    """Give what waits for somebody."""
    return {task.matter for task in waiting_for(getattr(cast, who))}


def test_a_year_goes_from_the_report_to_the_public(cast: Cast) -> None:
    """开展、预填、自评、初评、复评、专家抽查、告知、公布；每一步的下一家收到待办。"""
    stage = Stage(cast).opened()
    assert (stage.round.total, stage.round.is_finished) == (3, True)
    known = stage.own.known
    assert known["conditions"]["lines"][0][1].endswith("至2029-02-02前有效") and known["conditions"]["points"] == 0.0, "没有考核点"
    assert known["internal"] == {"points": None, "lines": []}, "平台不知道的不预填"
    assert "report_year" in owed(cast, "lin")
    operations.save_report(number=stage.own.number, report={"internal": {"points": 8.0, "words": ""}}, summary="", by=cast.lin, at=REPORTED)
    operations.submit_report(number=stage.own.number, report=REPORT, summary="全年平稳。", by=cast.lin, at=REPORTED)
    assert stage.own.findings[0]["outcome"] == "met" and "score_first" in owed(cast, "wang")
    told: dict[str, Any] = {"number": stage.own.number, "scores": GOOD, "words": "材料属实。", "at": SCORED}
    operations.score_first(by=cast.wang, **told)
    assert "score_second" in owed(cast, "tao")
    operations.score_second(by=cast.tao, **told)
    stage.looked_at()
    operations.tell_result(number=stage.own.number, by=cast.han, at=TOLD)
    assert (stage.own.points, stage.own.band) == (80.0, "good")
    operations.publish(number=stage.own.number, by=cast.han, at=PUBLISHED)
    assert [one.body for one in queries.public_results(2026)] == [cast.body_a]
    assert [one["outcome"] for one in stage.own.findings] == ["met"] * 5


def test_the_queue_goes_on_where_it_was(cast: Cast) -> None:
    """准备考核表再办一次不多一件；同一年度不能再开。"""
    stage = Stage(cast).opened()
    operations.prepare_round(number=stage.round.number, by=PLATFORM, at=REPORTED)
    assert Assessment.objects.count() == 3
    refused_and_nothing_changed(lambda: operations.open_round(year=2026, by=cast.han, at=REPORTED), "已经开展", WATCHED)
    refused_and_nothing_changed(lambda: operations.open_round(year=2028, by=cast.han, at=REPORTED), "上一年度或者本年度", WATCHED)


def test_a_report_is_whole(cast: Cast) -> None:
    """每项有分，不超过满分；平台没有数据的须写明；有综述。"""
    stage = Stage(cast, more=0).opened()
    hand_in = partial(operations.submit_report, number=stage.own.number, summary="平稳", by=cast.lin, at=REPORTED)
    tries = {
        "没有填写0到15分": {key: told for key, told in REPORT.items() if key != "conditions"},
        "没有填写0到5分": REPORT | {"archive": {"points": 6.0, "words": ""}},
        "须由本机构写明": REPORT | {"internal": {"points": 10.0, "words": " "}},
    }
    for says, report in tries.items():
        refused_and_nothing_changed(lambda report=report: hand_in(report=report), says, WATCHED)  # type: ignore[misc]
    refused_and_nothing_changed(lambda: hand_in(report=REPORT, summary=" "), "综述", WATCHED)


def test_the_district_comes_first_and_a_gap_is_explained(cast: Cast) -> None:
    """自评期内没有提交的不能初评；逾期没有提交的可以；相差超过十分须写明；同一人不能初评又复评。"""
    stage = Stage(cast, more=0).opened()
    first = partial(operations.score_first, number=stage.own.number, scores=FULL, words="属实")
    refused_and_nothing_changed(lambda: first(by=cast.wang, at=REPORTED), "还没有提交", WATCHED)
    operations.submit_report(number=stage.own.number, report=REPORT, summary="平稳", by=cast.lin, at=REPORTED)
    refused_and_nothing_changed(lambda: first(by=cast.wang, at=SCORED, scores={}), "没有评分", WATCHED)
    refused_and_nothing_changed(lambda: first(by=cast.wang, at=SCORED, words=" "), "初评意见", WATCHED)
    first(by=cast.wang, at=SCORED)
    second = partial(operations.score_second, number=stage.own.number, scores=GOOD, words="部分证据不足", by=cast.tao, at=SCORED)
    refused_and_nothing_changed(second, "相差超过10分", WATCHED)
    assert second(gap_because="两项证据不足").second_points == 80.0


def test_a_late_report_is_late(cast: Cast) -> None:
    """上一年度的自评逾期：照收，写明逾期；不提交的直接初评；到期前后提醒，一周一次。"""
    in_force(cast.body_a, since=date(2025, 2, 3))
    made = operations.open_round(year=2025, by=cast.han, at=moment(date(2026, 3, 2), 10))
    operations.prepare_round(number=made.number, by=PLATFORM, at=moment(date(2026, 3, 2), 10))
    own = Assessment.objects.get()
    assert [operations.remind_reports(by=PLATFORM, at=moment(date(2026, 3, day), 10)) for day in (3, 4, 9, 11)] == [1, 0, 0, 1]
    operations.submit_report(number=own.number, report=REPORT, summary="补交", by=cast.lin, at=REPORTED)
    own.refresh_from_db()
    assert own.findings[0]["outcome"] == "unmet" and "实际于2026-03-09" in own.findings[0]["reason"]


def test_the_sample_is_drawn_as_promised(cast: Cast) -> None:
    """开展时公开承诺，抽取一次，记录能重新抽取；专家没有评完，不能告知；没有抽中的专家不能评。"""
    stage = Stage(cast, more=14).scored(GOOD)
    refused_and_nothing_changed(lambda: operations.tell_result(number=stage.own.number, by=cast.han, at=TOLD), "应由专家抽查2家", WATCHED)
    operations.draw_sample(number=stage.round.number, by=cast.han, at=SCORED)
    stage.round.refresh_from_db()
    record = stage.round.sample
    assert draw_again(record)["differs"] == [] and len(record["chosen"]) == 2
    kinds = list(Outbox.objects.filter(kind__startswith="draw.").order_by("pk").values_list("kind", flat=True))
    assert kinds == ["draw.announced", "draw.seeded", "draw.result", "draw.revealed"]
    assert record["commitment"] == stage.round.commitment
    refused_and_nothing_changed(lambda: operations.draw_sample(number=stage.round.number, by=cast.han, at=SCORED), "不能重抽", WATCHED)
    other = stage.round.assessments.filter(sampled=False)[0]
    score = partial(operations.score_as_expert, scores=GOOD, words="规范", at=SCORED)
    refused_and_nothing_changed(lambda: score(number=other.number, by=cast.ge), "没有被抽中", WATCHED)
    drawn = stage.round.assessments.filter(sampled=True)[0]
    refused_and_nothing_changed(lambda: score(number=drawn.number, by=cast.tao), "评审专家", WATCHED)


def test_excellence_is_rare(cast: Cast) -> None:
    """三家中一家优秀已超过两成，须写明评为良好的理由。"""
    stage = Stage(cast).scored().looked_at()
    refused_and_nothing_changed(lambda: operations.tell_result(number=stage.own.number, by=cast.han, at=TOLD), "超过20%", WATCHED)
    assert operations.tell_result(number=stage.own.number, by=cast.han, at=TOLD, good_because="名额").band == "good"


def test_a_body_objects_in_time(cast: Cast) -> None:
    """异议期内提出一次，答复后公布；过期不受理；异议期内不能公布；异议成立的更正得分和等次。"""
    stage = Stage(cast).told(GOOD)
    number = stage.own.number
    objection = partial(operations.object_to, number=number, words="第三项少计分", by=cast.lin)
    refused_and_nothing_changed(lambda: operations.publish(number=number, by=cast.han, at=TOLD), "异议期到2026-03-30为止", WATCHED)
    refused_and_nothing_changed(lambda: objection(at=moment(date(2026, 3, 31), 9)), "已经过期", WATCHED)
    refused_and_nothing_changed(lambda: objection(at=TOLD, words=" "), "事实和理由", WATCHED)
    objection(at=TOLD)
    answer = partial(operations.answer_objection, number=number, by=cast.han, at=TOLD)
    refused_and_nothing_changed(lambda: answer(words=" "), "没有写明答复", WATCHED)
    answer(words="第三项更正。", scores=GOOD | {"process": 20.0})
    assert (stage.own.points, stage.own.band) == (84.0, "good")
    refused_and_nothing_changed(lambda: objection(at=TOLD), "异议已经答复", WATCHED)
    assert operations.publish(number=number, by=cast.han, at=TOLD).published_at is not None


def test_a_failed_year_is_to_be_rectified(cast: Cast) -> None:
    """不合格的，机构收到整改待办。"""
    stage = Stage(cast).published(POOR)
    assert (stage.own.band, stage.own.consequence) == ("failed", "rectify")
    assert "rectify_year" in owed(cast, "qian")


def test_a_year_without_a_result_breaks_the_row(cast: Cast) -> None:
    """两年连续不合格才算连续；中间一年没有结果的，不算。"""
    stage = Stage(cast).failed_twice()
    assert stage.own.consequence == "two_failed_years"
    assert queries.bands_of(cast.body_a.pk, 2026) == [Band.FAILED, Band.FAILED] and queries.bands_of(cast.body_a.pk, 2027) == []


def test_who_may_not_does_nothing(cast: Cast) -> None:
    """别的机构、别的区、别的岗位、未登录的，什么也办不了。"""
    stage = Stage(cast, more=0).reported()
    number = stage.own.number
    acts: dict[str, Any] = {
        "open": partial(operations.open_round, year=2025),
        "report": partial(operations.submit_report, number=number, report=REPORT, summary="x"),
        "first": partial(operations.score_first, number=number, scores=FULL, words="x"),
        "second": partial(operations.score_second, number=number, scores=FULL, words="x"),
        "tell": partial(operations.tell_result, number=number),
        "publish": partial(operations.publish, number=number),
        "object": partial(operations.object_to, number=number, words="x"),
        "draw": partial(operations.draw_sample, number=stage.round.number),
    }
    everybody = {name: getattr(cast, name) for name in ("lin", "shi", "zhou", "wu", "du", "lv", "tao", "ge", "pan")} | {"visitor": VISITOR}
    allowed = {("tao", "open"), ("tao", "draw")}
    tries = [
        (f"{name} {act}", partial(attempt, by=who, at=SCORED), "。")
        for name, who in everybody.items()
        for act, attempt in acts.items()
        if (name, act) not in allowed
    ]
    all_refused_and_nothing_changed(tries, WATCHED)
    assert {name for name, who in everybody.items() if queries.assessments(who).exists()} == {"lin", "zhou", "wu", "tao", "ge"}
