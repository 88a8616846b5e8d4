"""撤销案件测试: opened, told, heard, proposed, decided, executed, appealed; what is refused leaves everything as it was."""

from collections.abc import Callable
from datetime import date

import pytest

from tests.certificates.issuing import give
from tests.refusing import all_refused_and_nothing_changed
from tests.revocations.giving import DECIDED, EXECUTED, HEARD, OPENED, OVERDUE, SENT, Case, holder
from touchstone.accounts.actor import PLATFORM, VISITOR, NotAllowed
from touchstone.certificates.models import Certificate
from touchstone.certificates.operations import Award
from touchstone.certificates.queries import resting_on
from touchstone.kernel.law import Refusal
from touchstone.ledger.models import Entry
from touchstone.policy.certificates.revocation import Cause, Verdict
from touchstone.policy.eligibility.levels import Level
from touchstone.revocations import operations as acts
from touchstone.revocations import queries
from touchstone.revocations.models import RevocationRow
from touchstone.revocations.states import AppealState, RowState, State
from touchstone.simulation.identity import id_number
from touchstone.tasks.models import Copy, Task

R, C, K = Verdict.REVOKE, Verdict.CORRECT, Verdict.KEEP
WATCHED = ("revocations", "certificates.Certificate")


def test_the_reach_is_reckoned_before_anything_is_done(case: Case) -> None:
    """四级以五级为条件、三级以四级为条件：两代后续证书都在影响范围内；立案不动证书，公众看不到。"""
    second = case.resting_on(0)
    (third,) = give(case.cast, [_award_on(second)], level=Level.THREE, plan="JH202600099")
    reach = queries.reach_of([*case.issued, "Y000031300001265009999"], case.cast.wang)
    assert [(one.certificate.number, one.generation) for one in reach.dependents] == [(second, 1), (third.certificate_number, 2)]
    assert [bool(line.sentence) for line in reach.lines] == [False, False, False, True]
    assert (reach.holders, reach.counts["dependents"]) == (3, 2)
    case.opened()
    assert case.case.reach == {"certificates": 3, "holders": 3, "dependents": 2, "support": 0, "support_total": "0"}
    assert [case.certificate(n).standing for n in range(3)] == ["有效"] * 3
    assert Task.objects.get(case=case.number).office_id == case.case.office_id


def _award_on(number: str) -> Award:
    earlier = Certificate.objects.get(number=number)
    return Award("KS9000099", earlier.holder_id, earlier.holder_name, {}, {"earlier_certificate": number})


def test_revoked_corrected_and_kept(case: Case) -> None:
    """一本撤销、一本更正、一本保留：告知后查验显示核查中，决定后保留的恢复有效，执行后一本已撤销、一本由新证书代替。"""
    case.opened().notified()
    assert {case.certificate(n).standing for n in range(3)} == {"核查中"}
    assert str(case.case.heard_until) == "2026-04-20"
    acts.take_statement(row=case.row(2).number, words="成绩册上的名字是对的。", by=holder(case.certificate(2)), at=HEARD)
    case.proposed(R, C, K).sent_up().decided()
    assert [case.row(n).state for n in range(3)] == [RowState.ORDERED, RowState.ORDERED, RowState.KEPT]
    assert [case.certificate(n).standing for n in range(3)] == ["核查中", "核查中", "有效"]
    assert (case.case.state, str(case.case.execute_by)) == (State.ORDERED, "2026-04-28")
    case.executed()
    made = Certificate.objects.get(number=case.row(1).replaced_by)
    assert [case.certificate(n).standing for n in range(3)] == ["已撤销", "已撤销", "有效"]
    assert (made.holder_name, made.issued_on, made.is_valid) == ("王洁", case.certificate(1).issued_on, True)
    assert made.number[:16] == case.issued[1][:16] and made.basis["replaces"] == case.issued[1]
    assert case.case.state == State.CLOSED
    assert not Task.objects.filter(case=case.number, closed_at__isnull=True).exists()
    told = queries.tombstone(case.certificate(1))
    assert (told.what, told.successor, told.ordered_by) == ("更正", made, case.case.office.name)
    assert queries.tombstone(case.certificate(0)).what == "撤销"


def test_what_rests_on_a_void_certificate_is_examined_on_its_own(case: Case) -> None:
    """后续证书不随之撤销：承办单位收到待办，另行立案。"""
    second = case.resting_on(0)
    case.ordered().executed()
    assert Certificate.objects.get(number=second).standing == "有效"
    assert "核查后续证书：1本" in Task.objects.get(case=case.number, matter="revocation_dependents").title
    number = acts.open_case(
        cause=Cause.DEPENDENT,
        origin=case.number,
        clause_words="",
        certificate_numbers=[second],
        reason="所依据的证书已撤销",
        by=case.cast.wang,
        at=EXECUTED,
    )
    assert queries.cases_from(case.number) == [number]


