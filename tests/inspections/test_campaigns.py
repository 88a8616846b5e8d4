"""专项督导测试: who makes and approves a campaign, which bodies are in its scope, and how far is it?"""

from datetime import date

from tests.cast import Cast
from tests.inspections.stage import Stage
from tests.refusing import all_refused_and_nothing_changed
from touchstone.accounts.actor import PLATFORM
from touchstone.bodies.models import Body
from touchstone.inspections.facts.campaigns import by_district, checked, found_at, in_scope
from touchstone.inspections.models import Campaign
from touchstone.inspections.operations import campaigns as acts
from touchstone.inspections.operations import records
from touchstone.inspections.operations import records_answering as answers
from touchstone.inspections.operations.campaigns import CampaignTerms
from touchstone.inspections.operations.records import CallTerms, Wanted
from touchstone.inspections.queries import campaigns as queries
from touchstone.inspections.states.campaigns import CampaignState
from touchstone.inspections.states.records import RecordsKind
from touchstone.policy.roles import BodyKind

TERMS = CampaignTerms("申报条件审核专项督导", ["eligibility"], date(2026, 3, 2), date(2026, 6, 1), "重点查工龄证明")


def approved(cast: Cast, terms: CampaignTerms = TERMS) -> Campaign:
    """Have a campaign made by 王怀瑾 and approved by 吴志恒."""
    made = acts.draft_campaign(terms=terms, by=cast.wang, at=cast.at)
    acts.submit_campaign(number=made.number, by=cast.wang, at=cast.at)
    return acts.approve_campaign(number=made.number, opinion="同意", by=cast.wu, at=cast.at)


def test_a_campaign_is_made_approved_carried_out_and_summed_up(cast: Cast) -> None:
    """编制、退回、修改、批准公布；按专项调取一家的资料、核收缺失，进度里已督导一家、发现问题一家；总结公布。"""
    stage, at = Stage(cast, bodies=4, people=0), cast.at
    made = acts.draft_campaign(terms=TERMS, by=cast.wang, at=at)
    acts.submit_campaign(number=made.number, by=cast.wang, at=at)
    acts.return_campaign(number=made.number, opinion="写明重点", by=cast.wu, at=at)
    acts.save_campaign(number=made.number, terms=TERMS, by=cast.wang, at=at)
    acts.submit_campaign(number=made.number, by=cast.wang, at=at)
    assert list(queries.public_campaigns()) == []
    found = acts.approve_campaign(number=made.number, opinion="同意", by=cast.wu, at=at)
    assert found.state == CampaignState.APPROVED and list(queries.public_campaigns()) == [found]
    body = Body.objects.select_related("office").filter(name__contains="抽查").order_by("number")[0]
    terms = CallTerms("eligibility", "核实", [Wanted(RecordsKind.OTHER, "工龄证明")], date(2026, 3, 3), campaign=found.number)
    stray = CallTerms("eligibility", "核实", terms.wanted, campaign="DD20269999")
    wrong = [("没有的专项", lambda: records.call_for_records(body=body, terms=stray, by=cast.wang, at=at), "进行中的专项")]
    all_refused_and_nothing_changed(wrong, "inspections")
    call = records.call_for_records(body=body, terms=terms, by=cast.wang, at=at)
    assert checked(found.number) == set(), "还没有办结"
    late = at.replace(day=5)
    answers.note_records_late(number=call.number, by=PLATFORM, at=late)
    records.judge_item(number=call.number, place=1, good=False, words="没有提供", by=cast.wang, at=late)
    records.close_call(number=call.number, outcome="逾期未提供", by=cast.wang, at=late)
    assert checked(found.number) == found_at(found.number) == {body.pk}
    (line,) = by_district(found, at.date())
    assert (line.scope, line.checked, line.left, line.found) == (4, 1, 3, 1)
    done = acts.close_campaign(number=found.number, summary="督导一家。", by=cast.wang, at=late)
    assert done.state == CampaignState.CLOSED and stage.bodies == 4


def test_the_scope_is_narrowed(cast: Cast) -> None:
    """机构类别、所在区、职业都可以缩小范围；区的专项只含本区督导的。"""
    Stage(cast, bodies=3, people=0)

    def scope(**narrowed: list[str]) -> int:
        plain = {"theme": "x", "items": ["scores"], "since": date(2026, 3, 2), "until": date(2026, 6, 1)}
        one = acts.draft_campaign(terms=CampaignTerms(**plain, **narrowed), by=cast.wang, at=cast.at)  # type: ignore[arg-type]
        return len(in_scope(one, cast.at.date()))

    assert scope() == 3
    assert scope(kinds=[BodyKind.ENTERPRISE.value]) == 3 and scope(kinds=[BodyKind.SCHOOL.value]) == 0
    assert scope(districts=["310115"]) == 3 and scope(districts=["310104"]) == 0
    assert scope(occupations=["6-18-01-01"]) == 0, "没有一家备案了车工"


def test_what_must_not_be(cast: Cast) -> None:
    """没有主题、事项、截止日期，超过六个月，不在清单的事项，自己批准自己的，别的区的，都不行。"""
    since = date(2026, 3, 2)

    def draft(by=cast.wang, theme="专项", items=("scores",), until: date | None = date(2026, 6, 1), **more):
        terms = CampaignTerms(theme, list(items), since, until, **more)
        return lambda: acts.draft_campaign(terms=terms, by=by, at=cast.at)

    attempts = [
        ("没有主题", draft(theme=" "), "主题"),
        ("没有事项", draft(items=()), "事项"),
        ("没有截止", draft(until=None), "截止"),
        ("太长", draft(until=date(2026, 9, 3)), "6个月"),
        ("倒过来", draft(until=since), "晚于"),
        ("不在清单", draft(items=("secret",)), "清单"),
        ("没有这个区", draft(districts=["999999"]), "没有这一项"),
        ("负责人", draft(by=cast.wu), "质量督导员"),
        ("机构", draft(by=cast.lin), "质量督导员"),
    ]
    all_refused_and_nothing_changed(attempts, "inspections")
    made = draft()()
    acts.submit_campaign(number=made.number, by=cast.wang, at=cast.at)
    both = cast.wang.__class__(**{**cast.wang.__dict__, "roles": cast.wang.roles | cast.wu.roles})
    again = [
        ("自己批准", lambda: acts.approve_campaign(number=made.number, opinion="", by=both, at=cast.at), "自己"),
        ("别的区批准", lambda: acts.approve_campaign(number=made.number, opinion="", by=cast.lv, at=cast.at), "专项督导"),
        ("没有理由退回", lambda: acts.return_campaign(number=made.number, opinion="", by=cast.wu, at=cast.at), "理由"),
        ("没批准就总结", lambda: acts.close_campaign(number=made.number, summary="x", by=cast.wang, at=cast.at), "待批准"),
    ]
    all_refused_and_nothing_changed(again, "inspections")
    seen = {who: queries.campaigns(getattr(cast, who)).count() for who in ("wang", "han", "du", "lin", "jiang")}
    assert seen == {"wang": 1, "han": 1, "du": 0, "lin": 0, "jiang": 0}
    assert approved(cast).state == CampaignState.APPROVED
