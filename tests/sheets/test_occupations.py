"""职业目录导入: does a CSV or workbook of occupations come in with an outcome per row?"""

from pathlib import Path

import pytest

from touchstone.sheets.occupations import read_occupations
from touchstone.sheets.refusals import FileRefused
from touchstone.sheets.tables import table_bytes

HEAD = "code,name,flag,major,mid_code,mid_name,minor_code,minor_name,gbm\n"
LINES = (
    "6-31-01-03,电工,,生产制造及有关人员,6-31,辅助人员,6-31-01,设备修理,63101\n"
    "4-10-01-02, 育婴员 ,S,服务人员,4-10,居民服务,4-10-01,生活照料,\n"
    "6-31-01-03,电工,,,,,,,\n"
    "6-31-1,错码,,,,,,,\n"
    "6-31-01-05,,,,,,,,\n"
)


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "gb18030"])
def test_csv_in_the_usual_codings(tmp_path: Path, coding: str) -> None:
    path = tmp_path / "目录.csv"
    path.write_bytes((HEAD + LINES).encode(coding))
    results = read_occupations(path)
    assert [(r.row.code, r.row.name) if r.row else r.errors[0].sentence[:12] for r in results] == [
        ("6-31-01-03", "电工"),
        ("4-10-01-02", "育婴员"),
        "职业编码6-31-01-03与第2行"[:12],
        "职业编码“6-31-1”应为"[:12],
        "职业名称没有填写，请补上。"[:12],
    ]
    assert results[0].row is not None
    assert results[0].row.extra["mid_name"] == "辅助人员"


@pytest.mark.parametrize("headers", [["code", "name"], ["职业编码", "职业名称"]], ids=["英文表头", "中文表头"])
def test_workbook(tmp_path: Path, headers: list[str]) -> None:
    path = tmp_path / "目录.xlsx"
    path.write_bytes(table_bytes("职业目录", headers, [["6-31-01-03", "电工"], ["x", "错码"]]))
    good, bad = read_occupations(path)
    assert good.row is not None
    assert good.row.name == "电工"
    assert bad.number == 4
    assert "应为" in bad.errors[0].sentence


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02", b"a,b\n1,2\n", b"\xff\xfe\xff\x80"], ids=["空", "二进制", "无此列", "乱码"])
def test_a_wrong_csv_is_refused_with_a_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "目录.csv"
    path.write_bytes(content)
    with pytest.raises(FileRefused) as refusal:
        read_occupations(path)
    assert refusal.value.sentence.endswith("。")
