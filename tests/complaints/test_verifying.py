"""核实测试: two verify, one words the verdict and the other confirms it; the body gives its word; a case may follow."""

from datetime import timedelta
from functools import partial

from tests.cast import Cast
from tests.complaints.telling import both, complained, concluded, taken_up, verified
from tests.refusing import all_refused_and_nothing_changed, refused_and_nothing_changed
from touchstone.accounts.actor import VISITOR
from touchstone.bodies.models import StaffMember
from touchstone.complaints import operations as acts
from touchstone.complaints.models import BodyWord
from touchstone.complaints.queries import facts_for_case, leads, own_word, own_words
from touchstone.complaints.states import State
from touchstone.jobs.messages import words_of
from touchstone.ledger.models import Entry
from touchstone.policy.supervision.complaints import Verdict
from touchstone.tasks.models import Task


def test_two_people_come_to_a_verdict(cast: Cast) -> None:
    """王怀瑾登记证据、拟定结论，周明澜确认；五个工作日内答复；审查意见写明两人和期限。"""
    lead = verified(cast)
    assert (lead.state, lead.verdict, str(lead.due_on)) == (State.VERIFIED, Verdict.TRUE, "2026-03-09")
    assert (lead.concluded_by_id, lead.confirmed_by_id) == (cast.wang.user_id, cast.zhou.user_id)
    assert [one["outcome"] for one in lead.findings] == ["met", "met", "met"]
    refused_and_nothing_changed(partial(acts.tell, number=lead.number, reply=" ", by=cast.zhou, at=cast.at), "没有写答复", "complaints")
    told = acts.tell(number=lead.number, reply="您反映的情况属实，已另案处理。", by=cast.zhou, at=cast.at)
    assert (told.state, told.due_on) == (State.CLOSED, None)
    assert not Task.objects.open().filter(case=lead.number).exists()


def test_nobody_confirms_their_own_verdict(cast: Cast) -> None:
    """拟定的人不能自己确认、退回；不是核实人员的负责人也不能；第二人可以退回再核实。"""
    number = concluded(cast).number
    at = cast.at
    tries = [
        ("自己确认", partial(acts.confirm, number=number, by=cast.wang, at=at), "另一名核实人员"),
        ("自己退回", partial(acts.send_back, number=number, reason="x", by=cast.wang, at=at), "另一名核实人员"),
        ("没有指定的负责人", partial(acts.confirm, number=number, by=cast.wu, at=at), "指定的核实人员"),
        ("别的区", partial(acts.confirm, number=number, by=cast.lv, at=at), "由浦东新区"),
        ("机构", partial(acts.confirm, number=number, by=cast.qian, at=at), "办理"),
    ]
    all_refused_and_nothing_changed(tries, "complaints")
    again = acts.send_back(number=number, reason="只看了一个考场", by=cast.zhou, at=at)
    assert (again.state, again.verdict, again.concluded_by) == (State.TAKEN_UP, "", None)


def test_no_verdict_without_evidence_and_two(cast: Cast) -> None:
    """没有核实记录不能下结论；只指定一人的不行；不属实也要证据。"""
    number = taken_up(cast).number
    conclude = partial(acts.conclude, number=number, conclusion="x", by=cast.wang, at=cast.at)
    refused_and_nothing_changed(partial(conclude, verdict=Verdict.UNTRUE), "没有附证据", "complaints")
    acts.note(number=number, words="走访", by=cast.zhou, at=cast.at)
    refused_and_nothing_changed(partial(conclude, verdict="perhaps"), "没有选择核实结论", "complaints")
    alone = partial(acts.appoint_verifiers, number=number, verifiers=both(cast)[:1], by=cast.zhou, at=cast.at)
    refused_and_nothing_changed(alone, "应为两人以上", "complaints")
    foreign = partial(acts.appoint_verifiers, number=number, verifiers=[*both(cast), cast.lv.user_id or 0], by=cast.zhou, at=cast.at)
    refused_and_nothing_changed(foreign, "只能从本单位", "complaints")


