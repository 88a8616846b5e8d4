"""导入名册: what comes of every row, of the same workbook sent again, and of a workbook that is not the right one?"""

import io
from datetime import date, timedelta

import openpyxl
import pytest

from tests.bodies.people import AT, DAY, actor, id_number, make_body, uscc
from touchstone.accounts.actor import PLATFORM, VISITOR, Actor, NotAllowed
from touchstone.bodies import operations, queries
from touchstone.bodies.models import Body, RosterImport, Student, Worker
from touchstone.bodies.operations import roster_import
from touchstone.files.queries import content, of_case
from touchstone.kernel.law import Refusal
from touchstone.ledger.models import Entry
from touchstone.policy.roles import BodyKind, Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def firm() -> Body:
    return make_body(1)


@pytest.fixture
def lin(firm: Body) -> Actor:
    return actor(firm.office, Role.BODY_FILER)


def filled(template: bytes, sheet: str, rows: list[list[str]]) -> bytes:
    """Give the template with rows typed in."""
    book = openpyxl.load_workbook(io.BytesIO(template))
    for place, row in enumerate(rows, 2):
        for column, text in enumerate(row, 1):
            book[sheet].cell(place, column).value = text or None
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def staff(firm: Body, rows: list[list[str]]) -> bytes:
    return filled(operations.worker_template(body=firm, day=DAY), "在岗职工", rows)


GOOD = ["陈一", id_number(11), "直接用工", "", "", "车工", "2024/1/5", ""]
DISPATCHED = ["陈二", id_number(12), "劳务派遣", "浦江人力公司", "", "钳工", "2024年1月5日", "派遣协议2024-1号"]


def take_in(firm: Body, lin: Actor, rows: list[list[str]]) -> RosterImport:
    return gone_through(operations.import_workers(body=firm, name="名册.xlsx", content=staff(firm, rows), by=lin, at=AT))


def gone_through(run: RosterImport) -> RosterImport:
    """Go through a workbook that was received, as the worker does."""
    return operations.process_roster(number=run.number, by=PLATFORM, at=AT)


def outcomes(run: RosterImport) -> list[tuple[int, str, str]]:
    return list(run.rows.order_by("row_number").values_list("row_number", "outcome", "sentence"))


def test_every_row_has_an_outcome_and_the_workbook_comes_back(firm: Body, lin: Actor) -> None:
    wrong = [
        ["陈三", "31099919900101", "直接用工", "", "", "", "2024-01-05", ""],
        ["陈四", id_number(14), "劳务派遣", "", "", "", "2024-01-05", ""],
        ["陈五", id_number(15), "退休返聘", "", "", "", "2024-01-05", ""],
        ["陈六", id_number(16), "直接用工", "", "不认识的公司", "", "2024-01-05", ""],
        ["", id_number(17), "直接用工", "", "", "", "", ""],
        ["陈一", id_number(11), "直接用工", "", "", "车工", "2024-01-05", ""],
    ]
    run = take_in(firm, lin, [GOOD, DISPATCHED, *wrong])
    assert (run.total, run.accepted, run.refused) == (8, 2, 6)
    said = {number: sentence for number, outcome, sentence in outcomes(run) if outcome == "refused"}
    for number, words in ((4, "应为18位"), (5, "派遣或承揽单位"), (6, "用工形式"), (7, "下属企业"), (8, "没有填写"), (9, "与第2行是同一人")):
        assert words in said[number]
    assert Worker.objects.get(person__name="陈二").evidence == "派遣协议2024-1号"
    assert Worker.objects.get(person__name="陈一").since == date(2024, 1, 5)
    returned = of_case(run.number, "核对结果").get()
    sheet = openpyxl.load_workbook(io.BytesIO(content(returned)))["在岗职工"]
    headers = [cell.value for cell in sheet[1]]
    column = headers.index("核对结果") + 1
    assert str(sheet.cell(2, column).value).startswith("通过")
    assert "派遣或承揽单位" in str(sheet.cell(5, column).value)


def test_the_same_workbook_again_changes_nothing(firm: Body, lin: Actor) -> None:
    take_in(firm, lin, [GOOD, DISPATCHED])
    again = take_in(firm, lin, [GOOD, [*DISPATCHED[:2], "劳务外包", *DISPATCHED[3:]]])
    assert [outcome for _, outcome, _ in outcomes(again)] == ["unchanged", "refused"]
    assert "先登记离岗" in outcomes(again)[1][2]
    assert Worker.objects.count() == 2


def test_one_ledger_line_a_chunk_with_the_hash_of_its_outcomes(firm: Body, lin: Actor) -> None:
    run = take_in(firm, lin, [GOOD])
    line = Entry.objects.get(event="roster.rows_taken")
    assert line.detail["import"] == run.number
    assert line.detail["counts"] == {"entered": 1, "unchanged": 0, "refused": 0}
    assert len(line.detail["sha256"]) == 64
    assert id_number(11) not in str(line.detail)


