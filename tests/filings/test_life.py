"""备案存续测试: is a filing renewed for another term, changed line by line, and does every day keep its answer?"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from tests.filings.conftest import people
from touchstone.accounts.actor import PLATFORM
from touchstone.bodies.operations import add_staff, end_staff, enter_expiry_evaluation
from touchstone.bodies.queries import former_names, own_body
from touchstone.filings import operations, queries
from touchstone.filings.models import Filing
from touchstone.filings.operations.ending_run import run_endings
from touchstone.filings.queries import may_plan, scope_in_force
from touchstone.filings.states import State
from touchstone.kernel.law import Refusal
from touchstone.kernel.periods import add_months, add_years
from touchstone.kernel.rules import Outcome
from touchstone.policy.filing.purposes import Change
from touchstone.simulation.filing import TURNER, add_venue
from touchstone.simulation.filing_changes import add_line, amend, promise, take_to
from touchstone.simulation.identity import id_number

pytestmark = pytest.mark.django_db
ELECTRICIAN = "6-31-01-03"


@pytest.fixture
def root(filed_to: Callable[[str], str]) -> Filing:
    """Give body 甲's filing in force."""
    return Filing.objects.get(number=filed_to("signed"))


def on(day: date | None, cast: Any) -> datetime:
    assert day
    moment: datetime = cast.at + (day - cast.at.date())
    return moment


def opens(root: Filing) -> date:
    assert root.until
    return add_months(root.until, -3)


def renew(root: Filing, cast: Any, at: datetime, stage: str = "accepted") -> tuple[str, datetime]:
    number = operations.begin_renewal(number=root.number, by=cast.lin, at=at).number
    promise(number, by=cast.lin, at=at)
    return number, take_to(stage, number, people(cast), at=at)


def lines(root: Filing, day: date) -> set[tuple[str, int, str]]:
    return {(line.occupation.code, line.level, line.standard.number) for line in scope_in_force(day, root.body)}


def test_renewed_for_another_term(cast: Any, root: Filing) -> None:
    """期满前三个月内续期：评估、公示后接着原来的截止日再满三年，范围各行一起延长。"""
    until, before = root.until, lines(root, opens(root))
    assert until
    number, _ = renew(root, cast, on(opens(root), cast))
    root = Filing.objects.get(pk=root.pk)
    assert root.until
    assert (root.until, root.renewal_pending) == (add_years(until, 3), False)
    renewal = Filing.objects.get(number=number)
    assert (renewal.in_force_from, renewal.until) == (until, root.until)
    assert lines(root, until) == before == lines(root, root.until - timedelta(days=1))
    assert lines(root, root.until) == set()
    line = root.scope.order_by("id")[0]
    assert may_plan(line, until).outcome is Outcome.MET


def test_renewal_starts_with_what_stands(cast: Any, root: Filing) -> None:
    """续期从现有备案预填：制度、题库、自评、材料和范围都在，承诺重新作出。"""
    number = operations.begin_renewal(number=root.number, by=cast.lin, at=on(opens(root), cast)).number
    draft = queries.filing(number, cast.lin)
    assert {s.key for s in draft.sections.all()} == {"identity", "systems", "questions", "self_score"}
    assert draft.scope.count() == root.scope.count()
    missing = {f.title for f in queries.blockers(draft, opens(root))}
    assert len(missing) == 1


def test_undecided_renewal_keeps_it_in_force(cast: Any, root: Filing) -> None:
    """按时提出、期满时还没有决定的，继续有效；不予续期后从决定之日起失效，此前各日的答复不变；随后自动终止。"""
    until = root.until
    assert until
    number, _ = renew(root, cast, on(until - timedelta(days=1), cast), "concluded")
    root.refresh_from_db()
    assert root.renewal_pending
    later = until + timedelta(days=10)
    assert lines(root, later)
    assert not run_endings(dry_run=False, by=PLATFORM, at=on(later, cast)).selected
    refused = until + timedelta(days=12)
    operations.decide(number=number, accept=False, opinion="现场不符合条件。", by=cast.wu, at=on(refused, cast))
    root.refresh_from_db()
    assert not root.renewal_pending
    assert lines(root, later)
    assert not lines(root, refused)
    run = run_endings(dry_run=False, by=PLATFORM, at=on(refused + timedelta(days=1), cast))
    assert [row.ground for row in run.rows.all()] == ["renewal_not_granted"]
    root.refresh_from_db()
    assert root.state == State.TERMINATED


