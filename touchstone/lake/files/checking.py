"""核对: which rules does each row of a file break, and how does the file go back with that written beside it?"""

# ruff: noqa: S608 - names and texts are quoted by `quoted` and `literal` wherever they enter a statement

import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex

import duckdb
import ibis

from touchstone.lake.asking import Asked, Question
from touchstone.lake.comparing import Told, askable, find, sources
from touchstone.lake.engines import MEMORY, files_of, opened
from touchstone.lake.expressions import EXPRESSIONS
from touchstone.lake.files.columns import COLUMNS, Matched, match
from touchstone.lake.files.normalising import IN_FILE, normalise
from touchstone.lake.files.reading import ROW, FileUnreadable, Prepared, literal, prepare, quoted
from touchstone.lake.publishing import tables_in
from touchstone.lake.tables import TABLES

ERRORS = "核对结果"
_RISKY = "^[=+\\-@\\t\\r\\n|%＝＋－＠]"
READING, SHAPING, WRITING = "读取文件", "整理各列", "写回文件"


@dataclass(frozen=True)
class RuleCount:
    """How often one rule was broken: hits, and rows of the file they concern."""

    rule: str
    hits: int
    rows: int


@dataclass(frozen=True)
class Checked:
    """What came of a check: rows read, rows with something wrong, what each rule found, which rules were passed over and why."""

    rows: int
    wrong: int
    counts: tuple[RuleCount, ...]
    passed_over: Mapping[str, str]
    unknown_columns: tuple[str, ...]
    written: Path | None


def check(
    file: Path,
    rules: Sequence[Asked],
    *,
    against: Path | None = None,
    salt: str = "",
    engine: str = "duckdb",
    out: Path | None = None,
    memory: str = MEMORY,
    tell: Told = lambda step: None,
) -> Checked:
    """This function will check a file by itself, or against published tables, and write it to `out` with a column of errors.

    `out` is a .csv (with the mark Excel knows UTF-8 by, and no cell that a spreadsheet would run as a formula) or a .parquet.
    :raises FileUnreadable: when the file cannot be read; :raises WrongColumns: when required columns are missing.
    """
    with tempfile.TemporaryDirectory(prefix="touchstone-check-") as name:
        folder = Path(name)
        connection = _connection(folder, memory)
        tell(READING)
        prepared = prepare(file, folder, connection)
        matched = match(prepared.headers)
        tell(SHAPING)
        shaped = folder / "certificates.parquet"
        normalise(prepared, matched.places, shaped, salt=salt or token_hex(16), connection=connection, against=against)
        tables = {key: [path] for key, path in (tables_in(against) if against else {}).items()}
        tables["certificates"] = [shaped, *tables.get("certificates", [])]
        able, passed_over = _able(rules, matched, tables)
        found = list(_found(engine, folder, able, tables, memory, tell))
        tell(WRITING)
        _gather(connection, found)
        counts = _counts(connection, able)
        wrong = _one(connection, "SELECT count(DISTINCT row_id) FROM said")
        if out is not None:
            _write_back(connection, prepared, out)
        rows = _one(connection, f"SELECT count(*) FROM read_parquet({literal(shaped)})")
        connection.close()
        unknown = tuple(header for header in matched.unknown if header != ERRORS)
        return Checked(rows, wrong, counts, passed_over, unknown, out)


def _connection(folder: Path, memory: str) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(config={"memory_limit": memory, "temp_directory": str(folder / "spill-file")})
    connection.execute("SET enable_progress_bar = false")
    return connection


def _able(rules: Sequence[Asked], matched: Matched, tables: Mapping[str, Sequence[Path]]) -> tuple[list[Asked], dict[str, str]]:
    """Rules about certificates whose tables and columns are there; the others with the reason."""
    about = [rule for rule in rules if "certificates" in EXPRESSIONS[rule.key].tables and rule.key not in _OF_CANDIDATES]
    able, passed_over = askable(about, tables)
    if len(tables["certificates"]) == 1:
        able = [rule for rule in able if rule.key not in _BY_ABSENCE]
        passed_over |= dict.fromkeys(_BY_ABSENCE, "只有已公布的证书才能说明此前有没有，未比对。")
    absent = {column.column: column.header for column in COLUMNS if column not in matched.places.values()}
    kept = []
    for rule in able:
        told_otherwise = _TOLD_BY_PLAN if "plans" in tables else ()
        lacking = [absent[name] for name in _columns_of(rule) if name in absent and name not in told_otherwise]
        if lacking:
            passed_over[rule.key] = f"文件没有“{'、'.join(lacking)}”列，未核对。"
        else:
            kept.append(rule)
    return kept, passed_over