def test_students_under_an_agreement_have_majors_agreed(firm: Body, lin: Actor) -> None:
    paper = operations.enter_agreement(
        body=firm, school="浦江学院", school_uscc=uscc(9), majors=["数控技术"], signed_on=DAY, since=DAY, until=DAY + timedelta(days=300),
        by=lin, at=AT,
    )  # fmt: skip
    template = operations.student_template(body=firm, agreement=paper)
    rows = [
        ["赵一", id_number(21), "S1", "数控技术", "高职", "是", "2024-09-01", "2027-07-01"],
        ["赵二", id_number(22), "S2", "护理", "高职", "是", "2024-09-01", "2027-07-01"],
        ["赵三", id_number(23), "S3", "数控技术", "高职", "否", "2027-09-01", "2027-07-01"],
    ]
    run = gone_through(
        operations.import_students(body=firm, agreement=paper, name="学生.xlsx", content=filled(template, "学生", rows), by=lin, at=AT)
    )
    assert [outcome for _, outcome, _ in outcomes(run)] == ["entered", "refused", "refused"]
    assert Student.objects.get().agreement == paper
    with pytest.raises(Refusal, match="别的模板"):
        operations.import_students(body=firm, agreement=paper, name="学生.xlsx", content=staff(firm, [GOOD]), by=lin, at=AT)
    operations.end_agreement(number=paper.number, on=DAY, reason="合作结束", by=lin, at=AT)
    paper.refresh_from_db()
    with pytest.raises(Refusal, match="已经终止"):
        operations.import_students(body=firm, agreement=paper, name="学生.xlsx", content=filled(template, "学生", rows), by=lin, at=AT)


def test_a_school_imports_its_own_register(firm: Body) -> None:
    school = make_body(2, name="浦江职业技术学院", kind=BodyKind.SCHOOL)
    fan = actor(school.office, Role.BODY_FILER, serial=501)
    rows = [["赵一", id_number(21), "S1", "数控技术", "高职", "是", "2024-09-01", "2027-07-01"]]
    template = operations.student_template(body=school, agreement=None)
    run = gone_through(
        operations.import_students(body=school, agreement=None, name="学籍.xlsx", content=filled(template, "学生", rows), by=fan, at=AT)
    )
    assert run.accepted == 1
    assert Student.objects.get().agreement is None


@pytest.mark.parametrize(
    ("name", "content_of", "words"),
    [
        pytest.param("名册.xls", b"PK", "不能接收", id="旧格式"),
        pytest.param("名册.xlsx", b"hello", "工作簿|打不开|不是", id="不是工作簿"),
        pytest.param("名册.xlsx", b"", "不是|空", id="空文件"),
    ],
)
def test_a_wrong_file_leaves_nothing(firm: Body, lin: Actor, name: str, content_of: bytes, words: str) -> None:
    before = Entry.objects.count()
    with pytest.raises(Refusal, match=words):
        operations.import_workers(body=firm, name=name, content=content_of, by=lin, at=AT)
    assert (RosterImport.objects.count(), Entry.objects.count()) == (0, before)


def test_another_bodys_template_is_refused(firm: Body, lin: Actor) -> None:
    other = make_body(3)
    with pytest.raises(Refusal, match=other.number):
        operations.import_workers(body=firm, name="名册.xlsx", content=staff(other, [GOOD]), by=lin, at=AT)


def test_only_the_body_itself_imports(firm: Body) -> None:
    stranger = actor(make_body(3).office, Role.BODY_FILER, serial=502)
    planner = actor(firm.office, Role.BODY_PLANNER, serial=503)
    for somebody in (VISITOR, stranger, planner):
        with pytest.raises(NotAllowed):
            operations.import_workers(body=firm, name="名册.xlsx", content=staff(firm, [GOOD]), by=somebody, at=AT)
    assert not RosterImport.objects.exists()


def test_a_killed_run_goes_on_where_it_stood(firm: Body, lin: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    """处理到一半被杀，接着办：每一行只登记一次、只有一个结果。"""
    monkeypatch.setattr(roster_import, "CHUNK", 2)
    rows = [["陈一" + "甲乙丙丁戊"[n], id_number(30 + n), "直接用工", "", "", "车工", "2024/1/5", ""] for n in range(5)]
    received = operations.import_workers(body=firm, name="名册.xlsx", content=staff(firm, rows), by=lin, at=AT)
    assert (received.finished_at, Worker.objects.count()) == (None, 0)

    class Killed(BaseException):
        """The worker is gone."""

    def kill(done: int) -> None:
        if done == 4:
            raise Killed

    with pytest.raises(Killed):
        roster_import.process_roster(number=received.number, by=PLATFORM, at=AT, after_chunk=kill)
    half = RosterImport.objects.get(pk=received.pk)
    assert (half.done, half.total, half.accepted, half.finished_at) == (4, 5, 4, None)
    assert queries.unfinished_rosters(AT + timedelta(minutes=5)) == [received.number]
    for _ in range(2):
        run = gone_through(received)
    assert (run.done, run.accepted, Worker.objects.count(), run.rows.count()) == (5, 5, 5, 5)
    assert Entry.objects.filter(event="roster.rows_taken").count() == 3
    assert Entry.objects.filter(event="roster.finished").count() == 1
    assert queries.unfinished_rosters(AT + timedelta(minutes=5)) == []


def test_only_the_worker_goes_through_a_roster(firm: Body, lin: Actor) -> None:
    """名册由平台在后台登记，机构自己不能越过。"""
    received = operations.import_workers(body=firm, name="名册.xlsx", content=staff(firm, [GOOD]), by=lin, at=AT)
    with pytest.raises(NotAllowed):
        operations.process_roster(number=received.number, by=lin, at=AT)
    assert not Worker.objects.exists()
