"""比对基准测试: do our rules and the SQL written by hand find the same rows in the table of the benchmark?"""

from bench import comparison


def test_ours_and_sql_by_hand_find_the_same(tmp_path) -> None:
    path = tmp_path / "certificates.parquet"
    comparison.write(17_000, path)
    rows, found = comparison.ours_on_duckdb(str(path))
    assert (rows, found) == comparison.by_hand(str(path))
    assert rows == 17_000
    counts = dict(part.split("=") for part in found.split())
    assert all(int(count) > 0 for count in counts.values()), counts