def test_withdrawn_renewal_ends_it_too(cast: Any, root: Filing) -> None:
    """续期退回后撤回：期满即终止，情形为续期未获准。"""
    until = root.until
    assert until
    number, at = renew(root, cast, on(until - timedelta(days=20), cast), "submitted")
    operations.return_for_supplement(number=number, reason="请补充。", points={}, by=cast.zhou, at=at)
    operations.withdraw_filing(number=number, reason="不再评价。", by=cast.lin, at=at)
    run = run_endings(dry_run=False, by=PLATFORM, at=on(until, cast))
    assert [row.ground for row in run.rows.all()] == ["renewal_not_granted"]


def test_returned_renewal_does_not_wait_for_ever(cast: Any, root: Filing) -> None:
    """退回补正的续期，期满且逾期未补正的，由平台视为撤回。"""
    until = root.until
    assert until
    number, at = renew(root, cast, on(until - timedelta(days=1), cast), "submitted")
    asked = operations.return_for_supplement(number=number, reason="请补充。", points={}, by=cast.zhou, at=at)
    assert not operations.lapse_renewal(number=number, by=PLATFORM, at=on(asked.due_on, cast))
    assert operations.lapse_renewal(number=number, by=PLATFORM, at=on(asked.due_on + timedelta(days=1), cast))
    root.refresh_from_db()
    assert not root.renewal_pending
    assert not lines(root, asked.due_on + timedelta(days=1))


def test_early_request_counts_from_the_first_day(cast: Any, root: Filing) -> None:
    """提前提出的续期自期满前三个月第一天起计算：办理期限从那天算，此前不能准予。"""
    first = opens(root)
    early = on(first - timedelta(days=40), cast)
    number, at = renew(root, cast, early, "concluded")
    with pytest.raises(Refusal, match="此前不能准予"):
        operations.decide(number=number, accept=True, opinion="同意。", by=cast.wu, at=at)
    operations.decide(number=number, accept=True, opinion="同意。", by=cast.wu, at=on(first, cast))


def test_expiry_evaluation_counts_when_there_is_one(cast: Any, root: Filing) -> None:
    """有备案期满评估结果的，续期决定以它为依据之一；不合格的不能准予。"""
    number, at = renew(root, cast, on(opens(root), cast), "concluded")
    told: dict[str, Any] = {"body": root.body, "filing": root.number, "summary": "题库两年未更新", "by": PLATFORM}
    enter_expiry_evaluation(**told, passed=False, at=at)
    with pytest.raises(Refusal, match="期满评估不合格"):
        operations.decide(number=number, accept=True, opinion="同意。", by=cast.wu, at=at)
    enter_expiry_evaluation(**told, passed=True, at=at + timedelta(days=1))
    decided = operations.decide(number=number, accept=True, opinion="同意。", by=cast.wu, at=at + timedelta(days=1))
    assert any("题库两年未更新" in finding["reason"] for finding in decided.findings)


def test_line_not_asked_for_again_is_not_renewed(cast: Any, root: Filing) -> None:
    """续期时移除的一行，到原截止日为止。"""
    until, at = root.until, on(opens(root), cast)
    number = operations.begin_renewal(number=root.number, by=cast.lin, at=at).number
    gone = Filing.objects.get(number=number).scope.order_by("level")[0]
    operations.remove_scope_item(number=number, item_id=gone.pk, by=cast.lin, at=at)
    promise(number, by=cast.lin, at=at)
    take_to("accepted", number, people(cast), at=at)
    assert until
    assert gone.level in {level for _, level, _ in lines(root, until - timedelta(days=1))}
    assert gone.level not in {level for _, level, _ in lines(root, until)}


