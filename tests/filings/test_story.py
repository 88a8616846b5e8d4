"""备案全程: does a filing go the whole way of route C2, and what stands at each stop?"""

from datetime import date, timedelta

import pytest

from touchstone.accounts.actor import PLATFORM
from touchstone.filings import queries
from touchstone.filings.states import State
from touchstone.jobs.filings import accept_announced_filings
from touchstone.ledger.queries import history
from touchstone.simulation.filing import STAGES
from touchstone.tasks.queries import open_on

WAITS = {
    "drafted": (State.DRAFTED, set()),
    "consent_sought": (State.CONSENT_SOUGHT, {"filing.consent"}),
    "consented": (State.CONSENTED, {"filing.submit"}),
    "submitted": (State.UNDER_REVIEW, {"filing.appoint"}),
    "appointed": (State.UNDER_REVIEW, {"filing.assess_1", "filing.assess_2"}),
    "visited": (State.UNDER_REVIEW, {"filing.assess_1", "filing.assess_2"}),
    "scored": (State.UNDER_REVIEW, {"filing.conclude"}),
    "concluded": (State.UNDER_REVIEW, {"filing.decide"}),
    "opined": (State.UNDER_REVIEW, {"filing.decide"}),  # 区属企业路线没有初审意见和专家复核
    "panelled": (State.UNDER_REVIEW, {"filing.decide"}),
    "reviewed": (State.UNDER_REVIEW, {"filing.decide"}),
    "announced": (State.ANNOUNCED, set()),
    "accepted": (State.ACCEPTED, set()),
    "signed": (State.ACCEPTED, set()),
}


@pytest.mark.parametrize("stage", STAGES)
def test_state_and_tasks_at_every_stop(stage, cast, filed_to):
    """每一环节的状态和待办。"""
    number = filed_to(stage)
    filing = queries.filing(number, PLATFORM)
    state, matters = WAITS[stage]
    assert filing.state == state
    assert {task.matter for task in open_on(number)} == matters


def test_term_of_three_years_for_filing_and_scope(cast, filed_to):
    """准予备案后有效期三年且范围同时生效。"""
    filing = queries.filing(filed_to("accepted"), PLATFORM)
    assert filing.in_force_from == date(2026, 3, 12)
    assert filing.until == date(2029, 3, 12)
    assert {(i.since, i.until) for i in queries.scope_of(filing)} == {(date(2026, 3, 12), date(2029, 3, 12))}
    assert queries.scope_in_force(date(2029, 3, 11)).count() == 3
    assert queries.scope_in_force(date(2029, 3, 12)).count() == 0
    assert queries.scope_in_force(date(2026, 3, 11)).count() == 0


def test_acceptance_reports_to_the_centre_and_waits_for_a_site_code(cast, filed_to):
    """备案完成即报送市职鉴中心，签收后才有站点序列码。"""
    number = filed_to("accepted")
    filing = queries.filing(number, PLATFORM)
    item = queries.scope_of(filing)[0]
    assert {(t.office.name, t.matter) for t in open_on(filing.report.number)} == {("上海市职业技能鉴定中心", "report.sign")}
    found = queries.may_plan(queries.scope_item(item.pk), date(2026, 4, 1))
    assert found.outcome == "unmet" and "站点序列码" in found.reason


def test_signed_for_filing_may_plan_within_its_term(cast, filed_to):
    """签收后可以安排评价。"""
    filing = queries.filing(filed_to("signed"), PLATFORM)
    item = queries.scope_of(filing)[0]
    assert len(filing.body.site_code or "") == 6
    assert queries.may_plan(queries.scope_item(item.pk), date(2026, 4, 1)).outcome == "met"
    assert queries.may_plan(queries.scope_item(item.pk), date(2029, 3, 12)).outcome == "unmet"
    assert not open_on(filing.report.number).exists()


def test_platform_accepts_when_the_notice_is_over_and_not_before(cast, filed_to):
    """公示期满由平台自动完成备案，未满不动。"""
    number = filed_to("announced")
    assert accept_announced_filings(cast.at + timedelta(days=7)) == 0  # 公示 3月3日至9日
    assert queries.filing(number, PLATFORM).state == State.ANNOUNCED
    assert accept_announced_filings(cast.at + timedelta(days=8)) == 1
    assert queries.filing(number, PLATFORM).state == State.ACCEPTED
    assert accept_announced_filings(cast.at + timedelta(days=9)) == 0


def test_timeline_tells_the_whole_story(cast, filed_to):
    """流转记录逐条写明谁在何时依据什么办了什么。"""
    filing = queries.filing(filed_to("signed"), PLATFORM)
    story = [entry["what"].split("：")[0] for entry in queries.timeline(filing)][::-1]
    assert story == [
        "开始填报",
        "征求同意",
        "同意",
        "提交备案申请",
        "指派技术评估员",
        "现场踏勘记录",
        "确认踏勘记录",
        "提交评分表",
        "提交评分表",
        "汇总技术评估",
        "准予备案，开始公示",
        "完成备案",
        "报送市职鉴中心",
        "市职鉴中心签收登记",
    ]
    assert all(entry["who"] for entry in queries.timeline(filing))
    assert history(filing.number).count() > len(story)  # 保存、上传等细节也有存证


def test_submission_is_frozen(cast, filed_to):
    """提交时内容和审查意见被冻结。"""
    filing = queries.filing(filed_to("submitted"), PLATFORM)
    submission = queries.latest_submission(filing)
    assert submission is not None
    assert submission.content["body"]["uscc"] == filing.body.uscc
    assert len(submission.content["scope"]) == 3
    assert {f["outcome"] for f in submission.findings} == {"met"}
    assert all(f["clause"] for f in submission.findings)
