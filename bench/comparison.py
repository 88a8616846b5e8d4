"""比对: rows a second of twelve checks on certificate data: ours on DuckDB and on Spark, SQL written by hand, pandera, frictionless.

All read the same Parquet file (frictionless its CSV) and must find the same rows: the counts by rule are compared.
`python -m bench.comparison [rows …] [--put]`; without numbers 1,000,000 and 5,000,000. Hits are written out by all but the two libraries,
which hand them back; ours with a sentence for each.
"""

import sys
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from statistics import median

from bench.apart import Measured, figure, measure
from bench.section import put_section

SIZES = (1_000_000, 5_000_000)
FRICTIONLESS_AT_MOST = 1_000_000
MEMORY = "1GB"
DAY = date(2026, 6, 1)
RULES = (
    "number.grammar", "number.year", "number.level", "identity.length", "identity.check_digit", "identity.birthday", "dates.before_exam",
    "dates.inside_notice", "scores.part_missing", "scores.under_pass", "duplicates.number", "duplicates.in_body",
)  # fmt: skip
TITLE = "## 十二、证书数据比对"
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def _digits(column: str) -> str:
    return " + ".join(f"(ascii(substr({column}, {n}, 1)) - 48) * {weight}" for n, weight in enumerate(_WEIGHTS, 1))


_CHECK = f"substr('10X98765432', ({_digits('id17')}) % 11 + 1, 1)"


def write(rows: int, path: Path) -> None:
    """Write the table; every check is broken by about one row in some thousand, each in its own way."""
    import duckdb

    from touchstone.lake.tables import TABLES

    kinds = {"string": "VARCHAR", "date32[day]": "DATE", "timestamp[us]": "TIMESTAMP", "bool": "BOOLEAN", "decimal128(5, 1)": "DECIMAL(5,1)"}
    made = {
        "row_id": "'第' || (i + 2) || '行'", "number": "number", "holder": "id_number", "birthday": "birthday",
        "body": "prefix",
        "occupation_code": "'6-18-01-0' || (i % 7)", "occupation_name": "'职业' || (i % 7)",
        "level": "level", "issued_on": "issued_on",
        "examined_on": "examined_on", "notice_until": "examined_on + 12",
        "theory": "CASE WHEN i % 3001 = 5 THEN NULL WHEN i % 2003 = 6 THEN 59.5 ELSE 60 + hash(i) % 40 END",
        "practical": "60 + hash(i + 7) % 40", "panel": "NULL", "plan_number": "'JH' || (i // 50)", "valid": "TRUE",
        "id_kind": "'居民身份证'", "id_number": "id_number", "cell_faults": "''", "empty_cells": "''",
    }  # fmt: skip
    columns = TABLES["certificates"].columns
    shaped = ", ".join(f"CAST({made.get(name, 'NULL')} AS {kinds[str(kind)]}) AS {name}" for name, kind in columns.items())
    duckdb.connect().execute(f"""
        COPY (
          WITH numbers AS (SELECT i, CASE WHEN i % 9001 = 16 AND i >= 8400 THEN i - 8400 ELSE i END AS person FROM range({rows}) AS t(i)),
          base AS (SELECT *, CAST(5 - i % 3 AS VARCHAR) AS level, DATE '1960-01-01' + CAST((person // 1000 * 3) % 15000 AS INT) AS birthday,
                 DATE '2026-01-05' + CAST(i % 90 AS INT) AS examined_on, 'S000031' || lpad(CAST(i % 400 AS VARCHAR), 6, '0') AS prefix
                 FROM numbers),
          people AS (SELECT *, '310101' || strftime(birthday, '%Y%m%d') || lpad(CAST(person % 1000 AS VARCHAR), 3, '0') AS id17 FROM base),
          dated AS (SELECT * EXCLUDE (birthday), birthday + CASE WHEN i % 4001 = 7 THEN 1 ELSE 0 END AS birthday,
                 id17 || CASE WHEN i % 5003 = 8 THEN '*' WHEN i % 2501 = 9 THEN CASE WHEN {_CHECK} = '1' THEN '2' ELSE '1' END ELSE {_CHECK} END
                   AS id_number,
                 examined_on + CASE WHEN i % 3503 = 10 THEN -1 WHEN i % 3511 = 11 THEN 3 ELSE 18 END AS issued_on FROM people),
          numbered AS (SELECT *, CASE WHEN i % 6007 = 12 THEN 'X' || i ELSE prefix || CASE WHEN i % 4507 = 13 THEN '25' ELSE '26' END
                 || CASE WHEN i % 4513 = 14 THEN CASE WHEN level = '1' THEN '2' ELSE '1' END ELSE level END
                 || lpad(CAST((CASE WHEN i % 8009 = 15 AND i >= 1200 THEN i - 1200 ELSE i END) // 400 AS VARCHAR), 6, '0') END AS number FROM dated)
          SELECT {shaped} FROM numbered
        ) TO '{path}' (FORMAT parquet, COMPRESSION zstd)
    """)