def test_level_added(cast: Any, root: Filing) -> None:
    """增加等级：只就新增部分征求同意；生效后新行属于变更件，到原备案截止日。"""
    at = cast.at + timedelta(days=60)
    venue = root.body.venues.get().number
    number = amend(root.number, {Change.LEVEL}, by=cast.lin, at=at)
    add_line(number, TURNER, 2, venue, by=cast.lin, at=at)
    case = Filing.objects.get(number=number)
    assert [group.key for group in queries.consents_wanted(case, at.date())] == ["consent"]
    arrived = take_to("signed", number, people(cast), at=at)
    case.refresh_from_db()
    line = case.scope.get()
    assert (case.state, line.until, line.since) == (State.ACCEPTED, root.until, arrived.date())
    assert [c.scope[0]["level"] for c in case.consents.all()] == ["2"]
    assert may_plan(line, arrived.date()).outcome is Outcome.MET
    assert {level for _, level, _ in lines(root, arrived.date())} == {5, 4, 3, 2}
    assert {level for _, level, _ in lines(root, arrived.date() - timedelta(days=1))} == {5, 4, 3}


def test_renewal_carries_amended_lines(cast: Any, root: Filing) -> None:
    """变更增加的行与原备案一起续期。"""
    at, venue = cast.at + timedelta(days=60), root.body.venues.get().number
    number = amend(root.number, {Change.LEVEL}, by=cast.lin, at=at)
    add_line(number, TURNER, 2, venue, by=cast.lin, at=at)
    take_to("accepted", number, people(cast), at=at)
    until = root.until
    renew(root, cast, on(opens(root), cast))
    root.refresh_from_db()
    assert until and root.until
    assert {level for _, level, _ in lines(root, until)} == {5, 4, 3, 2}
    assert Filing.objects.get(number=number).until == root.until


def test_venue_of_the_same_district_needs_no_consent(cast: Any, root: Filing) -> None:
    """区属企业在本区增加考核点：已同意的职业等级不再征求，直接提交。"""
    at = cast.at + timedelta(days=60)
    venue = add_venue(root.body, "二号实训中心", root.body.district, by=cast.lin, at=at)
    number = amend(root.number, {Change.VENUE}, by=cast.lin, at=at)
    add_line(number, TURNER, 4, venue, by=cast.lin, at=at)
    case = Filing.objects.get(number=number)
    assert queries.consents_wanted(case, at.date()) == []
    arrived = take_to("accepted", number, people(cast), at=at)
    assert {line.venue.name for line in scope_in_force(arrived.date(), root.body) if line.level == 4} == {"实训中心", "二号实训中心"}


def test_name_changed_on_the_day(cast: Any, root: Filing) -> None:
    """更名：不评估、不公示，决定当日生效；以前的名称留存。"""
    at = cast.at + timedelta(days=60)
    old = root.body.name
    number = amend(root.number, {Change.NAME, Change.PEOPLE}, by=cast.lin, at=at, name="上海甲辰智造有限公司", people="李望舒")
    take_to("announced", number, people(cast), at=at)
    case = Filing.objects.get(number=number)
    body = own_body(cast.lin)
    assert case.state == State.ACCEPTED
    assert (body.name, body.office.name, body.legal_representative) == ("上海甲辰智造有限公司", "上海甲辰智造有限公司", "李望舒")
    assert [(fact.name, fact.until) for fact in former_names(body)] == [(old, at.date())]
    shown = queries.difference(case, at.date())
    assert shown
    assert (shown.name, shown.people) == ((old, body.name), ("钱书瑶", "李望舒"))


