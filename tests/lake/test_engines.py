"""引擎测试: does what both engines must take alike hold: names made and dropped, check digits by sums, every rule put into words of either?"""

from datetime import date
from types import SimpleNamespace

import ibis
import pyarrow as pa
import pytest

from touchstone.kernel.numbers import id_check_place
from touchstone.lake import ENGINES, EXPRESSIONS, TABLES, EngineMissing
from touchstone.lake.comparing import found_by, told_of, wrong_rows
from touchstone.lake.engines import opened
from touchstone.lake.expressions.one_row import expected_place
from touchstone.policy.monitoring import in_force

ASKED = in_force(date(2026, 6, 1))
DIALECTS = {"duckdb": "duckdb", "spark": "pyspark"}


@pytest.fixture(params=ENGINES)
def dialect(request) -> str:
    """The words of one engine. Nothing is run on Spark here: a Java machine takes longer to start than all these tests; `make campaign` runs it."""
    if request.param == "spark":
        pytest.importorskip("pyspark", reason="没有安装 pyspark（requirements/spark.txt）")
        assert ibis.pyspark.name == "pyspark"
    return DIALECTS[request.param]


def unbound(*names):
    """Tables that stand for the published ones."""
    return SimpleNamespace(**{
        name: ibis.table({column: ibis.dtype(kind) for column, kind in TABLES[name].columns.items()}, name=name) for name in names
    })  # fmt: skip


@pytest.mark.parametrize("dialect", ["spark"], indirect=True)
def test_every_rule_over_many_rows_can_be_said_to_spark(dialect) -> None:
    """To DuckDB the planted cases say them all."""
    for rule in ASKED:
        expression = EXPRESSIONS[rule.key]
        if not expression.single:
            sql = ibis.to_sql(found_by(rule, expression, unbound(*expression.tables)), dialect=dialect)
            assert "SELECT" in sql, rule.key


def test_rules_over_one_row_can_be_said_to_either_engine(dialect) -> None:
    single = [rule for rule in ASKED if EXPRESSIONS[rule.key].single]
    wrong = wrong_rows(single, unbound("certificates"))
    assert "SELECT" in ibis.to_sql(wrong, dialect=dialect)
    marked = ibis.table(wrong.schema(), name="marked")
    assert "SELECT" in ibis.to_sql(told_of(single, marked), dialect=dialect)


def test_check_digits_are_sums_of_single_places(dialect) -> None:
    """`//` of a number of 17 places would be a double."""
    sql = ibis.to_sql(expected_place(ibis.table({"id_number": "string"}, name="t").id_number), dialect=dialect)
    assert "ascii" in sql.lower()
    assert "//" not in sql
    assert "FLOOR" not in sql.upper()


def held(engine) -> set[str]:
    """Tables and views the engine holds."""
    return {name for (name,) in engine._connection.raw_sql("SELECT table_name FROM information_schema.tables").fetchall()}


def test_check_digits_are_those_of_the_standard(tmp_path) -> None:
    numbers = [f"310101{1950 + n}0307{n:03d}" for n in range(60)]
    with opened("duckdb", tmp_path) as engine:
        table = engine._connection.create_table("t", ibis.memtable(pa.table({"first": numbers})))
        found = table.select(place=expected_place(table.first.concat("?"))).to_pyarrow().column("place").to_pylist()
        assert found == [id_check_place(number) for number in numbers]
        assert {"X", "0"} <= set(found)
        engine._connection.drop_table("t")
        assert "t" not in held(engine)


def test_a_view_is_made_and_dropped(tmp_path) -> None:
    with opened("duckdb", tmp_path) as engine:
        view = engine.named("some", ibis.memtable(pa.table({"a": [1, 2]})))
        assert view.count().to_pyarrow().as_py() == 2
        engine._connection.drop_view(view.get_name())
        assert "lake_some" not in held(engine)


def test_an_engine_that_is_not_there_is_named(tmp_path) -> None:
    with pytest.raises(EngineMissing, match="可选：duckdb、spark"), opened("abacus", tmp_path):
        pass
