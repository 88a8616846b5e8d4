"""报名行: is every fault of a row found and named, and every harmless slip put right?"""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sheets.samples import HEADERS, OPTIONS, candidate, id_number, outcome
from touchstone.sheets.registration import parse_row, parse_rows
from touchstone.sheets.registration_fields import FIELDS
from touchstone.sheets.shapes import Row


def test_a_faultless_row_becomes_a_registration() -> None:
    result = outcome()
    assert result.errors == ()
    assert result.notes == ()
    assert result.row is not None
    assert result.row.name == "阿卜杜拉·买买提"
    assert result.row.years_in_field == Decimal(15)
    assert result.row.holds_certificate is True
    assert result.row.started_work_on is not None


def test_the_thirty_three_columns() -> None:
    assert len(FIELDS) == 33
    assert HEADERS[0] == "序号"
    assert HEADERS[-1] == "邮寄地址"


WRONG = [
    ("name", "", "“姓名”没有填写", "姓名空着"),
    ("name", "王?", "数字或符号", "生僻字用问号代替"),
    ("id_number", id_number(1)[:17] + ("0" if id_number(1)[17] != "0" else "1"), "校验位", "校验位错"),
    ("id_number", "31019919900101", "18位", "位数不足"),
    ("birthday", "1991-01-01", "与证件号码中的1980-01-01不一致", "出生日期不符"),
    ("birthday", "01/05/1990", "分不清", "日期有歧义"),
    ("sex", "女" if candidate()["性别"] == "男" else "男", "请核对哪一处填错", "性别不符"),
    ("sex", "未知", "不在选项内", "性别不在选项"),
    ("phone", "1234", "不是11位手机号码", "电话位数"),
    ("occupation", "厨师", "不在本计划的范围内", "计划外职业"),
    ("level", "一级/高级技师", "不在本计划的范围内", "计划外等级"),
    ("certificate_level", "", "请补上“证书等级”", "有证书未填等级"),
    ("certificate_number", "", "请补上“证书编号”", "有证书未填编号"),
    ("years_in_field", "很久", "0到70", "年限不是数"),
    ("email", "a@", "电子邮箱", "邮箱写法"),
    ("postcode", "12", "6位数字", "邮编位数"),
    ("employer", "长" * 121, "超过120个字", "单位名称过长"),
]


@pytest.mark.parametrize(("key", "value", "words"), [pytest.param(*case[:3], id=case[3]) for case in WRONG])
def test_a_wrong_cell_is_named_with_a_sentence(key: str, value: str, words: str) -> None:
    result = outcome(**{key: value})
    assert result.row is None
    assert words in result.sentence
    assert result.sentence.endswith("。")


RIGHTED = [
    (
        "id_number",
        id_number(1, date(1980, 1, 1)).lower() + " ",
        "id_number",
        None,
        "证件号码尾部空格",
    ),
    ("level", "高级工", "level", "三级/高级工", "等级俗称"),
    ("level", "３级", "level", "三级/高级工", "全角等级"),
    ("education", "大专", "education", "大学专科和专科学校", "学历俗称"),
    ("condition", "三级(2)取得四级证书后满4年", "condition", "三级（2）取得四级证书后满4年", "半角括号"),
    ("birthday", "1980年1月1日", "birthday", None, "出生日期写法"),
    ("phone", "１３８００００００１１", "phone", "13800000011", "全角电话"),
]


@pytest.mark.parametrize(("key", "value", "field", "read"), [pytest.param(*case[:4], id=case[4]) for case in RIGHTED])
def test_a_slip_is_put_right_with_a_note(key: str, value: str, field: str, read: str | None) -> None:
    result = outcome(**{key: value})
    assert result.row is not None, result.sentence
    assert len(result.notes) >= 1
    if read is not None:
        assert getattr(result.row, field) == read


def test_small_x_at_the_eighteenth_place_is_put_right() -> None:
    serial = next(n for n in range(1, 999) if id_number(n, date(1980, 1, 1)).endswith("X"))
    row = candidate(serial)
    row["证件号码"] = row["证件号码"].lower()
    result = parse_row(Row(2, row), OPTIONS)
    assert result.row is not None
    assert result.row.id_number.endswith("X")
    assert any("大写X" in note.sentence for note in result.notes)


def test_all_faults_of_a_row_are_named_together() -> None:
    result = outcome(name="", phone="1", ethnicity="火星族")
    assert {error.column for error in result.errors} == {"姓名", "手机号码", "民族"}


def test_the_second_of_two_equal_people_is_refused_with_both_row_numbers() -> None:
    rows = [Row(2, candidate(1)), Row(3, candidate(2)), Row(9, candidate(1))]
    results = list(parse_rows(rows, OPTIONS))
    assert [result.row is not None for result in results] == [True, True, False]
    assert "第9行与第2行" in results[2].sentence


def test_a_repeat_is_named_even_when_the_first_row_has_another_fault() -> None:
    first, second = parse_rows([Row(2, candidate(1, name="")), Row(5, candidate(1))], OPTIONS)
    assert "“姓名”没有填写" in first.sentence
    assert "第5行与第2行" in second.sentence


def test_the_verdict_tells_what_was_put_right() -> None:
    assert outcome().verdict == "通过"
    assert outcome(level="高级工").verdict == "通过（已更正：认定等级：“高级工”读作“三级/高级工”）"
    assert outcome(name="").verdict == outcome(name="").sentence


def test_the_same_person_for_another_level_is_not_a_repeat() -> None:
    rows = [Row(2, candidate(1)), Row(3, candidate(1, level="四级/中级工", condition=OPTIONS.conditions[1]))]
    assert all(result.row for result in parse_rows(rows, OPTIONS))


def test_without_a_certificate_its_columns_may_stay_empty() -> None:
    assert outcome(holds_certificate="否", certificate_level="", certificate_number="").row is not None


def test_a_passport_is_not_checked_as_an_identity_number() -> None:
    assert outcome(id_kind="护照", id_number="E12345678").row is not None
    assert "5至20位" in outcome(id_kind="护照", id_number="号").sentence


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.sampled_from(HEADERS), st.text(max_size=40)))
def test_any_text_in_any_cell_gives_a_row_or_sentences(changes: dict[str, str]) -> None:
    result = parse_row(Row(2, {**candidate(), **changes}), OPTIONS)
    assert (result.row is None) == bool(result.errors)
    assert all(error.sentence for error in result.errors)


def test_missing_cells_are_faults_not_crashes(tmp_path: Path) -> None:
    result = parse_row(Row(2, {}), OPTIONS)
    assert result.row is None
    assert {error.column for error in result.errors} == {field.header for field in FIELDS if field.required}