def test_head_of_assessment_and_key_staff_change_with_the_decision(cast: Any, root: Filing) -> None:
    """变更主要人员：分管负责人和管理人员、内部质量督导员的进出在案件中前后对照，准予当日起为备案的主要人员；提交后名册再变也不改本件。"""
    at = cast.at + timedelta(days=60)
    former = queries.filed_leader(root)
    leaving = root.body.staff.filter(duty="manager").order_by("id")[0]
    filed = {one["name"] for one in queries.filed_staff(root, at.date())}
    assert former and leaving.person.name in filed
    end_staff(member_id=leaving.pk, reason="调离", by=cast.lin, at=at)
    join(cast, "方知远", at)
    number = amend(root.number, {Change.PEOPLE}, by=cast.lin, at=at, leader="段衡")
    case = Filing.objects.get(number=number)
    shown = queries.difference(case, at.date())
    assert shown
    assert (shown.people, shown.leader) == (None, (former, "段衡"))
    told = {(one.label, one.name, one.duty) for one in shown.staff}
    assert told == {("退出", leaving.person.name, "管理人员"), ("加入", "方知远", "管理人员")}
    assert own_body(cast.lin).assessment_leader == former
    take_to("submitted", number, people(cast), at=at)
    join(cast, "后来人", at)
    operations.decide(number=number, accept=True, opinion="同意变更。", by=cast.wu, at=at)
    case.refresh_from_db()
    body = own_body(cast.lin)
    assert (case.state, body.assessment_leader, body.legal_representative) == (State.ACCEPTED, "段衡", "钱书瑶")
    assert {one["name"] for one in queries.filed_staff(root, at.date())} == filed - {leaving.person.name} | {"方知远"}
    later = queries.difference(case, at.date())
    assert later
    assert {(one.label, one.name, one.duty) for one in later.staff} == told
    root.refresh_from_db()
    assert queries.filed_leader(root) == "段衡"


def join(cast: Any, name: str, at: Any) -> None:
    """Somebody begins to serve body 甲 as a manager."""
    told: dict[str, Any] = {"post": "考务主管", "full_time": True, "occupation": None, "highest_level": None, "qualification": ""}
    number = id_number(300, birthday=date(1980, 1, 1) + timedelta(days=ord(name[0]) % 365), male=True)
    add_staff(body=own_body(cast.lin), name=name, id_number=number, duty="manager", **told, by=cast.lin, at=at)


def test_people_that_did_not_change_are_no_change(cast: Any, root: Filing) -> None:
    """没有任何人员变化的主要人员变更不能提交，并说明缺什么。"""
    at = cast.at + timedelta(days=60)
    number = amend(root.number, {Change.PEOPLE}, by=cast.lin, at=at)
    with pytest.raises(operations.NotComplete) as refused:
        operations.submit(number=number, by=cast.lin, at=at)
    assert any("分管负责人" in line for line in refused.value.details)


def test_only_less_leads_to_the_end_of_those_lines(cast: Any, root: Filing) -> None:
    """只减少范围的变更不能提交，说明应办理终止部分评价范围；照此办理即终止那一行。"""
    at = cast.at + timedelta(days=60)
    gone = root.scope.get(level=5)
    number = amend(root.number, {Change.LEVEL}, by=cast.lin, at=at, ends=[gone.pk])
    with pytest.raises(operations.NotComplete) as refused:
        operations.submit(number=number, by=cast.lin, at=at)
    assert any("只减少范围的，请办理终止部分评价范围" in line for line in refused.value.details)
    operations.withdraw_filing(number=number, reason="只减少范围", by=cast.lin, at=at)
    told: dict[str, Any] = {"wanted_on": at.date() + timedelta(days=5), "reason": "不再开展五级", "custodian": "林"}
    asked = operations.ask_end(number=root.number, lines=[gone.pk], **told, by=cast.lin, at=at)
    operations.grant_end(request=asked.number, opinion="同意", by=cast.wu, at=at)
    operations.end_as_asked(request=asked.number, by=PLATFORM, at=at + timedelta(days=5))
    assert {level for _, level, _ in lines(root, at.date() + timedelta(days=5))} == {4, 3}


