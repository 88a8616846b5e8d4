"""协会纳入社会化测试: are the right associations listed, does each get a plan, and does its history stay as it was when it moves?"""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from tests.cast import Cast
from tests.refusing import everything
from tests.web.test_filing_pages import client
from touchstone.accounts.actor import PLATFORM, VISITOR, NotAllowed
from touchstone.bodies.models import Body, FormerFact
from touchstone.bodies.operations import end_commission
from touchstone.bodies.queries import bodies, kind_on
from touchstone.calls.models import Selection
from touchstone.calls.operations import enter_demand
from touchstone.filings import operations, queries
from touchstone.filings.facts import body_kind_of
from touchstone.filings.models import AssociationMove, Filing
from touchstone.filings.queries.association_night import association_changes, last_association_check
from touchstone.filings.states import State
from touchstone.jobs.filings import check_associations
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import Outcome
from touchstone.ledger.models import Entry
from touchstone.ledger.operations import mark_synthetic
from touchstone.policy.filing.ending import FINISH_WITHIN
from touchstone.policy.filing.purposes import Purpose
from touchstone.policy.roles import BodyKind
from touchstone.simulation.association import set_up_association
from touchstone.simulation.calls import selected_project
from touchstone.simulation.filing import TURNER, carry_to, people_on
from touchstone.tasks.models import Task

PLAN = "车工项目一次纳入，六月底前完成。"


@pytest.fixture
def scene(db: None) -> Any:
    """Give the cast and association 庚, filed as an enterprise, wide in demand and use."""
    from tests.cast import set_up

    mark_synthetic(seed=1)
    cast = set_up()
    return cast, set_up_association(since=date(2026, 1, 1), at=cast.at)


def listed(cast: Cast) -> str:
    """List the association, and give the number of its move."""
    (move,) = operations.list_association_moves(by=cast.tao, at=cast.at)
    return move.number


def planned(cast: Cast) -> str:
    """List it and make a plan."""
    number = listed(cast)
    operations.plan_association_move(number=number, plan=PLAN, planned_for=date(2026, 6, 30), by=cast.tao, at=cast.at)
    return number


def opened(cast: Cast) -> tuple[str, Filing]:
    """List it, make a plan, have its project selected and its social filing opened."""
    number = planned(cast)
    selected_project(TURNER, by=cast.pan, director=cast.han, at=cast.at)
    return number, operations.open_social_filing(number=number, by=cast.han, at=cast.at)


def accepted(cast: Cast) -> tuple[AssociationMove, Filing, Any]:
    """Take the social filing through its whole route; give the move, the filing, and the moment of acceptance."""
    number, filing = opened(cast)
    people = people_on("social_body", cast.at.date()) | {"filer": cast.fu, "consenter": cast.pan}
    carry_to("accepted", filing.number, people, at=cast.at)
    move = AssociationMove.objects.select_related("filing", "moved_into").get(number=number)
    assert move.moved_into and move.closed_at
    return move, move.moved_into, move.closed_at


def test_an_association_wide_in_demand_and_use_is_listed_once(scene: Any) -> None:
    """符合条件的列入一次，并成为市职鉴中心的待办；再核对一次没有新的。"""
    cast, body = scene
    (candidate,) = queries.association_candidates(cast.at.date())
    assert (candidate.filing.body, candidate.outcome, candidate.label) == (body, Outcome.MET, "应列入")
    number = listed(cast)
    assert Task.objects.open().get(case=number).role == "intake_clerk"
    with pytest.raises(Refusal, match="没有新的协会"):
        listed(cast)
    assert AssociationMove.objects.count() == Entry.objects.filter(event="association.listed").count() == 1
    assert "已列入" in queries.association_candidates(cast.at.date())[0].label


def test_the_tests_read_the_facts(scene: Any) -> None:
    """需求数改小，不再是需求量大；委托终止满一年，不再是通用性强。"""
    cast, body = scene
    enter_demand(occupation=TURNER, district="", year=2026, people=299, source="更正", by=cast.tao, at=cast.at)
    (candidate,) = queries.association_candidates(cast.at.date())
    assert candidate.outcome is Outcome.UNMET
    for paper in body.commissions.all():
        end_commission(number=paper.number, on=cast.at.date(), reason="到期不续", by=cast.fu, at=cast.at)
    later = queries.association_candidates(date(2027, 3, 3))
    assert later[0].findings[2].outcome is Outcome.UNMET


