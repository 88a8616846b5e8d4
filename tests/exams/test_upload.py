"""报名表测试: does every workbook come in whole or not at all, with an outcome for each row?"""

import io
import zipfile
from collections.abc import Callable
from datetime import date
from typing import Any

import openpyxl
import pytest

from tests.cast import Cast
from tests.exams.registering import row, terms, workbook
from touchstone.accounts.actor import PLATFORM, NotAllowed
from touchstone.accounts.models import Person
from touchstone.exams.models import Candidate, Plan, Upload, UploadRow
from touchstone.exams.operations.plans import change_plan
from touchstone.exams.operations.registration_import import process_upload
from touchstone.exams.operations.registration_upload import receive_upload, stop_upload
from touchstone.files.models import Attachment
from touchstone.files.queries import content as content_of
from touchstone.files.workbooks import WorkbookRefused
from touchstone.kernel.law import Refusal
from touchstone.ledger.models import Entry


def send(
    cast: Cast, plan: Plan, content: bytes, *, name: str = "报名表.xlsx", who: str = "sun", employment: str = "直接用工", **more: object
) -> Upload:
    """Send a workbook in, as the page does."""
    at = more.get("at", cast.at)
    ground = str(more.get("ground", "own_staff"))
    return receive_upload(
        plan_number=plan.number,
        name=name,
        content=content,
        ground=ground,
        employment=employment,
        by=getattr(cast, who),
        at=at,  # type: ignore[arg-type]
    )


def register(cast: Cast, plan: Plan, rows: list[dict[str, str]], **more: object) -> Upload:
    """Send a workbook in and process it."""
    upload = send(cast, plan, workbook(plan, rows), **more)  # type: ignore[arg-type]
    return process_upload(number=upload.number, by=PLATFORM, at=cast.at)


def sentences(upload: Upload) -> dict[int, str]:
    """Give what is told of each row."""
    return {one.row_number: "；".join(one.sentences) for one in upload.rows.all()}


