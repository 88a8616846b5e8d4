"""标准结构: is what a standard says tried row by row, kept as a draft, approved by a second person, and in force by days?

`通知 三(二)1`.
"""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from tests.cast import Cast, WideCast
from tests.catalogue.structures import NUMBER, approved, drafted, facts, one_wrong_weight, standard, submitted, tried, workbook
from touchstone.accounts.actor import PLATFORM, NotAllowed
from touchstone.catalogue import operations, queries
from touchstone.catalogue.facts import structure_facts
from touchstone.catalogue.models import Structure
from touchstone.files.queries import content, of_case
from touchstone.kernel.law import Refusal
from touchstone.kernel.moves import MoveRefused
from touchstone.ledger.models import Entry
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.questions.structure import FormFacts
from touchstone.policy.roles import BodyKind
from touchstone.simulation.standards.loading import revised
from touchstone.tasks.models import Task

pytestmark = pytest.mark.django_db
FIRST_DAY = date(2018, 12, 31)


def test_a_sound_workbook_becomes_what_it_said(cast: Cast) -> None:
    run = tried(facts(), cast.xu, cast.at)
    assert (run.state_label, run.counts) == ("可以写成草稿", {"passed": run.total, "in_the_way": 0})
    kept = operations.keep_structure(number=run.number, by=cast.xu, at=cast.at)
    said = structure_facts(kept)
    wanted = facts()
    assert (set(said.functions), set(said.contents)) == (set(wanted.functions), set(wanted.contents))
    assert (set(said.elements), set(said.weights), set(said.forms)) == (set(wanted.elements), set(wanted.weights), set(wanted.forms))
    assert operations.keep_structure(number=run.number, by=cast.xu, at=cast.at) == kept
    assert Structure.objects.count() == 1


def test_one_wrong_weight_is_told_on_every_row_of_its_column_and_nothing_is_kept(cast: Cast) -> None:
    run = tried(one_wrong_weight(), cast.xu, cast.at)
    wrong = queries.structure_import_rows(run).filter(outcome="wrong")
    assert {row.sheet for row in wrong} == {"权重"} and wrong.count() == 7  # 职业道德, 基础知识 and the five functions of level 4
    assert wrong[0].sentence == "四级/中级工理论知识考试的权重合计98%，应为100%。"
    with pytest.raises(Refusal, match="还有需要改正的内容"):
        operations.keep_structure(number=run.number, by=cast.xu, at=cast.at)
    assert not Structure.objects.exists()
    assert len(content(of_case(run.number).get(number=run.returned))) > 1000


def test_what_stands_in_the_way_is_not_called_ready(cast: Cast) -> None:
    """没有一行有错、但整份有问题（例如缺一张权重表）时，不说可以写成草稿。"""
    run = tried(facts(), cast.xu, cast.at)
    run.counts = {"passed": run.total, "in_the_way": 1}
    assert run.state_label == "需要改正"


def test_the_returned_workbook_with_the_fault_put_right_is_read_again(cast: Cast) -> None:
    import io

    import openpyxl

    run = tried(one_wrong_weight(), cast.xu, cast.at)
    book = openpyxl.load_workbook(io.BytesIO(content(of_case(run.number).get(number=run.returned))))
    sheet = book["权重"]
    headers = [cell.value for cell in sheet[1]]
    assert headers[-1] == "核对结果"
    row = next(row for row in sheet.iter_rows(min_row=2) if (row[0].value, row[2].value) == ("1", "理论知识考试"))
    row[headers.index("四级/中级工")].value = 15
    out = io.BytesIO()
    book.save(out)
    again = operations.receive_structure(standard=NUMBER, name="改正.xlsx", content=out.getvalue(), by=cast.xu, at=cast.at)
    assert operations.process_structure(number=again.number, by=PLATFORM, at=cast.at).state_label == "可以写成草稿"


def test_processing_twice_or_receiving_twice_has_one_effect(cast: Cast) -> None:
    sent = workbook(facts())
    first = operations.receive_structure(standard=NUMBER, name="a.xlsx", content=sent, by=cast.xu, at=cast.at)
    assert operations.receive_structure(standard=NUMBER, name="a.xlsx", content=sent, by=cast.xu, at=cast.at) == first
    with pytest.raises(Refusal, match="一次只核对一份"):
        operations.receive_structure(standard=NUMBER, name="b.xlsx", content=workbook(one_wrong_weight()), by=cast.xu, at=cast.at)
    done = operations.process_structure(number=first.number, by=PLATFORM, at=cast.at)
    operations.process_structure(number=first.number, by=PLATFORM, at=cast.at + timedelta(hours=1))
    assert done.total == queries.structure_import_rows(first).count()
    assert Entry.objects.filter(event="structure.read", subject=first.number).count() == 1


