"""试题的导入和导出: a file is gone through, confirmed, loaded once and taken back; what goes out is opened on record."""

import io
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.questions.conftest import THEORY, Stand
from touchstone.accounts.actor import PLATFORM, NotAllowed
from touchstone.files.queries import content, of_case
from touchstone.kernel.law import Refusal
from touchstone.ledger.models import Entry
from touchstone.measurement.interchange import plain
from touchstone.measurement.interchange.delivery import Format, Outgoing
from touchstone.measurement.interchange.doors import read_file, write_file
from touchstone.questions import operations, queries
from touchstone.questions.models import Opening, Question, QuestionExport, QuestionImport
from touchstone.questions.operations.exporting import KEPT_FOR, forget_exports
from touchstone.questions.operations.importing import process_import
from touchstone.questions.states import QuestionState
from touchstone.questions.workbook import questions_workbook, read_workbook
from touchstone.simulation import bank as simulated
from touchstone.simulation.bank import STANDARD
from touchstone.simulation.bank_topics import TOPICS

ABOUT: dict[str, Any] = {"standard": STANDARD, "level": 5, "part": THEORY, "element": "1.1.1", "difficulty": "0.70", "secrecy": 1}
GIFT = """$CATEGORY: 车工

::一:: 硬质合金刀具适合高速切削。 {T}

只有说明

::二:: 最硬的刀具材料是 {=金刚石 #对 ~硬质合金 ~高速钢}
"""


class Killed(BaseException):
    """What a worker that is killed looks like."""


def received(stand: Stand, data: bytes = GIFT.encode(), name: str = "题.txt", **changed: Any) -> QuestionImport:
    run = operations.receive_import(bank=stand.bank.number, name=name, content=data, about={**ABOUT, **changed}, by=stand.jin, at=stand.at)
    return process_import(number=run.number, by=PLATFORM, at=stand.at)


def loaded(stand: Stand) -> QuestionImport:
    run = received(stand)
    operations.confirm_import(number=run.number, by=stand.jin, at=stand.at)
    return process_import(number=run.number, by=PLATFORM, at=stand.at)


def test_a_file_is_gone_through_and_nothing_is_made(stand: Stand) -> None:
    """核对：逐题有结果，不写入题库。"""
    run = received(stand)
    rows = [(row.line, row.outcome) for row in queries.import_rows(run)]
    assert rows == [(3, "ready"), (5, "refused"), (7, "ready")]
    assert (run.form, run.state_label, run.counts) == (Format.GIFT, "待确认", {"ready": 2, "refused": 1})
    assert not Question.objects.exists()
    assert "硬质合金".encode() not in bytes(run.sealed or b""), "文件本身加密保存"


def test_one_bad_row_never_stops_the_rest(stand: Stand) -> None:
    """一行里的数大得离谱：只有这一行不收，说明原因，其余照样核对。"""
    fine = {"题型": "判断题", "题干": "开机前应检查防护罩。", "答案": "对"}
    absurd = [{"预估难度": "1e999999"}, {"预估难度": "难"}, {"分值": "9" * 50}, {"分值": "1e999999"}, {"用时（分钟）": "1e20"}]
    run = received(stand, questions_workbook([*({**fine, **each} for each in absurd), fine]), "题.xlsx")
    rows = list(queries.import_rows(run))
    assert [row.outcome for row in rows] == ["refused"] * len(absurd) + ["ready"]
    assert all(row.sentence for row in rows[:-1])


def test_what_is_wrong_with_a_cell_is_said_once(stand: Stand) -> None:
    """单元格里的数丢了末几位：只说一遍是哪一列、怎么改。"""
    book = openpyxl.load_workbook(filename=_file(questions_workbook([{"题型": "判断题", "题干": "开机前应检查防护罩。", "答案": "对"}])))
    book["试题"]["B2"] = 1e17
    memory = io.BytesIO()
    book.save(memory)
    (row,) = queries.import_rows(received(stand, memory.getvalue(), "题.xlsx"))
    assert row.outcome == "refused"
    assert row.sentence.count("题干") == row.sentence.count("“题干”") == 1, row.sentence


def test_confirmed_it_becomes_drafts_of_whoever_brought_it_once(stand: Stand) -> None:
    """确认后成为草稿；再确认、再处理都不会多出一题；文件不再保存。"""
    run = loaded(stand)
    operations.confirm_import(number=run.number, by=stand.jin, at=stand.at)
    run = process_import(number=run.number, by=PLATFORM, at=stand.at)
    assert (run.state_label, run.counts, run.sealed) == ("已导入", {"made": 2, "refused": 1}, None)
    made = list(Question.objects.order_by("id"))
    assert [(one.state, one.written_by_id, one.element) for one in made] == [(QuestionState.DRAFTED, stand.jin.user_id, "1.1.1")] * 2
    opened = operations.open_contents(number=made[1].number, reason="核对导入", by=stand.jin, at=stand.at)
    assert plain(opened.content.options[0].feedback) == "对"
    lines = [f"{one.event} {one.detail}" for one in Entry.objects.all()]
    assert not [line for line in lines if "金刚石" in line]