def test_lines_taken_away_end_on_the_day(cast: Any, root: Filing) -> None:
    """变更中减少的行自生效日终止，此前各日不变。"""
    at, venue = cast.at + timedelta(days=60), root.body.venues.get().number
    gone = root.scope.get(level=5)
    number = amend(root.number, {Change.LEVEL}, by=cast.lin, at=at, ends=[gone.pk])
    add_line(number, TURNER, 2, venue, by=cast.lin, at=at)
    arrived = take_to("accepted", number, people(cast), at=at)
    assert {level for _, level, _ in lines(root, arrived.date())} == {4, 3, 2}
    assert {level for _, level, _ in lines(root, arrived.date() - timedelta(days=1))} == {5, 4, 3}
    shown = queries.difference(Filing.objects.get(number=number), arrived.date() + timedelta(days=30))
    assert shown
    assert [line.pk for line in shown.ended] == [gone.pk]


def test_ended_filing_is_not_changed_by_an_open_case(cast: Any, root: Filing) -> None:
    """变更公示期间原备案终止：期满时退回重新决定，只能不予。"""
    at, venue = cast.at + timedelta(days=60), root.body.venues.get().number
    number = amend(root.number, {Change.LEVEL}, by=cast.lin, at=at)
    add_line(number, TURNER, 2, venue, by=cast.lin, at=at)
    take_to("announced", number, people(cast), at=at)
    from tests.filings.test_ending import end

    end(root.number, cast.wu, at)
    later = at + timedelta(days=20)
    assert operations.accept_filing(number=number, by=PLATFORM, at=later).state == State.UNDER_REVIEW
    with pytest.raises(Refusal, match="已经终止"):
        operations.decide(number=number, accept=True, opinion="同意。", by=cast.wu, at=later)
    operations.decide(number=number, accept=False, opinion="原备案已终止。", by=cast.wu, at=later)
    assert Filing.objects.get(number=number).state == State.REFUSED


def _begin(root: Filing, cast: Any, **how: Any) -> object:
    return operations.begin_amendment(**{"number": root.number, "kinds": {Change.LEVEL}, "by": cast.lin, "at": cast.at + timedelta(days=60), **how})


REFUSED: list[tuple[str, Callable[[Filing, Any], object], str]] = [
    ("别家机构", lambda r, c: _begin(r, c, by=c.shi), "不由您所在的机构"),
    ("计划经办人", lambda r, c: _begin(r, c, by=c.sun), "备案经办人"),
    ("主管部门", lambda r, c: _begin(r, c, by=c.wu), "备案经办人"),
    ("什么都没选", lambda r, c: _begin(r, c, kinds=()), "没有选择"),
    ("期满以后变更", lambda r, c: _begin(r, c, at=on(r.until, c)), "期满"),
    ("期满以后续期", lambda r, c: operations.begin_renewal(number=r.number, by=c.lin, at=on(r.until, c)), "期满"),
    ("已有一件变更", lambda r, c: (_begin(r, c), _begin(r, c)), "正在办理"),
]  # fmt: skip


@pytest.mark.parametrize(("attempt", "says"), [one[1:] for one in REFUSED], ids=[one[0] for one in REFUSED])
def test_refused(cast: Any, root: Filing, attempt: Any, says: str) -> None:
    """不该开始的变更和续期说明原因。"""
    with pytest.raises(Refusal, match=says):
        attempt(root, cast)


def test_change_stays_within_what_was_chosen(cast: Any, root: Filing) -> None:
    """只选了等级的变更不能添加新职业；已备案的行不能重复添加；续期不能增加范围。"""
    at, venue = cast.at + timedelta(days=60), root.body.venues.get().number
    number = amend(root.number, {Change.LEVEL}, by=cast.lin, at=at)
    with pytest.raises(Refusal, match="属于变更职业"):
        add_line(number, ELECTRICIAN, 4, venue, by=cast.lin, at=at)
    with pytest.raises(Refusal, match="已经备案"):
        add_line(number, TURNER, 4, venue, by=cast.lin, at=at)
    renewal = operations.begin_renewal(number=root.number, by=cast.lin, at=at).number
    with pytest.raises(Refusal, match="续期不增加范围"):
        add_line(renewal, TURNER, 2, venue, by=cast.lin, at=at)