def test_what_a_body_leaves_undone_the_platform_does(case: Case) -> None:
    """期限内平台不动；第五个工作日过后平台代为执行，只做一次。"""
    case.ordered(R, C, K)
    assert acts.execute_overdue(EXECUTED) == 0
    assert acts.execute_overdue(OVERDUE) == 2
    assert case.row(0).executed_by == "平台（逾期代为执行）" and case.case.state == State.CLOSED
    assert acts.execute_overdue(OVERDUE) == 0
    assert Entry.objects.filter(event="certificate.revoked").count() == 2


def test_an_appeal_puts_another_in_the_place_of_what_is_void(case: Case) -> None:
    """执行以后申诉成立：已撤销的不复活，另发一本代替，编号同一序列，内容与原来相同。"""
    case.ordered().executed()
    own = holder(case.certificate(0))
    acts.appeal_row(row=case.row(0).number, words="备案范围含五级，有备案表为证。", by=own, at=EXECUTED)
    assert case.case.appeal_to is not None and case.case.appeal_to.number == "CENTRE"
    acts.answer_appeal(row=case.row(0).number, granted=True, answer="经核在备案范围内。", by=case.cast.han, at=OVERDUE)
    row, old = case.row(0), case.certificate(0)
    made = Certificate.objects.get(number=row.replaced_by)
    assert (row.state, row.appeal_state, old.standing, made.standing) == (RowState.REVERSED, AppealState.GRANTED, "已撤销", "有效")
    same = ("holder_id", "holder_name", "occupation_code", "level", "issued_on", "plan_number", "candidate_number", "theory")
    assert all(getattr(old, name) == getattr(made, name) for name in same)
    assert made.basis["replaced_for"] == "reversal"
    assert queries.tombstone(old).reversed_on == OVERDUE.date() and queries.tombstone(old).successor == made
    rests = case.resting_on(0)
    assert resting_on([made.number]) == {rests: made.number}


def test_an_appeal_before_execution_lifts_the_order(case: Case) -> None:
    """执行以前申诉成立的，不再执行，证书恢复有效；不成立的照常执行。"""
    case.ordered()
    acts.appeal_row(row=case.row(1).number, words="不属实", by=holder(case.certificate(1)), at=EXECUTED)
    acts.answer_appeal(row=case.row(1).number, granted=True, answer="不属实", by=case.cast.han, at=EXECUTED)
    assert (case.row(1).state, case.certificate(1).standing) == (RowState.KEPT, "有效")
    acts.appeal_row(row=case.row(0).number, words="不服", by=holder(case.certificate(0)), at=EXECUTED)
    acts.answer_appeal(row=case.row(0).number, granted=False, answer="事实清楚", by=case.cast.han, at=EXECUTED)
    case.executed()
    assert [case.certificate(n).standing for n in range(3)] == ["已撤销", "有效", "已撤销"]


def test_a_correction_undone_puts_back_what_stood(case: Case) -> None:
    """更正以后申诉成立：另发一本写回原来姓名的证书，有效的只有这一本。"""
    case.ordered(K, C, K).executed()
    acts.appeal_row(row=case.row(1).number, words="原名是对的", by=holder(case.certificate(1)), at=EXECUTED)
    acts.answer_appeal(row=case.row(1).number, granted=True, answer="原名正确", by=case.cast.han, at=OVERDUE)
    valid = Certificate.objects.get(holder=case.certificate(1).holder, state="issued")
    assert (valid.holder_name, valid.number) == (case.certificate(1).holder_name, case.row(1).replaced_by)


def test_an_identity_number_is_put_right_and_never_written_out(case: Case) -> None:
    """证件号码更正：归到号码所属的人，案件里只留打码的号码。"""
    right = id_number(300, birthday=date(1990, 5, 6), male=True)
    case.opened().notified()
    told = {"number": case.number, "rows": [case.row(0).number], "verdict": C, "reason": "已核身份证", "changes": {"证件号码": right}}
    assert acts.propose_rows(**told, by=case.cast.wang, at=HEARD)[0].done  # type: ignore[arg-type]
    assert right not in str(case.row(0).changes)
    for n in (1, 2):
        acts.propose_rows(number=case.number, rows=[case.row(n).number], verdict=K, reason="无误", by=case.cast.wang, at=HEARD)
    case.sent_up().decided().executed()
    made = Certificate.objects.get(number=case.row(0).replaced_by)
    assert made.holder_id != case.certificate(0).holder_id and made.holder.id_masked == case.row(0).changes["证件号码"]