def _ours(path: str, engine: str, tell=None) -> tuple[int, str]:
    import pyarrow.parquet as pq

    from touchstone.lake.comparing import find, sources
    from touchstone.lake.engines import opened
    from touchstone.policy.monitoring import in_force

    asked = [rule for rule in in_force(DAY) if rule.key in RULES]
    with tempfile.TemporaryDirectory() as name, opened(engine, Path(name) / "engine", memory=MEMORY) as opener:
        found = list(find(opener, Path(name), asked, sources(opener, {"certificates": Path(path)})))
        return pq.ParquetFile(path).metadata.num_rows, _counted(found)


def ours_on_duckdb(path: str) -> tuple[int, str]:
    """The product's rules, in this process."""
    return _ours(path, "duckdb")


def ours_on_spark(path: str) -> tuple[int, str]:
    """The same, unchanged, on Spark."""
    return _ours(path, "spark")


def _counted(found: Sequence[Path]) -> str:
    """Rows by rule, as one line that can be compared."""
    import duckdb

    files = [str(file) for path in found for file in ([path] if path.is_file() else sorted(path.glob("*.parquet")))]
    lines = duckdb.execute(f"SELECT rule, count(DISTINCT row_id) FROM read_parquet({files}) GROUP BY 1").fetchall()
    return _answer(dict(lines))


def _answer(counts: dict[str, int]) -> str:
    return " ".join(f"{key}={counts.get(key, 0)}" for key in sorted(RULES))


def by_hand(path: str) -> tuple[int, str]:
    """The same checks as somebody writes them in DuckDB's SQL, all in one reading where that can be; no sentences."""
    import duckdb

    digits = _digits("id_number")
    formed, resident = "regexp_matches(number, '^[YS][0-9]{14}[1-5A-Z][0-9]{6}$')", "regexp_matches(id_number, '^[0-9]{17}[0-9X]$')"
    conditions = {
        "number.grammar": f"NOT {formed}",
        "number.year": f"{formed} AND substr(number, 14, 2) <> strftime(issued_on, '%y')",
        "number.level": f"{formed} AND substr(number, 16, 1) <> level",
        "identity.length": f"length(id_number) > 0 AND NOT {resident}",
        "identity.check_digit": f"{resident} AND substr(id_number, 18, 1) <> substr('10X98765432', ({digits}) % 11 + 1, 1)",
        "identity.birthday": f"{resident} AND substr(id_number, 7, 8) <> strftime(birthday, '%Y%m%d')",
        "dates.before_exam": "issued_on < examined_on",
        "dates.inside_notice": "issued_on BETWEEN examined_on AND notice_until",
        "scores.part_missing": "theory IS NULL OR practical IS NULL",
        "scores.under_pass": "least(theory, practical, panel) < 60",
    }
    marks = ", ".join(f"CASE WHEN {sql} THEN '{rule}' END" for rule, sql in conditions.items())
    table = f"read_parquet('{path}')"
    with tempfile.TemporaryDirectory() as name:
        target = Path(name) / "found.parquet"
        connection = duckdb.connect(config={"memory_limit": MEMORY, "temp_directory": f"{name}/spill", "preserve_insertion_order": False})
        connection.execute(f"""
            COPY (
              SELECT rule, row_id FROM (SELECT row_id, unnest([{marks}]) AS rule FROM {table}) WHERE rule IS NOT NULL
              UNION ALL
              SELECT 'duplicates.number', row_id FROM {table} SEMI JOIN (SELECT number FROM {table} GROUP BY 1 HAVING count(*) > 1) USING (number)
              UNION ALL
              SELECT 'duplicates.in_body', row_id FROM {table} SEMI JOIN (
                SELECT holder, occupation_code, level, body FROM {table} WHERE valid GROUP BY ALL HAVING count(DISTINCT number) > 1
              ) USING (holder, occupation_code, level, body)
            ) TO '{target}' (FORMAT parquet)
        """)
        rows = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        return rows, _counted([target])