@pytest.mark.parametrize(
    ("name", "sent", "says"),
    [("结构.xls", b"x", "不能接收"), ("结构.xlsx", b"not a workbook", "xlsx"), ("结构.xlsx", b"PK\x03\x04broken", "打")],
    ids=["旧格式", "不是工作簿", "坏的压缩包"],
)
def test_what_is_no_workbook_is_refused_and_not_kept(cast: Cast, name: str, sent: bytes, says: str) -> None:
    with pytest.raises(Refusal, match=says):
        operations.receive_structure(standard=NUMBER, name=name, content=sent, by=cast.xu, at=cast.at)
    assert not queries.structure_imports(PLATFORM).exists()


def test_faults_of_rows_are_all_told(cast: Cast) -> None:
    said = facts()
    doubled = replace(said, elements=(*said.elements, said.elements[10], replace(said.elements[10], code="9.9.9")))
    run = tried(doubled, cast.xu, cast.at)
    told = "".join(queries.structure_import_rows(run).filter(outcome="wrong").values_list("sentence", flat=True))
    assert "重复" in told
    assert run.state_label == "需要改正"


def test_a_national_standard_that_prints_less_gives_way_and_says_so(cast: Cast) -> None:
    said = facts()
    short = replace(said, forms=tuple(replace(f, minutes=15) if f.part.value == "panel" else f for f in said.forms))
    run = tried(short, cast.xu, cast.at)
    noted = queries.structure_import_rows(run).filter(outcome="noted", sheet="考试方式")
    assert noted.count() == 2
    assert "标准写15分钟，规程要求不少于30分钟，以规程为准（2023年版《规程》 评价时间）" in noted[0].sentence
    assert run.state_label == "可以写成草稿"


def test_the_second_person_approves_and_days_decide(cast: Cast) -> None:
    one = submitted(cast)
    assert Task.objects.open().get(case=one.number).role == "policy_officer"
    with pytest.raises(NotAllowed, match="政策管理员核准"):
        operations.approve_structure(number=one.number, since=FIRST_DAY, by=cast.xu, at=cast.at)
    operations.approve_structure(number=one.number, since=FIRST_DAY, by=cast.han, at=cast.at)
    assert not Task.objects.open().filter(case=one.number).exists()
    assert queries.structure_of(standard(), FIRST_DAY - timedelta(days=1)) is None
    found = queries.structure_of(standard(), FIRST_DAY)
    assert found is not None and found.number == one.number
    assert sum(queries.weights(found, 4, "theory").values()) == Decimal(100)
    assert list(queries.weights(found, 4, "theory"))[:3] == ["A", "B", "1"]
    form = queries.exam_form(found, 4, "practical")
    assert form is not None and (form.minutes, form.candidates_per_assessor) == (75, 8)
    theory, practice = queries.elements(found, 4, "theory"), queries.elements(found, 4, "practical")
    assert theory.first().code == "A.1.1" and practice.first().code == "1.1.1"  # type: ignore[union-attr]
    assert {one.kind for one in practice} == {"skill"} and all(one.level in {None, 4} for one in theory)


def test_nobody_approves_what_they_wrote(cast: Cast) -> None:
    run = tried(facts(), cast.han, cast.at)
    made = operations.keep_structure(number=run.number, by=cast.han, at=cast.at)
    operations.submit_structure(number=made.number, by=cast.han, at=cast.at)
    with pytest.raises(NotAllowed, match="不能自己核准"):
        operations.approve_structure(number=made.number, since=FIRST_DAY, by=cast.han, at=cast.at)


def test_a_later_version_takes_the_place_of_the_one_before(cast: Cast) -> None:
    one = approved(cast)
    two = submitted(cast, revised(facts()))
    assert two.sequence == 2
    with pytest.raises(Refusal, match="不能追溯"):
        operations.approve_structure(number=two.number, since=cast.at.date() - timedelta(days=1), by=cast.han, at=cast.at)
    operations.approve_structure(number=two.number, since=cast.at.date() + timedelta(days=30), by=cast.han, at=cast.at)
    standing = [queries.structure_of(standard(), cast.at.date() + timedelta(days=days)) for days in (29, 30)]
    assert [found and found.number for found in standing] == [one.number, two.number]
    line = Entry.objects.get(event="structure.approved", subject=two.number)
    assert line.detail["replaces"] == one.number
    assert line.detail["changes"] == {"added": 1, "removed": 1, "moved": 1, "reworded": 1}


def test_a_returned_structure_is_imported_anew(cast: Cast) -> None:
    one = submitted(cast)
    with pytest.raises(Refusal, match="理由"):
        operations.return_structure(number=one.number, reason=" ", by=cast.han, at=cast.at)
    operations.return_structure(number=one.number, reason="四级缺少安全要求", by=cast.han, at=cast.at)
    task = Task.objects.open().get(case=one.number)
    assert (task.role, task.matter) == ("registrar", "structure.redo")
    with pytest.raises(MoveRefused):
        operations.submit_structure(number=one.number, by=cast.xu, at=cast.at)
    again = drafted(cast, revised(facts()))
    assert (again.number, again.sequence, again.state) == (one.number, 1, "drafted")
    assert not Task.objects.open().filter(case=one.number).exists()


def test_while_it_is_judged_it_is_not_rewritten(cast: Cast) -> None:
    submitted(cast)
    run = tried(revised(facts()), cast.xu, cast.at)
    with pytest.raises(MoveRefused, match="待核准"):
        operations.keep_structure(number=run.number, by=cast.xu, at=cast.at)