def test_a_body_puts_its_own_error_forward(case: Case) -> None:
    """机构自己发现：由监管它的区人社局承办，机构看得到；别的机构看不到。"""
    case.opened(by=case.cast.qian)
    assert case.case.office.number == "RS-310115"
    assert queries.cases(case.cast.qian).count() == 1 and queries.cases(case.cast.shi).count() == 0
    assert queries.cases(case.cast.lv).count() == 0 and queries.cases(case.cast.han).count() == 1
    assert queries.cases(holder(case.certificate(0))).count() == 0


def test_a_case_withdrawn_leaves_certificates_valid(case: Case) -> None:
    """撤案以后证书恢复有效，以后可以再立案。"""
    case.opened().notified()
    acts.withdraw_case(number=case.number, reason="查无实据", by=case.cast.wu, at=HEARD)
    assert case.case.state == State.WITHDRAWN
    assert {case.certificate(n).standing for n in range(3)} == {"有效"}
    assert set(RevocationRow.objects.values_list("state", flat=True)) == {RowState.KEPT}
    Case(case.cast, issued=case.issued).opened()


def test_proposals_given_back_are_made_again(case: Case) -> None:
    """负责人退回处理意见，经办人改过再报送，按改后的决定。"""
    case.opened().notified().proposed().sent_up()
    acts.return_proposals(number=case.number, reason="第二本应更正", by=case.cast.wu, at=SENT)
    (outcome,) = acts.propose_rows(
        number=case.number, rows=[case.row(1).number], verdict=C, reason="姓名有误", changes={"姓名": "王洁"}, by=case.cast.wang, at=SENT
    )
    assert outcome.done
    case.sent_up().decided()
    assert case.row(1).verdict == C