def changed(content: bytes, change: Callable[[openpyxl.Workbook], None]) -> bytes:
    """Give a workbook after a person worked on it."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_rows_become_candidates_and_faults_are_named(cast: Cast, plan: Plan) -> None:
    upload = register(cast, plan, [row(1), row(2, sex="女"), row(3, years_in_field="3")])
    assert (upload.state, upload.total, upload.cursor, upload.accepted, upload.refused) == ("finished", 3, 3, 2, 1)
    assert "性别填“女”" in sentences(upload)[3]
    first = Candidate.objects.order_by("id").first()
    assert first is not None
    assert first.number == "KS20260000100001"
    assert (first.ground, first.employment, first.applied_on) == ("own_staff", "直接用工", date(2026, 3, 2))


def test_identity_is_nowhere_in_the_clear(cast: Cast, plan: Plan) -> None:
    number = row(1)["证件号码"]
    upload = register(cast, plan, [row(1), row(2, id_number=number[:-1] + "0")])
    stored = [*Candidate.objects.values_list("claims", "findings"), *UploadRow.objects.values_list("sentences"), *Entry.objects.values_list("detail")]
    assert number not in str(stored)
    assert number.encode() not in bytes(Person.objects.get(candidacies__plan=plan).id_sealed)
    assert upload.attachment.name == "报名表.xlsx"


def test_the_same_workbook_comes_back_with_a_result_per_row(cast: Cast, plan: Plan) -> None:
    upload = register(cast, plan, [row(1), row(2, sex="女")])
    assert upload.returned is not None
    sheet = openpyxl.load_workbook(io.BytesIO(content_of(upload.returned)))["报名信息"]
    column = {cell.value: place for place, cell in enumerate(sheet[1], 1)}["核对结果"]
    assert sheet.cell(2, column).value == "通过"
    assert "性别" in str(sheet.cell(3, column).value)


def test_a_returned_workbook_put_right_is_sent_again_and_nobody_counts_twice(cast: Cast, plan: Plan) -> None:
    upload = register(cast, plan, [row(1), row(2, sex="女")])
    assert upload.returned is not None

    def put_right(book: openpyxl.Workbook) -> None:
        sheet = book["报名信息"]
        headers = [cell.value for cell in sheet[1]]
        sheet.cell(3, headers.index("性别") + 1).value = "男"

    again = send(cast, plan, changed(content_of(upload.returned), put_right))
    done = process_upload(number=again.number, by=PLATFORM, at=cast.at)
    assert (done.accepted, done.refused, Candidate.objects.count()) == (2, 0, 2)
    assert "没有重复登记" in sentences(done)[2]


def test_the_same_file_twice_is_one_upload(cast: Cast, plan: Plan) -> None:
    content = workbook(plan, [row(1)])
    first = send(cast, plan, content)
    assert send(cast, plan, content).number == first.number
    process_upload(number=first.number, by=PLATFORM, at=cast.at)
    assert send(cast, plan, content).number == first.number
    assert Upload.objects.count() == 1


def test_two_uploads_at_once_the_second_waits(cast: Cast, plan: Plan) -> None:
    send(cast, plan, workbook(plan, [row(1)]))
    with pytest.raises(Refusal, match="一次只处理一份"):
        send(cast, plan, workbook(plan, [row(2)]))
    assert Upload.objects.count() == 1


def faulty(kind: str, plan: Plan) -> bytes:
    """Give a workbook that cannot be taken."""
    good = workbook(plan, [row(1)])
    match kind:
        case "别的版本":
            return changed(good, lambda book: _set(book, "模板标记", "B2", "2019.9"))
        case "没有标记":
            return changed(good, lambda book: book.remove(book["模板标记"]))
        case "合并单元格":
            return changed(good, lambda book: book["报名信息"].merge_cells("B2:B3"))
        case "改了表头":
            return changed(good, lambda book: _set(book, "报名信息", "G1", "名字"))
        case "别的计划":
            return changed(good, lambda book: _set(book, "模板标记", "B4", "JH202699999"))
        case "不是工作簿":
            return b"just some text that somebody renamed"
        case "是别的压缩包":
            out = io.BytesIO()
            with zipfile.ZipFile(out, "w") as archive:
                archive.writestr("hello.txt", "hello")
            return out.getvalue()
        case "空文件":
            return b""
        case _:
            return b"PK\x03\x04" + bytes(200 * 1024 * 1024)


def _set(book: openpyxl.Workbook, sheet: str, cell: str, value: str) -> None:
    book[sheet][cell] = value


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        pytest.param(kind, words, id=kind)
        for kind, words in {
            "别的版本": "模板版本不对",
            "没有标记": "不是由本系统下载",
            "合并单元格": "B2:B3",
            "改了表头": "名字",
            "别的计划": "JH202699999",
            "不是工作簿": "不是Excel工作簿",
            "是别的压缩包": "不是Excel工作簿",
            "空文件": "空的",
            "200MB": "超过20MB",
        }.items()
    ],
)
def test_a_bad_file_is_refused_with_a_sentence_and_nothing_is_kept(cast: Cast, plan: Plan, kind: str, words: str) -> None:
    before = (Entry.objects.count(), Attachment.objects.count())
    with pytest.raises(WorkbookRefused) as refused:
        send(cast, plan, faulty(kind, plan))
    assert words in str(refused.value)
    assert "请" in str(refused.value)
    assert (Upload.objects.count(), Entry.objects.count(), Attachment.objects.count()) == (0, *before)


def test_an_old_format_is_refused_by_its_name(cast: Cast, plan: Plan) -> None:
    with pytest.raises(WorkbookRefused, match="另存为"):
        send(cast, plan, workbook(plan, [row(1)]), name="报名表.xls")


@pytest.mark.parametrize(
    ("changes", "note"),
    [
        pytest.param({"id_number": "３１９９００１９９００１０１００３"}, "全角", id="全角数字"),
        pytest.param({"birthday": "1990/1/1"}, "1990-01-01", id="日期用斜线"),
        pytest.param({"birthday": "1990年1月1日"}, "1990-01-01", id="日期用年月日"),
        pytest.param({"birthday": "19900101"}, "1990-01-01", id="日期八位数字"),
        pytest.param({"birthday": "1990.1.1"}, "1990-01-01", id="日期用点"),
    ],
)
def test_what_can_be_put_right_is_put_right_with_a_note(cast: Cast, plan: Plan, changes: dict[str, Any], note: str) -> None:
    good = row(1)
    if "id_number" in changes:
        changes = {"id_number": good["证件号码"].translate(str.maketrans("0123456789X", "０１２３４５６７８９Ｘ"))}
    upload = register(cast, plan, [row(1, **changes)])
    assert (upload.accepted, upload.refused) == (1, 0), sentences(upload)
    assert note in sentences(upload)[2]


def test_a_small_x_at_the_18th_place_is_put_right(cast: Cast, plan: Plan) -> None:
    serial = next(n for n in range(200) if row(n)["证件号码"].endswith("X"))
    upload = register(cast, plan, [row(serial, id_number=row(serial)["证件号码"].lower())])
    assert (upload.accepted, upload.refused) == (1, 0), sentences(upload)
    assert Person.objects.get(candidacies__plan=plan).id_masked.endswith("X")


def test_doubled_rows_name_each_other(cast: Cast, plan: Plan) -> None:
    upload = register(cast, plan, [row(1), row(2), row(1)])
    assert (upload.accepted, upload.refused) == (2, 1)
    assert "第4行与第2行是同一人" in sentences(upload)[4]


def test_a_different_declaration_does_not_replace_the_first(cast: Cast, plan: Plan) -> None:
    register(cast, plan, [row(1)])
    upload = register(cast, plan, [row(1, years_in_field="20")])
    assert (upload.accepted, upload.refused) == (0, 1)
    assert "KS20260000100001" in sentences(upload)[2]
    assert Candidate.objects.get().claims["years_in_field"] == "8"


def test_another_name_under_a_known_number_is_refused(cast: Cast, plan: Plan) -> None:
    register(cast, plan, [row(1)])
    upload = register(cast, plan, [row(1, name="别的姓名")])
    assert "另一姓名" in sentences(upload)[2]


def test_rows_beyond_the_quota_are_told(cast: Cast, plan: Plan) -> None:
    change_plan(number=plan.number, terms=terms(quota=2), reason="场地有限", by=cast.sun, at=cast.at)
    upload = register(cast, plan, [row(1), row(2), row(3)])
    assert (upload.accepted, upload.refused) == (2, 1)
    assert "计划人数2人已满" in sentences(upload)[4]


def test_papers_of_other_kinds_are_taken(cast: Cast, plan: Plan) -> None:
    upload = register(cast, plan, [row(1, id_kind="护照", id_number="E12345678", name="Anna Müller", sex="女")])
    assert (upload.accepted, upload.refused) == (1, 0), sentences(upload)
    person = Person.objects.get(candidacies__plan=plan)
    assert (person.id_kind, person.sex, person.birthday) == ("护照", "女", date(1990, 1, 1))


class Killed(Exception):
    """The worker is gone."""


@pytest.mark.parametrize("after", [pytest.param(500, id="第一块之后"), pytest.param(1000, id="第二块之后")])
def test_a_killed_import_resumes_exactly_once(cast: Cast, plan: Plan, after: int) -> None:
    change_plan(number=plan.number, terms=terms(quota=2000), reason="增加名额", by=cast.sun, at=cast.at)
    upload = send(cast, plan, workbook(plan, [row(n) for n in range(1100)]))

    def kill(cursor: int) -> None:
        if cursor == after:
            raise Killed

    with pytest.raises(Killed):
        process_upload(number=upload.number, by=PLATFORM, at=cast.at, after_chunk=kill)
    upload.refresh_from_db()
    assert (upload.state, upload.cursor, Candidate.objects.count()) == ("running", after, after)
    done = process_upload(number=upload.number, by=PLATFORM, at=cast.at)
    assert (done.state, done.accepted, done.refused) == ("finished", 1100, 0)
    assert (Candidate.objects.count(), UploadRow.objects.count()) == (1100, 1100)
    lines = Entry.objects.filter(event="upload.rows_taken").order_by("id").values_list("detail", flat=True)
    assert [line["rows"] for line in lines] == [[2, 501], [502, 1001], [1002, 1101]]
    assert sorted(int(n[-5:]) for n in Candidate.objects.values_list("number", flat=True)) == list(range(1, 1101))


def test_a_kill_inside_a_chunk_leaves_nothing_of_it(cast: Cast, plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    upload = send(cast, plan, workbook(plan, [row(1), row(2)]))
    with monkeypatch.context() as patched:
        patched.setattr("touchstone.exams.operations.registration_import.record", _die)
        with pytest.raises(Killed):
            process_upload(number=upload.number, by=PLATFORM, at=cast.at)
    upload.refresh_from_db()
    assert (upload.cursor, Candidate.objects.count(), UploadRow.objects.count(), Person.objects.filter(candidacies__plan=plan).count()) == (
        0,
        0,
        0,
        0,
    )
    assert process_upload(number=upload.number, by=PLATFORM, at=cast.at).accepted == 2


def _die(*args: object, **kwargs: object) -> None:
    raise Killed


def test_processing_a_finished_upload_again_does_nothing(cast: Cast, plan: Plan) -> None:
    upload = register(cast, plan, [row(1)])
    before = Entry.objects.count()
    process_upload(number=upload.number, by=PLATFORM, at=cast.at)
    assert Entry.objects.count() == before


def test_a_stopped_upload_keeps_what_was_taken_and_the_next_may_come(cast: Cast, plan: Plan) -> None:
    upload = send(cast, plan, workbook(plan, [row(1)]))
    before = Entry.objects.count()
    with pytest.raises(Refusal, match="理由"):
        stop_upload(number=upload.number, reason=" ", by=cast.sun, at=cast.at)
    with pytest.raises(NotAllowed):
        stop_upload(number=upload.number, reason="传错了", by=cast.shi, at=cast.at)
    assert Entry.objects.count() == before
    stopped = stop_upload(number=upload.number, reason="传错了文件", by=cast.sun, at=cast.at)
    assert stopped.sentence == "已由孙景明停止，处理到第0行：传错了文件"
    assert process_upload(number=upload.number, by=PLATFORM, at=cast.at).state == "refused"
    assert not Candidate.objects.exists()
    assert register(cast, plan, [row(1)]).accepted == 1
    with pytest.raises(Refusal, match="已经处理完"):
        stop_upload(number=Upload.objects.latest("id").number, reason="晚了", by=cast.sun, at=cast.at)


@pytest.mark.parametrize("who", [pytest.param("lin", id="备案经办人"), pytest.param("shi", id="别的机构"), pytest.param("wang", id="区督导员")])
def test_only_the_bodys_planner_uploads(cast: Cast, plan: Plan, who: str) -> None:
    with pytest.raises(NotAllowed):
        send(cast, plan, workbook(plan, [row(1)]), who=who)
    assert not Upload.objects.exists()


def test_before_reporting_and_after_closing_nothing_is_taken(cast: Cast, draft: Plan) -> None:
    with pytest.raises(Refusal, match="不在报名阶段"):
        send(cast, draft, workbook(draft, [row(1)]))
    Plan.objects.filter(pk=draft.pk).update(state="reported")
    with pytest.raises(Refusal, match="已于2026-03-17截止"):
        send(cast, draft, workbook(draft, [row(1)]), at=cast.at.replace(day=18))
    assert not Upload.objects.exists()


@pytest.mark.parametrize(
    ("more", "words"),
    [
        pytest.param({"ground": "public"}, "不接受社会人员", id="企业不接受社会人员"),
        pytest.param({"employment": ""}, "用工形式", id="没有说明用工形式"),
    ],
)
def test_the_ground_of_admission_is_asked_for(cast: Cast, plan: Plan, more: dict[str, str], words: str) -> None:
    with pytest.raises(Refusal, match=words):
        send(cast, plan, workbook(plan, [row(1)]), **more)
    assert not Upload.objects.exists()
