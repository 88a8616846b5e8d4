"""证书数据的路: from the workbook, or from what we issued, to the register and the national query, and back for correction."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.exams.stage import Stage, moment
from tests.refusing import refused_and_nothing_changed
from tests.uploads.sending import LATER, PREFIX, SENT, certified, reviewed, rows_of, sent_in, workbook
from touchstone.accounts.actor import PLATFORM
from touchstone.certificates.queries import by_number
from touchstone.kernel.law import Refusal
from touchstone.uploads import operations
from touchstone.uploads.models import Entry
from touchstone.uploads.queries import acceptance_of, plans_to_report, public_words_of


def test_a_workbook_goes_all_the_way(stage: Stage) -> None:
    """自有系统编号的证书：上传、核对、提交、抽查、接收、登记、上报、收录。"""
    cast = stage.cast
    batch = sent_in(cast, rows_of(stage))
    assert (batch.state, batch.passed, batch.broken) == ("checked", 3, 0), list(batch.entries.values_list("sentence", flat=True))
    batch = operations.submit(number=batch.number, by=cast.sun, at=SENT, secret=b"\1" * 32)
    assert (batch.office.district, batch.due_on) == ("310115", date(2026, 4, 15))
    assert acceptance_of([f"{PREFIX}265000501"]) == {f"{PREFIX}265000501": "待审核"}
    assert by_number(f"{PREFIX}265000501") is None
    batch = reviewed(cast, batch)
    found = by_number(f"{PREFIX}265000501")
    assert found is not None
    assert (found.holder_name, found.level_label, found.candidate_number[:2]) == (batch.entries.get(row_number=2).name, "五级/初级工", "KS")
    parcel = operations.make_parcel(by=PLATFORM, at=LATER)
    assert parcel is not None
    assert operations.make_parcel(by=PLATFORM, at=LATER) is None
    operations.note_sent(number=parcel.number, receipt="R1", by=PLATFORM, at=LATER)
    assert acceptance_of([found.number]) == {found.number: "已上报"}
    answers = [operations.Answered(f"{PREFIX}26500050{n}", True) for n in (1, 2)]
    answers.append(operations.Answered(f"{PREFIX}265000503", False, "E07", "文化程度不在代码表内"))
    for _ in range(2):
        operations.take_receipt(number=parcel.number, told_parcel=parcel.number, told_sha256=parcel.sha256, answers=answers, by=PLATFORM, at=LATER)
    parcel.refresh_from_db()
    assert (parcel.taken, parcel.returned) == (2, 1)
    assert public_words_of(found.number) == "证书数据已由人社部门接收，全国联网查询已收录。"
    assert public_words_of(f"{PREFIX}265000503").endswith("正在上报全国联网查询，不影响证书效力。")
    mended = operations.correct(number=batch.number, row=4, told={"education": "普通高中"}, reason="按代码表改", by=cast.sun, at=LATER)
    assert mended.batch.way == "correction"
    assert mended.batch.state == "under_review"
    reviewed(cast, mended.batch)
    again = operations.make_parcel(by=PLATFORM, at=LATER)
    assert again is not None
    assert again.rows == 1


def test_what_we_issue_forms_a_batch_by_itself(db: None) -> None:
    """平台核发的证书自动成批，提交审核；再做一次不多一批。"""
    stage = certified()
    cast = stage.cast
    at = moment(date(2026, 4, 7), 10)
    assert plans_to_report(moment(date(2026, 4, 1), 0)) == [stage.plan.number]
    batch = operations.receive_issued(plan_number=stage.plan.number, by=PLATFORM, at=at)
    assert batch is not None
    done = operations.process(number=batch.number, by=PLATFORM, at=at)
    assert (done.state, done.passed) == ("under_review", 3), list(done.entries.values_list("sentence", flat=True))
    assert operations.receive_issued(plan_number=stage.plan.number, by=PLATFORM, at=at) is None
    assert plans_to_report(moment(date(2026, 4, 1), 0)) == []
    reviewed(cast, done)
    assert set(acceptance_of(Entry.objects.values_list("number", flat=True)).values()) == {"待上报"}


def test_the_broken_link_is_named(stage: Stage) -> None:
    """每一行都说明断在哪一环、依据和下一步；其余的行不受影响。"""
    cast = stage.cast
    first, second, third = rows_of(stage)
    wrong = [
        first,
        second | {"number": second["number"][:-1]},
        third | {"theory": "90"},
        third | {"occupation_code": "6-18-01-02"},
        third | {"plan": ""},
        third | {"issued_on": "2026-03-31"},
        third | {"id_number": "11010119900307123X"},
        first | {"name": "别人"},
        third | {"issued_on": "4月7日"},
    ]
    batch = sent_in(cast, wrong)
    told = dict(batch.entries.values_list("row_number", "sentence"))
    assert told[2] == ""
    for row, words in {
        3: "证书编号应为22位，现为21位",
        4: "平台登记的是80",
        5: "职业、工种或等级与认定计划",
        6: "平台上没有认定计划",
        7: "发证日期2026-03-31不晚于公示末日2026-03-31",
        8: "证件号码校验位不符",
        9: "姓名与该证件号码的考生不一致",
        10: "认不出来",
    }.items():
        assert words in told[row], told[row]
    assert "（依据：" in told[4]
    assert told[4].endswith("登记有误的，先在成绩页更正。")
    assert batch.returned


def test_the_number_of_queries_does_not_grow_with_the_rows(stage: Stage) -> None:
    """核对一千行与核对三行的查询次数相同。"""
    cast = stage.cast
    rows = rows_of(stage)

    def queries(many: list[dict[str, str]], day: int) -> int:
        batch = operations.receive(name="a.xlsx", content=workbook(many), by=cast.sun, at=moment(date(2026, 4, day), 9))
        with CaptureQueriesContext(connection) as seen:
            operations.process(number=batch.number, by=PLATFORM, at=moment(date(2026, 4, day), 9))
        operations.revert(number=batch.number, reason="试", by=cast.sun, at=moment(date(2026, 4, day), 10))
        return len(seen)

    few = queries(rows[:1], 8)
    many = queries([*rows, *(rows[2] | {"number": f"{PREFIX}265{n:06d}"} for n in range(600, 680))], 9)
    assert many <= few, (few, many)


def test_a_batch_is_returned_and_corrected(stage: Stage) -> None:
    """指出有误的行，退回，逐行更正，再提交；原来的行留着。"""
    cast = stage.cast
    batch = sent_in(cast, rows_of(stage))
    operations.submit(number=batch.number, by=cast.sun, at=SENT)
    operations.object_to(number=batch.number, row=3, words_="文化程度与学籍不符", by=cast.zhou, at=LATER)
    with pytest.raises(Refusal, match="有1行指出有误"):
        operations.accept(number=batch.number, by=cast.zhou, at=LATER)
    returned = operations.return_for_correction(number=batch.number, reason="请核对", by=cast.zhou, at=LATER)
    assert (returned.state, returned.due_on) == ("returned", date(2026, 4, 16))
    with pytest.raises(Refusal, match="还有1行审核有误"):
        operations.submit(number=batch.number, by=cast.sun, at=LATER)
    with pytest.raises(Refusal, match="平台登记的是80"):
        operations.correct(number=batch.number, row=3, told={"theory": "81"}, reason="改", by=cast.sun, at=LATER)
    made = operations.correct(number=batch.number, row=3, told={"education": "中专"}, reason="已核对学籍", by=cast.sun, at=LATER)
    assert made.replaces is not None
    assert (made.row_number, made.replaces.row_number, made.replaces.state) == (5, 3, "replaced")
    again = operations.submit(number=batch.number, by=cast.sun, at=LATER)
    assert len(again.draw["turns"]) == 2
    assert reviewed(cast, again).state == "accepted"


def test_nobody_accepts_before_the_drawn_rows_were_looked_at(stage: Stage) -> None:
    """抽中的行没有看过，不能接收。"""
    cast = stage.cast
    batch = sent_in(cast, rows_of(stage))
    operations.submit(number=batch.number, by=cast.sun, at=SENT)
    refused_and_nothing_changed(lambda: operations.accept(number=batch.number, by=cast.zhou, at=LATER), "还有3行没有看", "uploads", "certificates")


def test_a_whole_upload_is_taken_back(stage: Stage) -> None:
    """接收以前可以整份撤回，编号随之空出；接收以后不能。"""
    cast = stage.cast
    rows = rows_of(stage)
    batch = sent_in(cast, rows)
    same = operations.receive(name="b.xlsx", content=workbook(rows), by=cast.sun, at=SENT)
    assert same.number == batch.number
    operations.revert(number=batch.number, reason="传错了文件", by=cast.sun, at=SENT)
    again = sent_in(cast, rows)
    assert (again.number != batch.number, again.passed) == (True, 3)
    operations.submit(number=again.number, by=cast.sun, at=SENT)
    reviewed(cast, again)
    with pytest.raises(Refusal, match="已经接收，不能整份撤回"):
        operations.revert(number=again.number, reason="改主意", by=cast.sun, at=LATER)


def test_a_refused_batch_reaches_nothing(stage: Stage) -> None:
    """不予接收的不进登记簿。"""
    cast = stage.cast
    batch = sent_in(cast, rows_of(stage))
    operations.submit(number=batch.number, by=cast.sun, at=SENT)
    operations.refuse(number=batch.number, reason="现场核查未见考试", by=cast.wu, at=LATER)
    assert by_number(f"{PREFIX}265000501") is None
    assert operations.make_parcel(by=PLATFORM, at=LATER) is None
