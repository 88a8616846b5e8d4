"""证书命令测试: does a file in any of the three forms go back with its faults beside each row, and are wrong columns told by name?"""

import csv
import json
from datetime import date

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter
from click.testing import CliRunner

from touchstone.cli.certificates import command
from touchstone.kernel.numbers import id_check_place
from touchstone.lake import index_of, publish
from touchstone.lake.files import COLUMNS, ERRORS
from touchstone.sheets.certificate_fields import FIELDS


def identity(first17: str) -> str:
    """A number of nobody, with its check place."""
    return first17 + id_check_place(first17)


FIRST, SECOND, THIRD, FOURTH = (identity(f"31010119900307{serial}") for serial in ("011", "013", "015", "017"))
GOOD = {
    "姓名": "陈一", "证件类型": "居民身份证", "证件号码": FIRST, "性别": "男", "出生日期": "1990-03-07", "手机号码": "13800000001",
    "职业编码": "6-18-01-01", "职业名称": "车工", "技能等级": "四级/中级工", "理论成绩": "81.5", "技能成绩": "77", "评定成绩": "79.3",
    "证书编号": "S000031000001264000001", "考试日期": "2026-03-02", "公示截止日期": "2026-03-14", "发证日期": "2026-03-20",
    "评价机构编码": "S000031000001", "评价机构名称": "甲机构", "计划编号": "JH1",
}  # fmt: skip
ROWS = [
    GOOD,
    GOOD | {"姓名": '=HYPERLINK("http://example.com")', "证件号码": SECOND, "证书编号": "S000031000001254000002"},
    GOOD | {"证件号码": THIRD, "证书编号": "S000031000001264000003", "出生日期": "1990年3月8日", "理论成绩": "59", "评定成绩": ""},
    GOOD | {"证件号码": FOURTH, "证书编号": "S000031000001264000003", "发证日期": "三月", "手机号码": ""},
    GOOD | {"姓名": "", "证件类型": "护照", "证件号码": "E1234567", "证书编号": "S000031000001263000005", "技能等级": "3", "性别": ""},
]
FEW = ("number.year", "identity.birthday", "scores.under_pass", "duplicates.number", "cells.readable", "cells.required", "identity.check_digit")


def run(*words, rules=FEW):
    """Run `touchstone certificates …`, by a few rules as they are on one day."""
    return CliRunner().invoke(command, [*map(str, words), "--on", "2026-06-01", *(part for rule in rules for part in ("--rule", rule))])


def as_csv(path, rows=ROWS, coding="utf-8", headers=None):
    with path.open("w", encoding=coding, newline="") as file:
        writer = csv.DictWriter(file, headers or list(GOOD))
        writer.writeheader()
        writer.writerows(rows)
    return path


def as_parquet(path):
    pq.write_table(pa.Table.from_pylist([{key: row[key] for key in GOOD} for row in ROWS]), path)
    return path


def as_workbook(path):
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("证书数据")
        sheet.write_string(0, 0, "证书数据上传表")
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for place, header in enumerate(GOOD):
            sheet.write_string(1, place, f"{header}*" if header == "姓名" else header)
            for number, row in enumerate(ROWS, 2):
                if header == "考试日期":
                    sheet.write_datetime(number, place, date.fromisoformat(row[header]), day)
                else:
                    sheet.write_string(number, place, row[header])
    return path


