"""证书数据随登记簿变动: what is revoked or corrected in the register is told to the national query, revocation and new entry together."""

import csv
import io
from datetime import date
from typing import Any

import pytest

from tests.exams.stage import Stage, moment
from tests.refusing import all_refused_and_nothing_changed
from tests.revocations.giving import HEARD, OPENED, SENT, Case, holder
from tests.revocations.test_requests import WANTED
from tests.uploads.sending import LATER, certified, reviewed
from touchstone.accounts.actor import PLATFORM, VISITOR
from touchstone.certificates.models import Certificate
from touchstone.files.queries import content, of_case
from touchstone.policy.certificates.revocation import Verdict
from touchstone.revocations import operations as acts
from touchstone.uploads import operations
from touchstone.uploads.models import Batch, Entry, Parcel
from touchstone.uploads.queries import plans_to_report, public_words_of

R, C, K = Verdict.REVOKE, Verdict.CORRECT, Verdict.KEEP
ISSUED = moment(date(2026, 4, 7), 10)
AFTER = moment(date(2026, 4, 23), 9)


@pytest.fixture
def stage(db: None) -> Stage:
    """Give a plan whose three certificates were issued here and whose data was accepted."""
    stage = certified()
    batch = operations.receive_issued(plan_number=stage.plan.number, by=PLATFORM, at=ISSUED)
    assert batch is not None
    reviewed(stage.cast, operations.process(number=batch.number, by=PLATFORM, at=ISSUED))
    return stage


@pytest.fixture
def case(stage: Stage) -> Case:
    """Give a case about the three certificates, not opened yet."""
    numbers = list(Certificate.objects.filter(plan_number=stage.plan.number).order_by("number").values_list("number", flat=True))
    return Case(stage.cast, issued=numbers)


def packed(at: Any = LATER) -> Parcel:
    """Put what waits into a file and note that it was sent."""
    parcel = operations.make_parcel(by=PLATFORM, at=at)
    assert parcel is not None
    return operations.note_sent(number=parcel.number, receipt=f"R-{parcel.number}", by=PLATFORM, at=at)


def answered(parcel: Parcel, at: Any = LATER, refuse: str = "") -> None:
    """The other end takes every row but the one it refuses."""
    said = {True: (True, "", ""), False: (False, "E99", "不收")}
    answers = [operations.Answered(number, *said[number != refuse]) for number in parcel.entries.values_list("number", flat=True)]
    told = {"number": parcel.number, "told_parcel": parcel.number, "told_sha256": parcel.sha256}
    operations.take_receipt(**told, answers=answers, by=PLATFORM, at=at)


def file_of(parcel: Parcel) -> list[tuple[str, str, str, str]]:
    """Give what the file says: what is asked, of which certificate, of whom, in whose place."""
    rows = csv.DictReader(io.StringIO(content(of_case(parcel.number)[0]).decode()))
    return [(row["操作"], row["证书编号"], row["姓名"], row["代替的证书编号"]) for row in rows]


def test_a_correction_goes_as_revocation_and_new_entry_in_one_file(case: Case) -> None:
    """更正：新证书走同一条链，由决定接收；撤销旧的、登记新的在同一个上报包，撤销在前；公众查到已接收。一本撤销的随同上报。"""
    answered(packed())
    case.ordered(R, C, K).executed()
    new, name = case.row(1).replaced_by, case.certificate(1).holder_name
    made = Entry.objects.get(number=new)
    assert (made.state, made.national, made.name, made.batch.way) == ("accepted", "waiting", "王洁", "correction")
    assert {one["outcome"] for one in made.findings} == {"met"}
    assert made.batch.reason == f"依据{case.case.office.name}在案件{case.number}中的决定接收"
    assert public_words_of(new) == "证书数据已由人社部门接收，正在上报全国联网查询，不影响证书效力。"
    assert Entry.objects.get(number=case.issued[1], act="enter").state == "revoked"
    parcel = packed(AFTER)
    told = [("撤销", case.issued[1], name, ""), ("登记", new, "王洁", case.issued[1])]
    assert file_of(parcel) == [*told, ("撤销", case.issued[0], case.certificate(0).holder_name, "")]
    answered(parcel, AFTER)
    assert public_words_of(new) == "证书数据已由人社部门接收，全国联网查询已收录。"
    assert operations.make_parcel(by=PLATFORM, at=AFTER) is None
    assert plans_to_report(moment(date(2026, 4, 1), 0)) == []


def test_what_the_national_query_never_heard_of_it_need_not_revoke(case: Case) -> None:
    """还没有上报的证书撤销了，不用上报撤销；更正的只报新证书。"""
    case.ordered(R, C, K).executed()
    parcel = packed(AFTER)
    told = {(act, number) for act, number, _, _ in file_of(parcel)}
    assert told == {("登记", case.issued[2]), ("登记", case.row(1).replaced_by)}
    assert not Batch.objects.filter(way="revocation").exists()