def test_nobody_but_the_centre_lists_plans_opens_and_lets_be(scene: Any) -> None:
    """列入和计划由市职鉴中心的经办人或负责人，开办和暂不纳入由负责人。"""
    cast, _ = scene
    for who in (cast.zhou, cast.pan, cast.shen, cast.fu, cast.xu, VISITOR):
        with pytest.raises(NotAllowed):
            operations.list_association_moves(by=who, at=cast.at)
    number = planned(cast)
    before = everything()
    for who in (cast.tao, cast.wu, cast.pan, cast.fu):
        with pytest.raises(NotAllowed):
            operations.open_social_filing(number=number, by=who, at=cast.at)
        with pytest.raises(NotAllowed):
            operations.keep_association(number=number, reason="x", by=who, at=cast.at)
    assert everything() == before


def test_what_cannot_be_done(scene: Any) -> None:
    """没有计划的不能开办；计划要有内容和以后的日子；项目没有确定的不能开办，并逐项说明；什么都没有改。"""
    cast, _ = scene
    number = listed(cast)
    before = everything()
    with pytest.raises(Refusal, match="请先制定纳入计划"):
        operations.open_social_filing(number=number, by=cast.han, at=cast.at)
    for changed, says in (({"plan": " "}, "没有写明纳入计划"), ({"planned_for": cast.at.date()}, "已到或已过")):
        call = {"number": number, "plan": PLAN, "planned_for": date(2026, 6, 30)} | changed
        with pytest.raises(Refusal, match=says):
            operations.plan_association_move(**call, by=cast.tao, at=cast.at)
    with pytest.raises(Refusal, match="没有编号为XH0"):
        operations.keep_association(number="XH0", reason="x", by=cast.han, at=cast.at)
    assert everything() == before
    operations.plan_association_move(number=number, plan=PLAN, planned_for=date(2026, 6, 30), by=cast.tao, at=cast.at)
    with pytest.raises(Refusal, match="还不能开办") as refused:
        operations.open_social_filing(number=number, by=cast.han, at=cast.at)
    assert any("尚未遴选确定" in line for line in refused.value.details)
    assert not Selection.objects.exists()


def test_let_be_with_a_reason_and_planned_again_later(scene: Any) -> None:
    """暂不纳入须有理由，以后还能再制定计划。"""
    cast, _ = scene
    number = planned(cast)
    with pytest.raises(Refusal, match="须写明理由"):
        operations.keep_association(number=number, reason=" ", by=cast.han, at=cast.at)
    operations.keep_association(number=number, reason="需求下降", by=cast.han, at=cast.at)
    assert not Task.objects.open().filter(case=number).exists()
    move = operations.plan_association_move(number=number, plan=PLAN, planned_for=date(2026, 9, 30), by=cast.tao, at=cast.at)
    assert (move.state, move.closed_at) == ("planned", None)


def test_opened_it_is_selected_and_has_a_draft_with_its_lines(scene: Any) -> None:
    """开办时协会就其项目入选，得到一件社会培训评价组织的备案申请，范围照旧；在新备案完成前仍是企业评价机构。"""
    cast, body = scene
    number, filing = opened(cast)
    assert (filing.route, filing.state, body_kind_of(filing)) == ("social_body", State.DRAFTED, BodyKind.SOCIAL)
    assert filing.scope.count() == 3
    assert number in Selection.objects.get().ground
    assert all(one.outcome is Outcome.MET for one in queries.gate_findings(filing, cast.at.date()))
    body.refresh_from_db()
    assert body.kind == BodyKind.ENTERPRISE
    with pytest.raises(Refusal, match="正在办理"):
        operations.open_social_filing(number=number, by=cast.han, at=cast.at)
    with pytest.raises(Refusal, match="正在办理"):
        operations.keep_association(number=number, reason="x", by=cast.han, at=cast.at)


def test_withdrawn_it_comes_back_to_the_centre(scene: Any) -> None:
    """协会撤回社会化备案的，事项回到市职鉴中心负责人，可以再开办。"""
    cast, _ = scene
    number, filing = opened(cast)
    operations.withdraw_filing(number=filing.number, reason="材料重做", by=cast.fu, at=cast.at)
    assert Task.objects.open().get(case=number).role == "director"
    again = operations.open_social_filing(number=number, by=cast.han, at=cast.at)
    assert again.number != filing.number
    assert Selection.objects.count() == 1


