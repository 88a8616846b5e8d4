"""备案审核: returns, blind sheets, differences, refusals, objections, reminders: what follows from each?"""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import transaction

from touchstone.accounts.actor import PLATFORM
from touchstone.bodies.operations import open_venue
from touchstone.filings import operations, queries
from touchstone.filings.operations.told import tell_venue_districts
from touchstone.filings.states import State
from touchstone.jobs.filings import accept_announced_filings, remind_of_overdue_consents, take_up_new_objections
from touchstone.kernel.law import Refusal
from touchstone.ledger.queries import history
from touchstone.notices.operations import make_objection
from touchstone.notices.queries import of_case
from touchstone.policy.roles import Role
from touchstone.simulation.filing import TURNER, score
from touchstone.tasks.queries import open_on


def case(number):
    return queries.filing(number, PLATFORM)


def sheet(cast, number, who, points):
    operations.submit_sheet(number=number, scores=score(number, points, by=cast.zhou, at=cast.at), by=who, at=cast.at)


def matters(number):
    return {task.matter for task in open_on(number)}


def objection(cast, number, days=2):
    at = cast.at + timedelta(days=days)
    return make_objection(notice_number=of_case(number)[0].number, name="赵某", phone="13800000000", content="不实", by=PLATFORM, at=at).number


def test_returned_twice_and_nothing_is_lost(cast, filed_to):
    """退回两次：每次冻结一份提交件，填过的都在，待办不丢。"""
    number = filed_to("submitted")
    before = {s.key: s.content for s in case(number).sections.all()}
    for turn in (1, 2):
        operations.return_for_supplement(number=number, reason="请补正", points={"evidence": "看不清"}, by=cast.zhou, at=cast.at)
        assert (case(number).state, matters(number)) == (State.RETURNED, {"filing.supplement"})
        asked = queries.open_supplement(case(number))
        assert asked is not None and asked.points == {"evidence": "看不清"}
        assert {s.key: s.content for s in case(number).sections.all()} == before
        operations.submit(number=number, by=cast.lin, at=cast.at)
        assert (case(number).round, matters(number)) == (turn + 1, {"filing.appoint"})
        assert queries.open_supplement(case(number)) is None
    assert case(number).submissions.count() == 3


def test_each_assessor_is_blind_to_the_other(cast, filed_to):
    """两份评分都提交之前，各人只看得到自己的，其他人都看不到。"""
    number = filed_to("visited")
    sheet(cast, number, cast.zheng, "9")
    assessment = case(number).assessments.get()
    seen = {who: [s.assessor.name for s in queries.sheets_shown_to(assessment, getattr(cast, who))] for who in ("zheng", "feng", "zhou", "wu", "lin")}
    assert seen == {"zheng": ["郑伯安"], "feng": ["冯若溪"], "zhou": [], "wu": [], "lin": []}
    sheet(cast, number, cast.feng, "8")
    assessment = case(number).assessments.get()
    assert len(queries.sheets_shown_to(assessment, cast.zhou)) == 2


def test_too_far_apart_is_scored_again(cast, filed_to):
    """总分相差过大不能汇总，退回会商后重新评分，原来的分数还在。"""
    number = filed_to("visited")
    sheet(cast, number, cast.zheng, "10")
    sheet(cast, number, cast.feng, "8")
    with pytest.raises(Refusal) as refusal:
        operations.conclude_assessment(number=number, by=cast.zhou, at=cast.at)
    assert any("总分相差20.0分" in line for line in refusal.value.details)
    operations.return_sheets(number=number, reason="请会商", by=cast.zhou, at=cast.at)
    assert matters(number) == {"filing.assess_1", "filing.assess_2"}
    assert all(s.scores and s.submitted_at is None for s in case(number).assessments.get().sheets.all())
    sheet(cast, number, cast.zheng, "9")
    sheet(cast, number, cast.feng, "8.5")
    done = operations.conclude_assessment(number=number, by=cast.zhou, at=cast.at)
    assert (str(done.score), done.passed) == ("87.5", True)


@pytest.mark.parametrize(("points", "passed"), [("8", True), ("7.9", False)], ids=["正好到合格线", "差一点"])
def test_pass_line(points, passed, cast, filed_to):
    """80分合格，79分不合格；不合格的不能准予。"""
    number = filed_to("visited")
    sheet(cast, number, cast.zheng, points)
    sheet(cast, number, cast.feng, points)
    assert operations.conclude_assessment(number=number, by=cast.zhou, at=cast.at).passed is passed
    if not passed:
        with pytest.raises(Refusal, match="技术评估不合格"):
            operations.decide(number=number, accept=True, opinion="同意", by=cast.wu, at=cast.at)


def test_refusal_gives_reasons_and_the_way_is_free_again(cast, filed_to):
    """不予备案写明理由；之后可以重新申请。"""
    number = filed_to("concluded")
    decision = operations.decide(number=number, accept=False, opinion="监控不全。", by=cast.wu, at=cast.at)
    assert (case(number).state, matters(number)) == (State.REFUSED, set())
    assert decision.findings and decision.opinion == "监控不全。"
    assert operations.begin_filing(by=cast.lin, at=cast.at).number != number