def test_nobody_accused_or_tied_verifies(cast: Cast) -> None:
    """被反映的工作人员不能核实，也看不到这件；三年内在该机构任职的回避。"""
    number = complained(cast).lead.number
    attempt = partial(acts.take_up, number=number, verifiers=both(cast), accused=[cast.wang.user_id or 0], by=cast.zhou, at=cast.at)
    refused_and_nothing_changed(attempt, "应当回避", "complaints")
    acts.take_up(number=number, accused=[cast.wang.user_id or 0], by=cast.zhou, at=cast.at)
    assert [leads(who).count() for who in (cast.wang, cast.zhou)] == [0, 1]
    refused_and_nothing_changed(partial(acts.note, number=number, words="x", by=cast.wang, at=cast.at), "反映的是您本人", "complaints")
    StaffMember.objects.create(body=cast.body_a, person=cast.person("wu"), duty="manager", since=cast.at.date())
    tied = partial(acts.appoint_verifiers, number=number, verifiers=[cast.zhou.user_id or 0, cast.wu.user_id or 0], by=cast.zhou, at=cast.at)
    refused_and_nothing_changed(tied, "应当回避：", "complaints")


def test_the_time_is_extended_once(cast: Cast) -> None:
    """负责人可以延长一次，写明理由；第二次和期满以后不行；经办人不能延长。"""
    number = taken_up(cast).number
    extend = partial(acts.extend, number=number, reason="需要调取外省市录像", at=cast.at)
    refused_and_nothing_changed(partial(extend, by=cast.zhou), "审批负责人", "complaints")
    assert str(extend(by=cast.wu).due_on) == "2026-05-08"
    refused_and_nothing_changed(partial(extend, by=cast.wu), "已经延长过一次", "complaints")
    other = taken_up(cast).number
    late = partial(acts.extend, number=other, reason="x", by=cast.wu, at=cast.at + timedelta(days=90))
    refused_and_nothing_changed(late, "期限已过", "complaints")


def test_the_body_gives_its_word_and_learns_nothing(cast: Cast) -> None:
    """机构只看到主管部门写的事项，编号另起；答复一次；别家机构和行业部门看不到；存证里没有线索编号。"""
    lead = taken_up(cast, name="赵不平")
    word = acts.ask_body(number=lead.number, facts="请说明2月28日核对证件的情况。", by=cast.wang, at=cast.at)
    refused_and_nothing_changed(partial(acts.ask_body, number=lead.number, facts="再问", by=cast.wang, at=cast.at), "还没有答复", "complaints")
    assert word.number.startswith("SM")
    assert own_word(word.number, cast.sun) == word
    assert [own_words(who).count() for who in (cast.sun, cast.shi)] == [1, 0]
    seen = str(list(Entry.objects.filter(subject=word.number).values())) + str(list(Task.objects.filter(office=cast.body_a.office).values()))
    for secret in (lead.number, "赵不平", lead.facts):
        assert secret not in seen
    told = words_of(Entry.objects.get(event="word.asked"))
    assert told == (f"请贵机构就有关情况作出说明（{word.number}），请在期限内答复", f"/body/words/{word.number}", True)
    answer = partial(acts.answer_for_body, number=word.number, words="当天逐人核对。", at=cast.at)
    tries = [(who, partial(answer, by=getattr(cast, who)), "没有请您所在的机构") for who in ("shi", "zhou", "zhu")]
    tries.append(("没有登录", partial(answer, by=VISITOR), "没有请您所在的机构"))
    all_refused_and_nothing_changed(tries, "complaints")
    answer(files=[("签到表.pdf", b"%PDF-1.7 x")], by=cast.sun)
    refused_and_nothing_changed(partial(answer, by=cast.sun), "已经作出说明", "complaints")
    assert BodyWord.objects.get().answer == "当天逐人核对。"
    assert not Task.objects.open().filter(case=word.number).exists()


def test_a_case_may_follow_from_what_is_true(cast: Cast) -> None:
    """属实的给出立案要用的事实，只立一次案，案件结果回写；不属实、没有核实的不能。"""
    lead = verified(cast)
    facts = facts_for_case(lead.number)
    assert (facts.body, facts.conclusion, facts.records) == (cast.body_a, "录像显示没有核对证件。", ("调看录像。",))
    acts.lead_on(number=lead.number, case="AJ2026000001", by=cast.wu, at=cast.at)
    refused_and_nothing_changed(partial(acts.lead_on, number=lead.number, case="AJ2", by=cast.wu, at=cast.at), "已经立案AJ2026000001", "complaints")
    ended = acts.note_case_result(number=lead.number, case="AJ2026000001", upheld=True, words="警告", by=cast.wu, at=cast.at)
    assert ended.case_result == "已作处理：警告"
    for number in (verified(cast, Verdict.UNTRUE).number, taken_up(cast).number):
        refused_and_nothing_changed(partial(facts_for_case, number), "只有核实属实", "complaints")
    refused_and_nothing_changed(partial(acts.lead_on, number=lead.number, case="x", by=cast.lv, at=cast.at), "由浦东新区", "complaints")