def test_moved_with_its_history(scene: Any) -> None:
    """备案完成当天起是社会培训评价组织；以前哪一天还是企业；原备案留到已编计划办完，原范围按日期照样答得出。"""
    cast, body = scene
    move, filing, at = accepted(cast)
    body.refresh_from_db()
    assert (move.state, body.kind) == ("moved", BodyKind.SOCIAL)
    fact = FormerFact.objects.get()
    assert (fact.kind, fact.until, fact.case) == (BodyKind.ENTERPRISE, at.date(), move.number)
    eve = at.date() - timedelta(days=1)
    kinds = [Body.objects.filter(pk=body.pk).values_list(kind_on(day), flat=True)[0] for day in (eve, at.date())]
    assert kinds == [BodyKind.ENTERPRISE, BodyKind.SOCIAL]
    old = move.filing
    last = at.date() + timedelta(days=FINISH_WITHIN.on(at.date()).value)
    assert (old.state, old.until, body_kind_of(old)) == (State.TERMINATED, last, BodyKind.ENTERPRISE)
    assert {line.filing_id for line in queries.scope_in_force(eve, body)} == {old.pk}
    assert {line.filing_id for line in queries.scope_in_force(at.date(), body)} == {old.pk, filing.pk}
    assert {line.filing_id for line in queries.scope_in_force(last, body)} == {filing.pk}
    assert not Task.objects.open().filter(case=move.number).exists()
    events = set(Entry.objects.filter(subject__in=[move.number, old.number, body.number]).values_list("event", flat=True))
    assert {"association.moved", "filing.moved_into_social", "body.kind_changed"} <= events
    with pytest.raises(Refusal, match="已经纳入"):
        operations.plan_association_move(number=move.number, plan=PLAN, planned_for=date(2030, 1, 1), by=cast.tao, at=at)
    assert queries.association_candidates(at.date()) == []


def test_who_sees_it(scene: Any) -> None:
    """市级看全部，注册地的区和本领域的行业主管看本辖区的，别的看不到。"""
    cast, _ = scene
    listed(cast)
    seen = {who: queries.association_moves(getattr(cast, who)).count() for who in ("shen", "tao", "zhou", "pan", "jiang", "lv", "tang", "fu")}
    assert seen == {"shen": 1, "tao": 1, "zhou": 1, "pan": 1, "jiang": 1, "lv": 0, "tang": 0, "fu": 0}
    assert queries.association_moves(PLATFORM).count() == 1
    assert bodies(cast.pan).exists()


@pytest.mark.parametrize("purpose", [Purpose.AMEND, Purpose.RENEW], ids=["变更", "续期"])
def test_an_association_filed_as_an_enterprise_neither_amends_nor_renews(scene: Any, purpose: Purpose) -> None:
    """以企业身份备案的协会，变更和续期都指向社会化认定，页面说明原因。"""
    cast, association = scene
    filing = Filing.objects.get(body=association)
    assert filing.until
    day = cast.at.date() if purpose is Purpose.AMEND else filing.until - timedelta(days=30)
    assert "社会化" in queries.why_not_begin(filing, purpose, day)
    page = {Purpose.AMEND: "body:filing_amend", Purpose.RENEW: "body:filing_renew"}[purpose]
    answer = client("fu").get(reverse(page, args=[filing.number]))
    assert answer.status_code == 200


def test_the_night_lists_who_newly_meets_and_writes_down_who_no_longer_does(scene: Any) -> None:
    """每日核对一次：符合的自动列入并留下名单；第二天没有变化；需求数改小的，写明不再符合和原因，已列入的不动；只由平台进行。"""
    cast, body = scene
    with pytest.raises(NotAllowed, match="由平台自动进行"):
        operations.check_associations(by=cast.tao, at=cast.at)
    assert (check_associations(cast.at), check_associations(cast.at + timedelta(hours=5))) == (1, 0)
    first = last_association_check()
    assert first is not None
    move = AssociationMove.objects.get()
    assert [(line["name"], line["listed"]) for line in first.detail["newly"]] == [(body.name, move.number)]
    assert check_associations(cast.at + timedelta(days=1)) == 1
    assert [one.pk for one in association_changes()] == [first.pk]
    enter_demand(occupation=TURNER, district="", year=2026, people=299, source="更正", by=cast.tao, at=cast.at)
    assert check_associations(cast.at + timedelta(days=2)) == 1
    latest = association_changes()[0].detail
    assert (latest["newly"], [line["name"] for line in latest["no_longer"]]) == ([], [body.name])
    assert "年需求299人次" in latest["no_longer"][0]["why"]
    move.refresh_from_db()
    assert move.state == "listed"


def test_the_page_says_when_the_night_last_checked(scene: Any) -> None:
    """页面写明最近一次核对的时间和结果；名单只给市职鉴中心办理的人看。"""
    cast, _ = scene
    address = reverse("authority:association_moves")
    assert "还没有核对过" in client("tao").get(address).content.decode()
    check_associations(cast.at)
    shown = client("tao").get(address).content.decode()
    assert "核对1家，符合条件1家，新列入1家" in shown
    assert "（列入 XH2026" in shown
    assert "（列入 XH2026" not in client("tang").get(address).content.decode()