_OF_CANDIDATES = {"ladder.earlier_not_found"}
_BY_ABSENCE = ("ladder.skipped",)
"""Rules that hold against a row what is not there: one file alone proves nothing."""
_TOLD_BY_PLAN = ("examined_on", "notice_until")
_SPARED = {
    "dates.under_age": {"birthday"},  # the identity number tells it
    **{key: {"panel"} for key in ("scores.under_pass", "scores.out_of_range", "scores.total")},  # only two levels have one
}


def _columns_of(rule: Asked) -> list[str]:
    """The certificate columns that decide whether a row breaks a rule: those of its condition, or the one its rows belong together by."""
    expression = EXPRESSIONS[rule.key]
    if not expression.single:
        return [expression.tables["certificates"]]
    row = ibis.table(ibis.schema({name: ibis.dtype(kind) for name, kind in TABLES["certificates"].columns.items()}), name="certificates")
    seen = expression.carry_out(row, Question(rule))
    names = {field.name for field in seen.when.op().find(ibis.expr.operations.Field)}
    return sorted(names - _SPARED.get(rule.key, set()))


def _found(engine: str, folder: Path, rules: Sequence[Asked], tables: Mapping[str, Sequence[Path]], memory: str, tell: Told) -> Iterator[Path]:
    with opened(engine, folder / "engine", memory=memory) as opener:
        # With nothing published every row is one of the file's, and nothing need be left out.
        since = IN_FILE if any(len(paths) > 1 for paths in tables.values()) or len(tables) > 1 else None
        yield from find(opener, folder, rules, sources(opener, tables), since, tell)


def _gather(connection: duckdb.DuckDBPyConnection, found: Iterable[Path]) -> None:
    connection.execute("CREATE TEMP TABLE said (rule VARCHAR, subject UBIGINT, row_id BIGINT, told VARCHAR)")
    for path in found:
        connection.execute(
            "INSERT INTO said SELECT rule, hash(subject), CAST(regexp_extract(row_id, '[0-9]+') AS BIGINT), told "
            f"FROM read_parquet([{', '.join(map(literal, files_of(path)))}]) WHERE regexp_full_match(row_id, '第[0-9]+行')"
        )


def _counts(connection: duckdb.DuckDBPyConnection, rules: Sequence[Asked]) -> tuple[RuleCount, ...]:
    lines = connection.execute("SELECT rule, count(DISTINCT subject), count(DISTINCT row_id) FROM said GROUP BY rule").fetchall()
    by_rule = {rule: (hits, rows) for rule, hits, rows in lines}
    return tuple(RuleCount(rule.key, *by_rule.get(rule.key, (0, 0))) for rule in rules)


def _one(connection: duckdb.DuckDBPyConnection, sql: str) -> int:
    line = connection.execute(sql).fetchone()
    return int(line[0]) if line else 0


def _write_back(connection: duckdb.DuckDBPyConnection, prepared: Prepared, out: Path) -> None:
    """The file's own columns as they came, and the sentences of each row in one more."""
    if out.suffix.lower() not in {".csv", ".parquet"}:
        raise FileUnreadable(f"结果只能写成 CSV 或 Parquet，不能写成“{out.suffix}”。")
    kept = [name for name in prepared.headers if name != ERRORS]
    for_a_sheet = out.suffix.lower() == ".csv"
    cells = [_guarded(f"r.{quoted(name)}") if for_a_sheet else f"r.{quoted(name)}" for name in kept]
    shown = [f"{cell} AS {quoted(_header(name, n, for_a_sheet))}" for n, (name, cell) in enumerate(zip(kept, cells, strict=True))]
    said = "SELECT DISTINCT rule, row_id, told FROM said"
    joined = f"SELECT row_id, string_agg(told, '' ORDER BY rule, told) AS told FROM ({said}) GROUP BY row_id"
    told = _guarded("s.told") if for_a_sheet else "s.told"
    select = (
        f"SELECT {', '.join(shown)}, coalesce({told}, '') AS {quoted(ERRORS)} FROM read_parquet({literal(prepared.path)}) AS r "
        f"LEFT JOIN ({joined}) AS s ON s.row_id = r.{quoted(ROW)} ORDER BY r.{quoted(ROW)}"
    )
    form = "FORMAT csv, HEADER" if for_a_sheet else "FORMAT parquet, COMPRESSION zstd"
    waiting = out.with_name(f".{out.name}.part")
    connection.execute(f"COPY ({select}) TO {literal(waiting)} ({form})")
    waiting.replace(out)


def _header(name: str, place: int, for_a_sheet: bool) -> str:
    if not for_a_sheet:
        return name
    safe = "'" + name if re.match(_RISKY, name) else name
    # Excel takes a CSV for UTF-8 only with this mark in front.
    return f"\ufeff{safe}" if place == 0 else safe


def _guarded(cell: str) -> str:
    return f"CASE WHEN regexp_matches({cell}, {literal(_RISKY)}) THEN '''' || {cell} ELSE {cell} END"
