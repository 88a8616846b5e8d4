"""引擎: where do the expressions run: in this process (DuckDB), or on a Spark cluster?

Both read the same Parquet files and write what was found as Parquet files, so that nothing but their name differs.
"""

import os
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa
import pyarrow.dataset as ds

from touchstone.lake.tables import TABLES

ENGINES = ("duckdb", "spark")
MEMORY = "1GB"


class EngineMissing(RuntimeError):
    """The engine asked for is not installed here."""


class Engine:
    """One engine with the tables in it."""

    def __init__(self, name: str, connection: Any) -> None:
        self.name, self._connection = name, connection

    def table(self, name: str, source: Path | Sequence[Path]) -> Any:
        """This method will give a table (folders of months, or files) with the columns of its shape."""
        shape = TABLES[name]
        files = [str(file) for place in ([source] if isinstance(source, Path) else source) for file in files_of(place)]
        if self.name == "duckdb":
            found = self._connection.read_parquet(files, union_by_name=True, hive_partitioning=False)
        else:
            self._connection._session.read.option("mergeSchema", "true").parquet(*files).createOrReplaceTempView(f"file_{name}")
            found = self._connection.table(f"file_{name}")
        # What was published before a column was added has none.
        return self.named(name, found.select(**{
            column: found[column] if column in found.columns else ibis.null(ibis.dtype(kind)) for column, kind in shape.columns.items()
        }))  # fmt: skip

    def named(self, name: str, expression: Any) -> Any:
        """This method will give the engine a name for an expression: what builds on it stays small, and is put together faster."""
        if self.name == "duckdb":
            return self._connection.create_view(f"lake_{name}", expression, overwrite=True)
        session = self._connection._session
        session.sql(ibis.to_sql(expression, dialect="pyspark")).createOrReplaceTempView(f"lake_{name}")
        return self._connection.table(f"lake_{name}")

    def rows(self, path: Path) -> Any:
        """This method will give a Parquet file of any shape, such as what was found before."""
        return self._connection.read_parquet(str(path))

    def write(self, expression: Any, target: Path) -> Path:
        """This method will run an expression and leave its rows as Parquet under `target`."""
        if self.name == "duckdb":
            expression.to_parquet(str(target))
        else:
            sql = ibis.to_sql(expression, dialect="pyspark")
            self._connection._session.sql(sql).write.mode("overwrite").parquet(str(target))
        return target


def files_of(source: Path) -> list[Path]:
    """This function will give the Parquet files of a table; those that are still being written begin with a dot."""
    if source.is_file():
        return [source]
    return sorted(path for path in source.rglob("*.parquet") if not any(part.startswith((".", "_")) for part in path.relative_to(source).parts))


def read_found(path: Path) -> pa.Table:
    """This function will read what an engine wrote, a file or a folder of files."""
    return ds.dataset([str(file) for file in files_of(path)], format="parquet").to_table()


@contextmanager
def opened(name: str, folder: Path, *, memory: str = MEMORY) -> Iterator[Engine]:
    """This function will open an engine that spills into `folder`, and close it. :raises EngineMissing: with what to install."""
    if name not in ENGINES:
        raise EngineMissing(f"没有名为“{name}”的引擎，可选：{'、'.join(ENGINES)}。")
    folder.mkdir(parents=True, exist_ok=True)
    connection = _duckdb(folder, memory) if name == "duckdb" else _spark(folder, memory)
    try:
        yield Engine(name, connection)
    finally:
        connection.disconnect()
        shutil.rmtree(folder / "spill", ignore_errors=True)


def _duckdb(folder: Path, memory: str) -> Any:
    settings: Mapping[str, Any] = {"memory_limit": memory, "temp_directory": str(folder / "spill"), "preserve_insertion_order": False}
    return ibis.duckdb.connect(**settings)


def _spark(folder: Path, memory: str) -> Any:
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        raise EngineMissing("没有安装 pyspark。请安装 requirements/spark.txt，并准备 Java 17，或改用 --engine duckdb。") from None
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        raise EngineMissing("Spark 需要 Java 17，这台机器上没有。请安装，或改用 --engine duckdb。")
    os.environ["PYSPARK_PYTHON"] = sys.executable
    settings = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.driver.memory": memory.replace("GB", "g").replace("MB", "m"),
        "spark.local.dir": str(folder / "spill"),
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
        "spark.sql.shuffle.partitions": str(os.cpu_count() or 2),
        # Moments are wall-clock times without a zone, in the files and here.
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.timestampType": "TIMESTAMP_NTZ",
        "spark.sql.parquet.inferTimestampNTZ.enabled": "true",
        "spark.sql.sources.partitionColumnTypeInference.enabled": "false",
    }
    builder = SparkSession.builder.master("local[*]").appName("touchstone")
    for key, value in settings.items():
        builder = builder.config(key, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    return ibis.pyspark.connect(session)
