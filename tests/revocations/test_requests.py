"""更正补发测试: what a holder asks, what the body finds, what is done; refused wishes leave everything as it was."""

from collections.abc import Callable
from datetime import date

import pytest

from tests.refusing import all_refused_and_nothing_changed
from tests.revocations.giving import EXECUTED, HEARD, OPENED, PDF, Case, holder
from touchstone.accounts.actor import VISITOR, Actor
from touchstone.certificates.models import Certificate
from touchstone.kernel.law import Value
from touchstone.ledger.models import Entry
from touchstone.policy.certificates.revocation import REISSUE_KEEPS_NUMBER
from touchstone.policy.documents import our_default
from touchstone.revocations import operations as acts
from touchstone.revocations import queries
from touchstone.revocations.operations import Wanted
from touchstone.revocations.states import RequestState

WANTED = Wanted("名字写错了", {"姓名": "王洁"}, [("身份证.pdf", PDF)])
WATCHED = ("revocations", "certificates.Certificate")


def asked(case: Case, by: Actor) -> str:
    """The second holder asks for their name to be put right."""
    return acts.ask_correction(certificate_number=case.issued[1], wanted=WANTED, by=by, at=OPENED).number


def test_corrected_in_one_operation(case: Case) -> None:
    """申请、核对、同意：旧证书作废和新证书登记在一次办理中完成，取得日期不变。"""
    own = holder(case.certificate(1))
    number = asked(case, own)
    assert str(queries.request(number, own).due_on) == "2026-04-27"
    acts.check_request(number=number, opinion="属实", changes={}, by=case.cast.sun, at=HEARD)
    found = acts.grant_request(number=number, answer="", by=case.cast.qian, at=HEARD)
    made = Certificate.objects.get(number=found.made_number)
    assert (made.holder_name, made.issued_on, made.basis["replaces"]) == ("王洁", date(2026, 4, 7), case.issued[1])
    assert case.certificate(1).standing == "已撤销" and queries.tombstone(case.certificate(1)).what == "更正"
    assert {one.number for one in queries.requests(own)} == {number}


def test_issued_again_under_its_number_and_the_old_print_is_void(case: Case) -> None:
    """补发沿用原编号，证书仍然有效，补发的时间记下，此前打印的作废。"""
    number = acts.ask_reissue(certificate_number=case.issued[0], words="遗失", by=holder(case.certificate(0)), at=OPENED).number
    acts.check_request(number=number, opinion="属实", changes={}, by=case.cast.sun, at=HEARD)
    found = acts.grant_request(number=number, answer="", by=case.cast.qian, at=EXECUTED)
    assert found.made_number == case.issued[0] and case.certificate(0).is_valid
    assert queries.reissued_on(case.certificate(0)) == EXECUTED
    assert Entry.objects.filter(event="certificate.reissued", subject=case.issued[0]).count() == 1


def test_where_the_parameter_says_so_a_reissue_gets_another_number(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    """参数规定补发另编号的，另发一本，原来的一本作废。"""
    values = (Value(date(2018, 1, 1), False, our_default("证书补发编号")),)
    monkeypatch.setattr(REISSUE_KEEPS_NUMBER, "values", values)
    number = acts.ask_reissue(certificate_number=case.issued[0], words="遗失", by=holder(case.certificate(0)), at=OPENED).number
    acts.check_request(number=number, opinion="属实", changes={}, by=case.cast.sun, at=HEARD)
    found = acts.grant_request(number=number, answer="", by=case.cast.qian, at=EXECUTED)
    assert found.made_number != case.issued[0] and case.certificate(0).standing == "已撤销"


def test_what_may_not(case: Case) -> None:
    """别人的证书、没有材料、没有说明、改等级、核查中、别的机构、经办人决定、没有写怎么办：拒绝，什么也没变。"""
    cast, own, other = case.cast, holder(case.certificate(1)), holder(case.certificate(0))

    def ask(by: Actor, wanted: Wanted = WANTED) -> Callable[[], object]:
        return lambda: acts.ask_correction(certificate_number=case.issued[1], wanted=wanted, by=by, at=OPENED)

    all_refused_and_nothing_changed(
        [
            ("别人的证书", ask(other), "持证人本人"),
            ("未登录", ask(VISITOR), "持证人本人"),
            ("机构代申请", ask(cast.qian), "持证人本人"),
            ("没有材料", ask(own, Wanted("错了", {"姓名": "王洁"})), "没有上传证明材料"),
            ("没有说明", ask(own, Wanted(" ", {}, WANTED.proofs)), "请写明情况"),
            ("改等级", ask(own, Wanted("想高一级", {"等级": "四级"}, WANTED.proofs)), "不能更正"),
        ],
        *WATCHED,
    )
    number = asked(case, own)
    check = lambda by, opinion="属实": lambda: acts.check_request(number=number, opinion=opinion, changes={}, by=by, at=HEARD)  # noqa: E731
    all_refused_and_nothing_changed(
        [
            ("再次申请", ask(own), "正在办理"),
            ("别的机构核对", check(cast.shi), "只能办理本机构"),
            ("区里核对", check(cast.wang), "办理"),
            ("没有核对情况", check(cast.sun, " "), "请写明核对情况"),
            ("没核对就办", lambda: acts.grant_request(number=number, answer="", by=cast.qian, at=HEARD), "不能同意办理"),
            ("别人撤回", lambda: acts.take_back_request(number=number, by=other, at=HEARD), "持证人本人"),
        ],
        *WATCHED,
    )
    check(cast.sun)()
    all_refused_and_nothing_changed(
        [
            ("经办人决定", lambda: acts.grant_request(number=number, answer="", by=cast.sun, at=HEARD), "办理"),
            ("不写怎么办", lambda: acts.refuse_request(number=number, reason="不符", next_step="", by=cast.qian, at=HEARD), "可以怎么办"),
        ],
        *WATCHED,
    )
    acts.refuse_request(number=number, reason="与身份证不符", next_step="请先更正户籍登记", by=cast.qian, at=HEARD)
    assert queries.request(number, own).state == RequestState.REFUSED
    case.opened().notified()
    all_refused_and_nothing_changed([("核查中", ask(own), "正在核查")], *WATCHED)


def test_taken_back_and_asked_again(case: Case) -> None:
    """持证人撤回以后可以再申请；申请只有本人和发证机构看得到。"""
    own = holder(case.certificate(1))
    acts.take_back_request(number=asked(case, own), by=own, at=HEARD)
    assert asked(case, own) != "" and queries.requests(own).count() == 2
    assert queries.requests(case.cast.shi).count() == 0 and queries.requests(case.cast.sun).count() == 2