def test_open_objection_keeps_the_notice_open(cast, filed_to):
    """异议没有答复，期满也不能完成备案；答复不成立之后才能。"""
    number = filed_to("announced")
    made = objection(cast, number)
    over = cast.at + timedelta(days=10)
    assert take_up_new_objections(over) == 1
    assert matters(number) == {"filing.objection"}
    assert accept_announced_filings(over) == 0
    operations.answer_filing_objection(number=number, objection=made, upheld=False, answer="经查不属实。", by=cast.wu, at=over)
    assert matters(number) == set()
    assert accept_announced_filings(over) == 1


def test_upheld_objection_reopens(cast, filed_to):
    """异议成立：公示中止，回到审核，重新决定后另行公示。"""
    number = filed_to("announced")
    first = of_case(number)[0].number
    operations.answer_filing_objection(number=number, objection=objection(cast, number), upheld=True, answer="属实。", by=cast.wu, at=cast.at)
    assert (case(number).state, case(number).step, matters(number)) == (State.UNDER_REVIEW, "decision", {"filing.decide"})
    assert {n.number: n.outcome for n in of_case(number)} == {first: "中止"}
    operations.decide(number=number, accept=True, opinion="已整改，准予。", by=cast.wu, at=cast.at)
    assert of_case(number).filter(closed_at__isnull=True).count() == 1


def test_silence_is_never_consent_and_is_reminded_once(cast, filed_to):
    """逾期未答复只催办一次，绝不视为同意。"""
    number = filed_to("consent_sought")
    assert remind_of_overdue_consents(cast.at + timedelta(days=10)) == 0
    late = cast.at + timedelta(days=60)
    assert remind_of_overdue_consents(late) == 1
    assert remind_of_overdue_consents(late) == 0
    assert case(number).state == State.CONSENT_SOUGHT
    with pytest.raises(Refusal):
        operations.submit(number=number, by=cast.lin, at=late)


def test_query_and_answer_between_centre_and_district(cast, filed_to):
    """市职鉴中心核询，区答复，再签收；待办在两边来回。"""
    number = filed_to("accepted")
    report = case(number).report.number
    operations.query_report(number=report, query="请说明监控", by=cast.xu, at=cast.at)
    assert [(t.matter, t.office.district) for t in open_on(report)] == [("report.answer", "310115")]
    operations.answer_report(number=report, answer="已现场核实", by=cast.zhou, at=cast.at)
    assert [t.matter for t in open_on(report)] == ["report.sign"]
    operations.sign_for_report(number=report, site_code="123456", by=cast.xu, at=cast.at)
    assert case(number).body.site_code == "123456"


def test_other_district_is_told_of_its_venue(cast, filed_to):
    """考核点设在他区的，备案后告知该区，由该区督导员知悉；本区的不告知。"""
    number = filed_to("drafted")
    elsewhere = open_venue(
        body=cast.body_a, name="徐汇分部", address="虚构路1号", district=cast.lv.district, tenure="owned", leased_until=None, by=cast.lin, at=cast.at
    )
    standard = queries.scope_of(case(number))[0].standard.number
    operations.add_scope_item(
        number=number, occupation=TURNER, trade="", level=5, standard=standard, venue=elsewhere.number, by=cast.lin, at=cast.at
    )
    with transaction.atomic():
        tell_venue_districts(case(number), PLATFORM, cast.at)
    assert [(t.matter, t.office_id, t.role) for t in open_on(number)] == [("filing.venue_told", cast.lv.office_id, Role.SUPERVISOR)]
    watcher = replace(cast.lv, roles=frozenset({Role.SUPERVISOR}))
    for other in (cast.lv, cast.wang):
        with pytest.raises(Refusal):
            operations.take_note(number=number, by=other, at=cast.at)
    operations.take_note(number=number, by=watcher, at=cast.at)
    assert not open_on(number).exists()
    with pytest.raises(Refusal, match="没有需要"):
        operations.take_note(number=number, by=watcher, at=cast.at)


def test_who_sees_a_filing(cast, filed_to):
    """填报中的只有本机构看得到；征求同意后本区、被征求的部门和市级看得到，别区别家看不到。"""
    number = filed_to("drafted")
    everyone = ("lin", "shi", "jiang", "he", "zhou", "lv", "xu", "shen")
    assert {w for w in everyone if queries.filings(getattr(cast, w)).filter(number=number).exists()} == {"lin"}
    operations.seek_consent(number=number, office_ids=[cast.jiang.office_id], by=cast.lin, at=cast.at)
    seen = {w for w in everyone if queries.filings(getattr(cast, w)).filter(number=number).exists()}
    assert seen == {"lin", "jiang", "he", "zhou", "xu", "shen"}


def test_every_operation_leaves_exactly_one_line(cast, filed_to):
    """每办一件事，存证里正好多一条自己的记录。"""
    number = filed_to("signed")
    events = list(history(number).values_list("event", flat=True))
    once = {"filing.begun", "filing.consent_sought", "filing.consent_given", "filing.submitted", "filing.assessors_appointed"}
    once |= {"filing.assessment_concluded", "filing.announced", "filing.accepted", "filing.reported", "filing.report_signed"}
    assert {event: events.count(event) for event in once} == dict.fromkeys(once, 1)