def csv_rows(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def sheet_rows(path):
    lines = list(openpyxl.load_workbook(path)["证书数据核对结果"].iter_rows(min_row=2, values_only=True))
    return [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]


FORMS = [
    ("csv", as_csv, csv_rows),
    ("parquet", as_parquet, lambda path: pq.read_table(path).to_pylist()),
    ("xlsx", as_workbook, sheet_rows),
]


@pytest.mark.parametrize(("suffix", "write", "read"), FORMS, ids=[form[0] for form in FORMS])
def test_file_goes_back_with_a_column_of_errors(tmp_path, suffix, write, read) -> None:
    """三种格式的文件，逐行写明错在哪里，其余原样返回。"""
    file = write(tmp_path / f"证书.{suffix}")
    done = run("check", file)
    assert done.exit_code == 1, done.output
    assert "共5行, 4行有问题。" in done.output
    rows = read(tmp_path / f"证书-核对结果.{suffix}")
    errors = [row[ERRORS] or "" for row in rows]
    assert errors[0] == ""
    assert errors[1] == "证书编号S000031000001254000002第14至15位为25，发证日期为2026-03-20。"
    assert "居民身份证号码第7至14位为19900307，所填出生日期为1990-03-08。" in errors[2]
    assert "成绩为理论59.0、技能77.0、综合评审（空），低于合格分60分" in errors[2]
    assert "证书编号S000031000001264000003出现2次，涉及2人。" in errors[2]
    assert "无法识别：发证日期“三月”。" in errors[3]
    assert "出现2次" in errors[3]
    assert errors[4] == "必填栏“姓名”为空。"
    assert [row["证书编号"] for row in rows] == [row["证书编号"] for row in ROWS]


def test_no_cell_becomes_a_formula(tmp_path) -> None:
    """单元格里的公式写回时只是文字。"""
    file = as_csv(tmp_path / "a.csv")
    run("check", file, "--out", tmp_path / "b.csv")
    text = (tmp_path / "b.csv").read_text(encoding="utf-8-sig")
    assert "'=HYPERLINK" in text
    assert not [cell for row in csv_rows(tmp_path / "b.csv") for cell in row.values() if cell.startswith("=")]
    run("check", file, "--out", tmp_path / "b.xlsx")
    cells = [cell for line in openpyxl.load_workbook(tmp_path / "b.xlsx").worksheets[0].iter_rows() for cell in line]
    assert not [cell for cell in cells if cell.data_type == "f"]


def test_what_was_written_back_can_be_checked_again(tmp_path) -> None:
    """返回的文件可以再核对：旧的错误列换成新的，文件开头的标记不算表头。"""
    run("check", as_csv(tmp_path / "a.csv"), "--out", tmp_path / "b.csv")
    record = json.loads(run("check", tmp_path / "b.csv", "--out", tmp_path / "c.csv", "--json").stdout)
    assert (record["wrong"], record["unknown_columns"]) == (4, [])
    assert csv_rows(tmp_path / "c.csv") == csv_rows(tmp_path / "b.csv")


def test_another_form_is_refused_before_anything_is_read(tmp_path) -> None:
    """不能写的格式，先说明，不读文件。"""
    done = run("check", as_csv(tmp_path / "a.csv"), "--out", tmp_path / "b.docx")
    assert done.exit_code == 2
    assert "不能写成“.docx”" in done.output


def test_a_good_file_ends_well(tmp_path) -> None:
    """没有问题的文件以0退出，每条规则都写明依据。"""
    done = run("check", as_csv(tmp_path / "a.csv", [GOOD]), "--json", rules=())
    assert done.exit_code == 0, done.output
    record = json.loads(done.stdout)
    assert (record["rows"], record["wrong"]) == (1, 0)
    assert all(line["hits"] == 0 and line["clause"] for line in record["rules"])
    assert len(record["rules"]) > 30


def test_chinese_excel_coding_is_understood(tmp_path) -> None:
    """国标编码的文件也能读。"""
    done = run("check", as_csv(tmp_path / "a.csv", coding="gb18030"), "--json")
    assert json.loads(done.stdout)["wrong"] == 4


def test_a_rule_without_its_column_is_passed_over_and_said(tmp_path) -> None:
    """缺少所需的列，规则不核对，并说明缺哪一列。"""
    fewer = [header for header in GOOD if header not in {"理论成绩", "考试日期", "出生日期", "性别"}]
    rows = [{header: row[header] for header in fewer} for row in ROWS]
    asked = ("scores.part_missing", "dates.before_exam", "identity.birthday", "scope.outside", "scores.total", "number.year")
    record = json.loads(run("check", as_csv(tmp_path / "a.csv", rows, headers=fewer), "--json", rules=asked).stdout)
    assert [line["rule"] for line in record["rules"]] == ["number.year"]
    assert "理论成绩" in record["not_checked"]["scores.part_missing"]
    assert "考试日期" in record["not_checked"]["dates.before_exam"]
    assert "出生日期" in record["not_checked"]["identity.birthday"]
    assert "没有备案范围表" in record["not_checked"]["scope.outside"].replace("评价机构、", "")


REFUSED = [
    ("缺少列", [h for h in GOOD if h != "证书编号"], "缺少必需的列：证书编号"),
    ("写错的列", ["证书编码" if h == "证书编号" else h for h in GOOD], "证书编号（文件里的“证书编码”是否就是它？）"),
    ("列出现两次", [*GOOD, "姓 名"], "列“姓名”出现两次"),
]


@pytest.mark.parametrize(("name", "headers", "says"), REFUSED, ids=[line[0] for line in REFUSED])
def test_wrong_columns_are_told_by_name(tmp_path, name, headers, says) -> None:
    """缺列、错列、重复的列，说出列名，不写结果。"""
    done = run("check", as_csv(tmp_path / "a.csv", [], headers=headers))
    assert done.exit_code == 2
    assert says in done.output
    assert not list(tmp_path.glob("*核对结果*"))


@pytest.mark.parametrize("name", ["a.parquet", "a.xlsx", "a.docx", "a.csv"])
def test_what_is_no_table_is_refused(tmp_path, name) -> None:
    """不是表格的文件说明原因。"""
    (tmp_path / name).write_bytes(b"\x00\xff\xfe\x01\x80 not a table")
    done = run("check", tmp_path / name)
    assert done.exit_code == 2, done.output
    assert "错误: " in done.output


def test_a_file_is_never_written_over(tmp_path) -> None:
    """结果不写在原文件上。"""
    file = as_csv(tmp_path / "a.csv")
    done = run("check", file, "--out", file)
    assert done.exit_code == 2
    assert "不能写在原文件上" in done.output


AGAINST = ("duplicates.across_bodies", "duplicates.number", "duplicates.renamed", "scope.not_in_force", "scope.outside", "scope.unknown_body")


def test_against_what_is_published(tmp_path) -> None:
    """与已公布的数据比对：同一人同一职业已有别家的证书，备案已期满。"""
    lake, salt = tmp_path / "lake", "一个秘密"
    someone = index_of(salt, "id", GOOD["证件号码"])
    held = {
        "row_id": "S000031000009244000007", "number": "S000031000009244000007", "holder": someone, "name_index": index_of(salt, "name", "陈一"),
        "body": "JG9", "occupation_code": "6-18-01-01", "occupation_name": "车工", "level": "4", "issued_on": date(2024, 5, 6),
        "examined_on": date(2024, 4, 1), "valid": True,
    }  # fmt: skip
    publish("certificates", [held, held | {"row_id": "无关", "holder": index_of(salt, "id", "别人")}], lake, "2024-05")
    publish("bodies", [{"row_id": b, "body": b, "name": b, "prefix": p} for b, p in (("JG1", "S000031000001"), ("JG9", "S000031000009"))], lake)
    scope = {"body": "JG1", "occupation_code": "6-18-01-01", "level": "4", "since": date(2024, 1, 1), "until": date(2026, 3, 1)}
    publish("scope", [{"row_id": "1"} | scope], lake)
    (tmp_path / "salt").write_text(salt, encoding="utf-8")
    done = run("check", as_csv(tmp_path / "a.csv", [GOOD]), "--against", lake, "--salt-file", tmp_path / "salt", "--json", rules=AGAINST)
    record = json.loads(done.stdout)
    assert {line["rule"] for line in record["rules"] if line["hits"]} == {"duplicates.across_bodies", "scope.not_in_force"}
    (row,) = csv_rows(tmp_path / "a-核对结果.csv")
    assert "同一人在2家评价机构取得车工4级有效证书2张" in row[ERRORS]
    assert "该机构车工4级的备案为2024-01-01至2026-03-01（不含）" in row[ERRORS]


def test_an_unknown_rule_is_said(tmp_path) -> None:
    """没有的规则说明没有。"""
    done = run("check", as_csv(tmp_path / "a.csv"), rules=("number.colour",))
    assert done.exit_code == 2
    assert "没有规则number.colour" in done.output


def test_rules_are_measured_on_planted_cases() -> None:
    """规则用造出的案例量出查准率和查全率。"""
    done = run("rules", rules=("reused.photo", "number.year"))
    assert done.exit_code == 0, done.output
    assert "共2条规则, 2条查准率和查全率均为 1.00。" in done.output
    assert "同一照片多人使用（reused.photo, " in done.output


def test_template_columns_are_those_of_the_upload() -> None:
    """上传表的每一栏，核对时都认得；核对必需的栏，上传表都有。"""
    ours = [column.header for column in COLUMNS]
    assert [field.header for field in FIELDS if field.header not in ours] == []
    assert {column.header for column in COLUMNS if column.required} <= {field.header for field in FIELDS}