_COLUMNS = (
    "row_id", "number", "holder", "birthday", "body", "occupation_code", "level", "issued_on", "examined_on", "notice_until", "theory", "practical",
    "panel", "id_number",
)  # fmt: skip


def with_pandera(path: str) -> tuple[int, str]:
    """pandera, with checks over whole columns of a pandas frame, all failures collected."""
    import pandas
    import pandera.pandas as pa
    import pyarrow.parquet as pq

    frame = pq.read_table(path, columns=list(_COLUMNS)).to_pandas(date_as_object=False)
    for name in ("theory", "practical", "panel"):
        frame[name] = pandas.to_numeric(frame[name])
    checks = {key: pa.Check(rule, name=key, ignore_na=False) for key, rule in _in_pandas().items()}
    schema = pa.DataFrameSchema({}, checks=list(checks.values()))
    counts: dict[str, int] = {}
    try:
        schema.validate(frame, lazy=True)
    except pa.errors.SchemaErrors as found:
        counts = found.failure_cases.groupby("check")["index"].nunique().to_dict()
    return len(frame), _answer(counts)


def _in_pandas():
    def formed(df):
        return df["number"].str.fullmatch("[YS][0-9]{14}[1-5A-Z][0-9]{6}").astype(bool)

    def resident(df):
        return df["id_number"].str.fullmatch("[0-9]{17}[0-9X]").astype(bool)

    def check_digit(df):
        good = df["id_number"].where(resident(df), "000000000000000000")
        total = sum((good.str[n].astype(int) * w for n, w in enumerate(_WEIGHTS)), start=0)
        return ~resident(df) | (good.str[17] == (total % 11).map(dict(enumerate("10X98765432"))))

    def lowest(df):
        return df[["theory", "practical", "panel"]].min(axis=1)

    return {
        "number.grammar": formed,
        "number.year": lambda df: ~formed(df) | (df["number"].str[13:15] == df["issued_on"].dt.strftime("%y")),
        "number.level": lambda df: ~formed(df) | (df["number"].str[15] == df["level"]),
        "identity.length": resident,
        "identity.check_digit": check_digit,
        "identity.birthday": lambda df: ~resident(df) | (df["id_number"].str[6:14] == df["birthday"].dt.strftime("%Y%m%d")),
        "dates.before_exam": lambda df: df["issued_on"] >= df["examined_on"],
        "dates.inside_notice": lambda df: (df["issued_on"] < df["examined_on"]) | (df["issued_on"] > df["notice_until"]),
        "scores.part_missing": lambda df: df["theory"].notna() & df["practical"].notna(),
        "scores.under_pass": lambda df: ~(lowest(df) < 60),
        "duplicates.number": lambda df: ~df.duplicated("number", keep=False),
        "duplicates.in_body": lambda df: ~df.duplicated(["holder", "occupation_code", "level", "body"], keep=False),
    }


def with_frictionless(path: str) -> tuple[int, str]:
    """frictionless, row by row over the CSV; the two duplicate checks by a check of one's own."""
    from collections import Counter
    from datetime import date as day

    from frictionless import Check, Resource, errors, validate

    from bench.frictionless_rows import broken_by, twice

    class Rules(Check):
        type = "touchstone-rules"
        Errors = [errors.RowConstraintError]

        def validate_start(self):
            self.counts, self.numbers, self.people = Counter(), Counter(), Counter()
            return iter(())

        def validate_row(self, row):
            for key in broken_by(row, day):
                self.counts[key] += 1
                yield errors.RowConstraintError.from_row(row, note=key)
            self.numbers[row["number"]] += 1
            self.people[row["holder"], row["occupation_code"], row["level"], row["body"]] += 1

        def validate_end(self):
            self.counts["duplicates.number"], self.counts["duplicates.in_body"] = twice(self.numbers), twice(self.people)
            return iter(())

    check = Rules()
    report = validate(Resource(path=_as_csv(path)), checks=[check], limit_errors=10**9)
    return report.tasks[0].stats["rows"], _answer(dict(check.counts))