def test_who_may_not_and_what_may_not(case: Case) -> None:
    """不是承办单位、不是这个岗位、别的区、别的机构、未登录、缺理由、时候不到：一律拒绝，什么也没变。"""
    cast, told = case.cast, {"cause": Cause.WRONG, "origin": "", "clause_words": "", "certificate_numbers": case.issued}

    def open_(by: object, **other: object) -> Callable[[], object]:
        return lambda: acts.open_case(**{**told, "reason": "有误", **other}, by=by, at=OPENED)  # type: ignore[arg-type]

    all_refused_and_nothing_changed(
        [
            ("未登录", open_(VISITOR), "立案"),
            ("考生", open_(holder(case.certificate(0))), "立案"),
            ("行业", open_(cast.jiang), "立案"),
            ("别的区", open_(cast.lv), "有3本证书不能立案"),
            ("别的机构", open_(cast.shi), "有3本证书不能立案"),
            ("没有理由", open_(cast.wang, reason=" "), "请写明事实和理由"),
            ("没有编号", open_(cast.wang, certificate_numbers=[]), "没有证书编号"),
            ("没有这本", open_(cast.wang, certificate_numbers=["Y1"]), "不能立案"),
        ],
        *WATCHED,
    )
    case.opened()
    notify = lambda by: lambda: acts.notify_holders(number=case.number, by=by, at=OPENED)  # noqa: E731
    propose = lambda by, **other: lambda: acts.propose_rows(  # noqa: E731
        **{"number": case.number, "rows": (), "verdict": R, "reason": "已核", "by": by, "at": HEARD, **other}
    )
    all_refused_and_nothing_changed(
        [
            ("再次立案", open_(cast.wang), "不能立案"),
            ("负责人告知", notify(cast.wu), "告知持证人和机构"),
            ("别的区告知", notify(cast.lv), "承办"),
            ("机构告知", notify(cast.qian), "告知持证人和机构"),
            ("还没告知就提意见", propose(cast.wang), "不能提出处理意见"),
            ("经办人撤案", lambda: acts.withdraw_case(number=case.number, reason="无", by=cast.wang, at=HEARD), "撤案"),
        ],
        *WATCHED,
    )
    case.notified()
    own, other = holder(case.certificate(0)), holder(case.certificate(1))
    state = lambda by, words="不是": lambda: acts.take_statement(row=case.row(0).number, words=words, by=by, at=HEARD)  # noqa: E731
    all_refused_and_nothing_changed(
        [
            ("再次告知", notify(cast.wang), "不能告知"),
            ("别人陈述", state(other), "持证人本人"),
            ("机构代陈述", state(cast.qian), "处理意见由承办单位"),
            ("空的陈述", state(own, " "), "请填写陈述"),
            ("负责人提意见", propose(cast.wu), "处理意见由承办单位"),
            ("没有理由的意见", propose(cast.wang, reason=""), "请写明处理意见"),
            ("成批更正", propose(cast.wang, verdict=C), "只勾选一本"),
            ("没有意见就报送", lambda: acts.send_up(number=case.number, by=cast.wang, at=SENT), "没有处理意见"),
            ("不写原因撤案", lambda: acts.withdraw_case(number=case.number, reason="", by=cast.wu, at=HEARD), "撤案的原因"),
        ],
        *WATCHED,
    )
    case.proposed()
    all_refused_and_nothing_changed(
        [
            ("陈述期未满报送", lambda: acts.send_up(number=case.number, by=cast.wang, at=HEARD), "尚未届满"),
            ("没有报送就决定", lambda: acts.decide_rows(number=case.number, rows=(), by=cast.wu, at=SENT), "不能作出决定"),
        ],
        *WATCHED,
    )
    case.sent_up()
    decide = lambda by: lambda: acts.decide_rows(number=case.number, rows=(), by=by, at=DECIDED)  # noqa: E731
    all_refused_and_nothing_changed(
        [
            ("报送后陈述", state(own), "不能再陈述"),
            ("经办人决定", decide(cast.wang), "办理"),
            ("别的区决定", decide(cast.lv), "承办"),
            ("机构决定", decide(cast.qian), "办理"),
            ("不写原因退回", lambda: acts.return_proposals(number=case.number, reason="", by=cast.wu, at=SENT), "退回的原因"),
            ("没有决定就执行", lambda: acts.execute_rows(number=case.number, rows=(), by=cast.qian, at=SENT), "没有要执行的决定"),
            ("决定前申诉", lambda: acts.appeal_row(row=case.row(0).number, words="不服", by=own, at=SENT), "没有可以申诉的决定"),
        ],
        *WATCHED,
    )
    case.decided()
    execute = lambda by, at=EXECUTED: lambda: acts.execute_rows(number=case.number, rows=(case.row(0).number,), by=by, at=at)  # noqa: E731
    appeal = lambda by, words="不服", at=EXECUTED: lambda: acts.appeal_row(row=case.row(0).number, words=words, by=by, at=at)  # noqa: E731
    all_refused_and_nothing_changed(
        [
            ("别的机构执行", execute(cast.shi), "只能执行本机构"),
            ("考务经办人执行", execute(cast.sun), "办理"),
            ("区里执行", execute(cast.wu), "办理"),
            ("平台提前执行", execute(PLATFORM), "尚未逾期"),
            ("别人申诉", appeal(other), "持证人本人"),
            ("空的申诉", appeal(own, ""), "请写明申诉"),
            ("逾期申诉", appeal(own, at=OVERDUE.replace(month=6)), "已经过期"),
        ],
        *WATCHED,
    )
    appeal(own)()
    answer = lambda by, words="维持": lambda: acts.answer_appeal(row=case.row(0).number, granted=False, answer=words, by=by, at=EXECUTED)  # noqa: E731
    all_refused_and_nothing_changed(
        [
            ("再次申诉", appeal(own), "不能申诉"),
            ("原单位答复", answer(cast.wu), "不由您所在的单位答复"),
            ("没有答复内容", answer(cast.han, " "), "请写明审查情况"),
        ],
        *WATCHED,
    )


def test_the_same_person_does_not_propose_and_decide(case: Case) -> None:
    """一人兼经办和负责人：意见由本人提出的，不能由本人决定。"""
    case.opened().notified().proposed().sent_up()
    RevocationRow.objects.update(proposed_by_id=case.cast.wu.user_id)
    outcomes = acts.decide_rows(number=case.number, rows=(), by=case.cast.wu, at=DECIDED)
    assert all("须由另一人决定" in one.sentence for one in outcomes)
    assert case.case.state == State.PROPOSED


def test_a_request_sent_twice_has_one_effect(case: Case) -> None:
    """同一请求发来两次，只告知一次。"""
    case.opened()
    by = case.cast.wang.with_key("6f1c1c8e-0000-4000-8000-000000000001")
    acts.notify_holders(number=case.number, by=by, at=OPENED)
    with pytest.raises(Refusal):
        acts.notify_holders(number=case.number, by=by, at=OPENED)
    assert Entry.objects.filter(event="revocation.notified").count() == 1


def test_another_sees_nothing(case: Case) -> None:
    """别的机构、别的区、行业看不到案件；持证人只看到自己的那一本。"""
    case.opened().notified()
    for by in (case.cast.shi, case.cast.lv, case.cast.jiang, holder(case.certificate(0))):
        with pytest.raises(NotAllowed):
            queries.case(case.number, by)
    own = holder(case.certificate(0))
    assert queries.row(case.row(0).number, own).certificate_number == case.issued[0]
    with pytest.raises(NotAllowed):
        queries.row(case.row(1).number, own)
    assert Copy.objects.count() == 0