@pytest.mark.parametrize("who", ["lin", "zhou", "shi"], ids=["评价机构", "区受理经办人", "别家机构"])
def test_only_who_keeps_standards_drafts_a_national_one(cast: Cast, who: str) -> None:
    with pytest.raises(NotAllowed):
        tried(facts(), getattr(cast, who), cast.at)


def specification(cast: Cast) -> str:
    operations.enter_standard(
        number="PG-1", kind="specification", code="6-18-01-01", title="车工评价规范", edition="2026年版", levels=(5, 4, 3, 2, 1),
        in_force_from=date(2026, 1, 1), owner=cast.body_a.office, by=cast.xu, at=cast.at,
    )  # fmt: skip
    return "PG-1"


def test_a_body_writes_its_own_specification_and_the_centre_approves_both(cast: Cast) -> None:
    number = specification(cast)
    for who in (cast.shi, cast.xu):
        with pytest.raises(NotAllowed, match="制定单位"):
            tried(facts(), who, cast.at, number)
    made = operations.keep_structure(number=tried(facts(), cast.lin, cast.at, number).number, by=cast.lin, at=cast.at)
    operations.submit_structure(number=made.number, by=cast.lin, at=cast.at)
    assert not queries.structures(cast.shi).filter(number=made.number).exists()
    operations.approve_structure(number=made.number, since=date(2026, 1, 1), by=cast.han, at=cast.at)
    assert queries.standard(number).approved_on == cast.at.date()
    assert not queries.structures(cast.shi).filter(number=made.number).exists()
    assert queries.structures(cast.lin).filter(number=made.number).exists()


def test_a_specification_below_the_norm_is_put_right_first(cast: Cast) -> None:
    said = facts()
    forms = (*said.forms[:1], FormFacts(Level.FIVE, said.forms[1].part, "操作", 30), *said.forms[2:])
    run = tried(replace(said, forms=forms), cast.lin, cast.at, specification(cast))
    assert run.state_label == "需要改正"
    assert "以规程为准" in queries.structure_import_rows(run).get(outcome="wrong").sentence


def test_the_first_structure_of_a_new_edition_is_compared_with_the_edition_it_replaces(cast: Cast) -> None:
    old = approved(cast)
    operations.enter_standard(
        number="GZB 6-18-01-01-2026", kind="national", code="6-18-01-01", title="车工国家职业标准", edition="2026年版", levels=(5, 4, 3, 2, 1),
        in_force_from=cast.at.date(), replaces=NUMBER, by=cast.xu, at=cast.at,
    )  # fmt: skip
    run = tried(revised(facts()), cast.xu, cast.at, "GZB 6-18-01-01-2026")
    new = operations.keep_structure(number=run.number, by=cast.xu, at=cast.at)
    assert queries.base_of(new) == old
    assert queries.base_of(old) is None


def test_the_public_sees_approved_national_ones_only(wide_cast: WideCast) -> None:
    from touchstone.accounts.actor import VISITOR

    one = submitted(wide_cast)
    assert not queries.structures(VISITOR).exists()
    operations.approve_structure(number=one.number, since=FIRST_DAY, by=wide_cast.han, at=wide_cast.at)
    assert queries.structures(VISITOR).get().number == one.number


@pytest.mark.parametrize("kind", [BodyKind.SOCIAL, BodyKind.SCHOOL], ids=lambda kind: kind.label)
def test_only_an_enterprise_writes_a_specification(wide_cast: WideCast, kind: BodyKind) -> None:
    body = wide_cast.body_e if kind is BodyKind.SOCIAL else wide_cast.body_f
    who = wide_cast.xie if kind is BodyKind.SOCIAL else wide_cast.fan
    given: dict[str, Any] = {"code": "6-18-01-01", "title": "规范", "edition": "2026年版", "levels": (5,), "in_force_from": wide_cast.at.date()}
    with pytest.raises(Refusal, match="只能依据国家职业标准"):
        operations.enter_own_specification(body_kind=kind, owner=body.office, by=who, at=wide_cast.at, **given)


def test_nobody_enters_a_specification_of_another_body(cast: Cast) -> None:
    given: dict[str, Any] = {"code": "6-18-01-01", "title": "规范", "edition": "2026年版", "levels": (5,), "in_force_from": cast.at.date()}
    with pytest.raises(NotAllowed):
        operations.enter_own_specification(body_kind=BodyKind.ENTERPRISE, owner=cast.body_a.office, by=cast.shi, at=cast.at, **given)
    with pytest.raises(NotAllowed):
        operations.enter_own_specification(body_kind=BodyKind.ENTERPRISE, owner=cast.body_a.office, by=cast.sun, at=cast.at, **given)
    made = operations.enter_own_specification(body_kind=BodyKind.ENTERPRISE, owner=cast.body_a.office, by=cast.lin, at=cast.at, **given)
    assert (made.kind, made.owner, made.approved_on) == ("specification", cast.body_a.office, None)