def test_while_an_answer_is_awaited_revocation_and_new_entry_wait(case: Case) -> None:
    """旧证书的回执没有到，撤销和新证书都不报；回执说没有收录，撤销不用报，新证书照报。"""
    first = packed()
    case.ordered(R, C, K).executed()
    assert operations.make_parcel(by=PLATFORM, at=AFTER) is None
    answered(first, AFTER, refuse=case.issued[1])
    told = [(act, number) for act, number, _, _ in file_of(packed(AFTER))]
    assert told == [("登记", case.row(1).replaced_by), ("撤销", case.issued[0])]
    assert Entry.objects.get(number=case.issued[1], act="revoke").state == "reverted"


def test_a_request_of_the_holder_goes_before_the_office_and_both_rows_wait_for_it(case: Case) -> None:
    """持证人申请、机构办理的更正：新证书数据交审核，接收以前撤销也不报；接收后一并上报。"""
    answered(packed())
    number = acts.ask_correction(certificate_number=case.issued[1], wanted=WANTED, by=holder(case.certificate(1)), at=OPENED).number
    acts.check_request(number=number, opinion="属实", changes={}, by=case.cast.sun, at=HEARD)
    made = acts.grant_request(number=number, answer="", by=case.cast.qian, at=HEARD)
    batch = Batch.objects.get(way="correction")
    assert (batch.state, batch.entries.get(number=made.made_number).state) == ("under_review", "passed")
    assert operations.make_parcel(by=PLATFORM, at=SENT) is None
    reviewed(case.cast, batch)
    assert [(act, of) for act, of, _, _ in file_of(packed(SENT))] == [("撤销", case.issued[1]), ("登记", made.made_number)]


def test_an_appeal_that_is_right_puts_another_there(case: Case) -> None:
    """撤销后申诉成立：另发的证书由申诉决定接收，随后上报。"""
    answered(packed())
    case.ordered(R, K, K).executed()
    answered(packed(AFTER), AFTER)
    acts.appeal_row(row=case.row(0).number, words="在范围内", by=holder(case.certificate(0)), at=AFTER)
    acts.answer_appeal(row=case.row(0).number, granted=True, answer="属实", by=case.cast.han, at=AFTER)
    new = case.row(0).replaced_by
    assert [(act, of) for act, of, _, _ in file_of(packed(AFTER))] == [("登记", new)]
    assert "申诉成立" in Entry.objects.get(number=new).why


def test_a_revocation_sent_back_is_settled_by_the_centre(case: Case) -> None:
    """撤销被退回：市职鉴中心核对后再报；别人不能办；查无收录的写明后不再报。"""
    answered(packed())
    case.ordered(R, K, K).executed()
    parcel = packed(AFTER)
    answered(parcel, AFTER, refuse=case.issued[0])
    row = Entry.objects.get(act="revoke")
    number, place = row.batch.number, row.row_number
    again = lambda by, reason="已核对": lambda: operations.tell_again(number=number, row=place, reason=reason, by=by, at=AFTER)  # noqa: E731
    all_refused_and_nothing_changed(
        [
            ("区里", again(case.cast.zhou), "市职鉴中心"),
            ("机构", again(case.cast.sun), "市职鉴中心"),
            ("未登录", again(VISITOR), "市职鉴中心"),
            ("没有说明", again(case.cast.han, " "), "核对的情况"),
        ],
        "uploads",
    )
    made = again(case.cast.han)()
    assert (made.national, Entry.objects.get(pk=row.pk).state) == ("waiting", "replaced")
    answered(packed(AFTER), AFTER, refuse=case.issued[0])
    operations.let_revocation_rest(number=made.batch.number, row=made.row_number, reason="对方查无此证", by=case.cast.han, at=AFTER)
    assert operations.make_parcel(by=PLATFORM, at=AFTER) is None


def test_a_certificate_revoked_before_its_data_is_accepted_is_not_accepted(db: None) -> None:
    """审核期间撤销的证书，不随本批接收，也不上报。"""
    stage = certified()
    batch = operations.receive_issued(plan_number=stage.plan.number, by=PLATFORM, at=ISSUED)
    assert batch is not None
    operations.process(number=batch.number, by=PLATFORM, at=ISSUED)
    numbers = list(batch.entries.order_by("number").values_list("number", flat=True))
    Case(stage.cast, issued=numbers).ordered(R, K, K).executed()
    reviewed(stage.cast, batch)
    assert dict(batch.entries.values_list("number", "state")) == {numbers[0]: "revoked", numbers[1]: "accepted", numbers[2]: "accepted"}
