"""公布测试: does a month stand whole, hold no identity number, and give way at once to its next edition?"""

import subprocess
import sys
from datetime import UTC, date, datetime
from decimal import Decimal

import pyarrow.parquet as pq
import pytest

from touchstone.lake import NotPublishable, index_of, months_of, publish, tables_in

NUMBER = "S000031000001263000001"


def row(**changes):
    """One certificate as the store publishes it."""
    return {
        "row_id": NUMBER, "number": NUMBER, "holder": index_of("盐", "id", "某号码"), "level": "3", "issued_on": date(2026, 3, 20),
        "theory": Decimal("81.5"), "valid": True, "changed_at": datetime(2026, 3, 20, 1, tzinfo=UTC),
    } | changes  # fmt: skip


def read(folder):
    return pq.read_table(folder / "certificates" / "month=2026-03" / "rows.parquet", partitioning=None).to_pylist()


def test_a_month_is_written_and_replaced_whole(tmp_path) -> None:
    """一个月的数据整份写出，整份替换。"""
    assert publish("certificates", (row(row_id=str(n)) for n in range(3)), tmp_path, "2026-03") == 3
    assert publish("certificates", [row()], tmp_path, "2026-03") == 1
    assert [line["row_id"] for line in read(tmp_path)] == [NUMBER]
    assert read(tmp_path)[0]["theory"] == Decimal("81.5")
    assert read(tmp_path)[0]["panel"] is None
    assert read(tmp_path)[0]["changed_at"].hour == 9, "时刻按本地时间公布"
    assert months_of("certificates", tmp_path) == ("2026-03",)
    assert set(tables_in(tmp_path)) == {"certificates"}


def test_a_month_without_rows_leaves_no_file(tmp_path) -> None:
    """没有行的月份不留文件。"""
    publish("certificates", [row()], tmp_path, "2026-03")
    assert publish("certificates", [], tmp_path, "2026-03") == 0
    assert months_of("certificates", tmp_path) == ()
    assert tables_in(tmp_path) == {}


REFUSED = [
    ("证件号码的列", "certificates", {"id_number": "310101199001011234"}, "没有列：id_number"),
    ("编出来的列", "certificates", {"colour": "红"}, "没有列：colour"),
    ("索引列里的原文", "certificates", {"phone": "13800000000"}, "只能是加盐索引"),
    ("文字里的证件号码", "certificates", {"trade_name": "310101199001011234"}, "像是证件号码"),
    ("类型不合", "certificates", {"issued_on": "去年"}, "不合其列"),
]


@pytest.mark.parametrize(("name", "table", "wrong", "says"), REFUSED, ids=[line[0] for line in REFUSED])
def test_refused_rows_leave_what_stands(tmp_path, name, table, wrong, says) -> None:
    """不能公布的行被拒绝，已公布的不动。"""
    publish(table, [row()], tmp_path, "2026-03")
    with pytest.raises(NotPublishable, match=says):
        publish(table, [row(), row(**wrong)], tmp_path, "2026-03")
    assert len(read(tmp_path)) == 1
    assert not list(tmp_path.rglob(".*"))


WRONG_MONTHS = [("没有月份", "certificates", ""), ("月份写法", "certificates", "2026年3月"), ("不按月的表", "bodies", "2026-03")]


@pytest.mark.parametrize(("table", "month"), [line[1:] for line in WRONG_MONTHS], ids=[line[0] for line in WRONG_MONTHS])
def test_months_are_told_apart(tmp_path, table, month) -> None:
    """按月公布的表要写对月份，不按月的不能写。"""
    with pytest.raises(NotPublishable):
        publish(table, [], tmp_path, month)


def test_a_run_that_was_killed_half_way_is_passed_over(tmp_path) -> None:
    """写了一半的文件不读。"""
    publish("certificates", [row()], tmp_path, "2026-03")
    (tmp_path / "certificates" / "month=2026-03" / ".rows.parquet.1").write_bytes(b"half")
    assert len(read(tmp_path)) == 1
    assert months_of("certificates", tmp_path) == ("2026-03",)


WRITER = """
import sys
from pathlib import Path
from touchstone.lake import publish
rows = ({"row_id": f"{sys.argv[2]}-{n}", "number": str(n)} for n in range(200_000))
print("begun", flush=True)
publish("certificates", rows, Path(sys.argv[1]), "2026-03")
"""


def test_a_writer_that_is_killed_leaves_the_month_as_it_was(tmp_path) -> None:
    """写出途中被终止的，当月数据与原来一样。"""
    publish("certificates", [row()], tmp_path, "2026-03")
    for turn in range(3):
        with subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path), str(turn)], stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            process.stdout.readline()
            process.kill()
        assert [line["row_id"] for line in read(tmp_path)] == [NUMBER]
        assert months_of("certificates", tmp_path) == ("2026-03",)
    assert set(tables_in(tmp_path)) == {"certificates"}


def test_indices_need_the_secret() -> None:
    """没有盐算不出索引；大小写和空格不影响。"""
    assert index_of("盐", "id", " 31010119900101123x ") == index_of("盐", "id", "31010119900101123X")
    assert index_of("盐", "id", "甲") != index_of("另一把盐", "id", "甲")
    assert index_of("盐", "id", "甲") != index_of("盐", "name", "甲")
    assert index_of("盐", "id", "  ") is None
    with pytest.raises(ValueError, match="no kind"):
        index_of("盐", "colour", "红")