def test_a_run_that_was_killed_makes_every_question_once(stand: Stand) -> None:
    """导入到一半被杀掉，再来一次，每题恰好一次。"""
    many = "\n\n".join(f"第{place}题，车床转速与{place}号齿轮有关。 {{T}}" for place in range(45))
    run = received(stand, many.encode())
    operations.confirm_import(number=run.number, by=stand.jin, at=stand.at)

    def killed(done: int) -> None:
        raise Killed

    with pytest.raises(Killed):
        process_import(number=run.number, by=PLATFORM, at=stand.at, after_chunk=killed)
    assert Question.objects.count() == 20
    process_import(number=run.number, by=PLATFORM, at=stand.at)
    assert Question.objects.count() == 45


def test_likeness_and_repeats_inside_the_file_are_warned_of(stand: Stand) -> None:
    """与题库相似的、本份里重复的，都提示。"""
    there = stand.question("drafted")
    gift = write_file([Outgoing("a", simulated.choice(TOPICS[0])), Outgoing("b", simulated.choice(TOPICS[0]))], Format.GIFT, {}).content
    first, second = queries.import_rows(received(stand, gift))
    assert (first.outcome, first.alike) == ("warned", [[there.number, 100]])
    assert "与本份第1题的文字相同" in second.sentence


def test_a_workbook_says_per_row_what_it_is_tied_to_and_returns_with_results(stand: Stand) -> None:
    """Excel：每行可以另写等级、鉴定点；有错的行在末列写明。"""
    rows = [
        {"题型": "判断题", "题干": "开机前应检查防护罩。", "答案": "对", "等级": "四级/中级工", "鉴定点": "2.1.1", "密级": "秘密"},
        {"题型": "单选题", "题干": "只写了题干"},
        {"题型": "判断题", "题干": "操作时可以戴手套。", "答案": "错", "等级": "九级"},
    ]
    run = received(stand, questions_workbook(rows), "题.xlsx")
    found = list(queries.import_rows(run))
    assert [row.outcome for row in found] == ["ready", "refused", "refused"]
    assert "选项A" in found[1].sentence
    assert "九级" in found[2].sentence
    returned = content(of_case(run.number)[0])
    sheet = openpyxl.load_workbook(filename=_file(returned))["试题"]
    assert sheet.cell(2, sheet.max_column).value == "通过"
    assert "选项A" in str(sheet.cell(3, sheet.max_column).value)
    operations.confirm_import(number=run.number, by=stand.jin, at=stand.at)
    process_import(number=run.number, by=PLATFORM, at=stand.at)
    made = Question.objects.get()
    assert (made.level, made.element, made.secrecy) == (4, "2.1.1", 2)


def _file(data: bytes) -> Any:
    return io.BytesIO(data)


@pytest.mark.parametrize(
    "data", [b"<quiz", b'<!DOCTYPE x [<!ENTITY a "b">]><quiz/>', b"PK\x03\x04xx", b"plain words"], ids=["半截", "实体", "坏压缩包", "别的"]
)
def test_a_file_that_cannot_be_read_is_given_up_with_its_sentence(data: bytes, stand: Stand) -> None:
    """读不了的文件：写明原因，不留内容。"""
    run = received(stand, data)
    assert (run.state_label, run.sealed) == ("没有读完", None)
    assert run.failed_because
    with pytest.raises(Refusal):
        operations.confirm_import(number=run.number, by=stand.jin, at=stand.at)


def test_undone_as_a_whole_unless_one_was_sent_on(stand: Stand) -> None:
    """整份撤销：草稿停用、行和存证留下；有一题送审了，就一题也不撤。"""
    run = loaded(stand)
    first = Question.objects.order_by("id").first()
    assert first is not None
    operations.submit_question(number=first.number, by=stand.jin, at=stand.at)
    with pytest.raises(Refusal, match="已经送审"):
        operations.undo_import(number=run.number, reason="选错了标准", by=stand.jin, at=stand.at)
    assert not Question.objects.filter(state=QuestionState.RETIRED).exists()
    Question.objects.filter(pk=first.pk).update(state=QuestionState.DRAFTED)
    run = operations.undo_import(number=run.number, reason="选错了标准", by=stand.jin, at=stand.at)
    assert (run.state_label, run.counts) == ("已撤销", {"undone": 2, "refused": 1})
    assert {one.state for one in Question.objects.all()} == {QuestionState.RETIRED}
    with pytest.raises(Refusal, match="已经撤销"):
        operations.undo_import(number=run.number, reason="再撤一次", by=stand.jin, at=stand.at)