def _as_csv(path: str) -> str:
    """The same table as CSV, written once beside it."""
    import duckdb

    target = Path(path).with_suffix(".csv")
    if not target.exists():
        duckdb.execute(f"COPY (SELECT {', '.join(_COLUMNS)} FROM read_parquet('{path}')) TO '{target}' (HEADER)")
    # frictionless reads below the folder it stands in only.
    import os

    os.chdir(target.parent)
    return target.name


def whole_command(path: str) -> tuple[int, str]:
    """`touchstone certificates check` on a CSV in the upload shape: read, put right, all rules, written back with a column of errors."""
    from touchstone.lake.files import check
    from touchstone.policy.monitoring import in_force

    source = _in_upload_shape(path)
    done = check(source, in_force(DAY), out=source.with_name("checked.csv"), memory=MEMORY)
    return done.rows, f"{done.wrong} rows wrong"


def _in_upload_shape(path: str) -> Path:
    import duckdb

    target = Path(path).with_name("upload.csv")
    if not target.exists():
        duckdb.execute(f"""COPY (SELECT '某人' AS 姓名, id_kind AS 证件类型, id_number AS 证件号码, birthday AS 出生日期, occupation_code AS 职业编码,
            occupation_name AS 职业名称, level AS 技能等级, theory AS 理论成绩, practical AS 技能成绩, panel AS 综合评审成绩, number AS 证书编号,
            examined_on AS 考试日期, notice_until AS 公示截止日期, issued_on AS 发证日期, body AS 评价机构编码, plan_number AS 计划编号
            FROM read_parquet('{path}')) TO '{target}' (HEADER)""")
    return target


CONTENDERS = (
    ("试金石，DuckDB（写出每处的句子）", "ours_on_duckdb", 5),
    ("手写 DuckDB SQL（只写出规则和行）", "by_hand", 5),
    ("试金石，Spark local（同一表达式）", "ours_on_spark", 1),
    ("pandera（pandas，内存不限）", "with_pandera", 1),
    ("frictionless（逐行）", "with_frictionless", 1),
)


def run(sizes: Sequence[int]) -> list[str]:
    """Measure every contender at every size; the lines of the section."""
    lines = [TITLE, ""]
    for rows in sizes:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "certificates.parquet"
            write(rows, path)
            found = [
                measure(name, f"bench.comparison:{function}", str(path), repeats=repeats)
                for name, function, repeats in CONTENDERS
                if not (function == "with_frictionless" and rows > FRICTIONLESS_AT_MOST)
            ]
            answers = {one.answer for one in found if not one.absent}
            assert len(answers) == 1, f"contenders disagree: {sorted(answers)}"
            whole = measure("整条命令", "bench.comparison:whole_command", str(path), repeats=1)
        hits = sum(int(part.split("=")[1]) for part in answers.pop().split())
        lines += [f"### {rows:,} 行", "", f"{len(RULES)}项核对，各方找到的行完全一致（共{hits:,}处）。我们和手写 SQL 的内存上限都设为 {MEMORY}。", ""]
        lines += _table(found)
        seconds = median(whole.warm)
        told = f"{seconds:.1f} 秒，{rows / seconds:,.0f} 行/秒，内存最多 {whole.peak:.0f} MB"
        lines += ["", f"整条 `touchstone certificates check`（读 CSV、整理、文件适用的全部规则、写回带“核对结果”列的 CSV）：{told}。", ""]
    return lines


def _table(found: Sequence[Measured]) -> list[str]:
    lines = ["|  | 行/秒（热） | 行/秒（冷） | 秒（热） | 内存 MB | 次数 |", "|---|---|---|---|---|---|"]
    for one in found:
        if one.absent:
            lines.append(f"| {one.name} | {one.absent} |  |  |  |  |")
        else:
            cells = (one.name, one.rate(one.warm), one.rate(one.cold), figure(median(one.warm)), f"{one.peak:.0f}", str(len(one.warm)))
            lines.append(f"| {' | '.join(cells)} |")
    return lines


def main() -> int:
    sizes = [int(word.replace(",", "")) for word in sys.argv[1:] if word[0].isdigit()] or list(SIZES)
    lines = run(sizes)
    print("\n".join(lines))
    if "--put" in sys.argv:
        put_section(lines)
    return 0


if __name__ == "__main__":
    sys.exit(main())