def test_taking_back_is_one_line_and_holds_its_questions_meanwhile(stand: Stand) -> None:
    """整份撤销：先锁住这些试题，别人这时不能送审；存证一行，写明撤销了哪些题。"""
    run = loaded(stand)
    before = Entry.objects.count()
    with CaptureQueriesContext(connection) as asked:
        operations.undo_import(number=run.number, reason="选错了标准", by=stand.jin, at=stand.at)
    (line,) = Entry.objects.order_by("pk")[before:]
    assert (line.event, line.detail["questions"]) == ("questions.import_undone", sorted(Question.objects.values_list("number", flat=True)))
    assert [one for one in asked.captured_queries if "FOR UPDATE" in one["sql"] and 'FROM "questions_question" ' in one["sql"]]


def test_who_may_bring_confirm_and_see(stand: Stand) -> None:
    """只有本题库的命题人和管理员能导入；别的命题人看不到他人的导入，管理员看得到。"""
    for name in ("kong", "gu", "ji", "ge", "wang", "lin", "zhu"):
        with pytest.raises(NotAllowed):
            operations.receive_import(bank=stand.bank.number, name="题.txt", content=b"x", about=ABOUT, by=getattr(stand, name), at=stand.at)
    run = received(stand)
    assert [queries.imports(stand.bank, getattr(stand, name)).count() for name in ("jin", "yun", "kong", "ji")] == [1, 1, 0, 0]
    for name in ("kong", "ji", "wang"):
        with pytest.raises(Refusal):
            operations.confirm_import(number=run.number, by=getattr(stand, name), at=stand.at)
        with pytest.raises(NotAllowed):
            queries.question_import(run.number, getattr(stand, name))


def exported(stand: Stand, form: Format, *numbers: str) -> QuestionExport:
    return operations.export_questions(bank=stand.bank.number, numbers=numbers, form=form, reason="送印刷厂试排", by=stand.yun, at=stand.at)


@pytest.mark.parametrize("form", list(Format), ids=lambda one: one.label)
def test_every_format_goes_out_with_an_opening_for_each_question(form: Format, stand: Stand) -> None:
    """导出：每题一条调阅记录，文件加密保存一天，只给导出人。"""
    numbers = [stand.question("approved").number, stand.question("drafted", 1).number]
    made = exported(stand, form, *numbers)
    assert made.questions == 2
    assert {(one.question.number, one.reason) for one in Opening.objects.select_related("question")} == {(one, "送印刷厂试排") for one in numbers}
    found, data = operations.exported_file(number=made.number, by=stand.yun, at=stand.at)
    again = read_workbook(data) if form is Format.SHEET else read_file(data, found.name)
    assert [plain(one.taken.stem) for one in again.incoming] == [plain(simulated.choice(TOPICS[place]).stem) for place in (0, 1)]
    with pytest.raises(Refusal, match="导出人"):
        operations.exported_file(number=made.number, by=stand.jin, at=stand.at)


def test_after_a_day_the_file_is_gone_and_its_record_stays(stand: Stand) -> None:
    """一天以后文件清除，事由和损失仍在。"""
    made = exported(stand, Format.GIFT, stand.question("approved").number)
    later = stand.at + KEPT_FOR * 1.01
    with pytest.raises(Refusal, match="下载期"):
        operations.exported_file(number=made.number, by=stand.yun, at=later)
    assert forget_exports(at=later) == 1
    assert QuestionExport.objects.get().left[0][0] == Question.objects.get().number


def test_what_may_not_be_opened_or_is_elsewhere_does_not_go_out(stand: Stand) -> None:
    """不是管理员、没有事由、别的题库的试题：都不导出，也没有调阅记录。"""
    number, city = stand.question("approved").number, stand.question("approved", 1, city=True).number
    for name in ("jin", "kong", "ji", "gu", "wang"):
        with pytest.raises(NotAllowed):
            operations.export_questions(
                bank=stand.bank.number, numbers=[number], form="gift", reason="看看内容", by=getattr(stand, name), at=stand.at
            )
    for numbers, reason in (([number], " "), ([city], "送印刷厂"), ([], "送印刷厂")):
        with pytest.raises(Refusal):
            operations.export_questions(bank=stand.bank.number, numbers=numbers, form="gift", reason=reason, by=stand.yun, at=stand.at)
    assert not Opening.objects.exists()
    assert not QuestionExport.objects.exists()
