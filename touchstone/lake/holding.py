"""所在月份: in which months of a published table do rows of some value lie?"""

from collections.abc import Collection
from pathlib import Path

import pyarrow.dataset as ds

from touchstone.lake.publishing import month_file, months_of


def months_holding(table: str, folder: Path, column: str, values: Collection[str]) -> tuple[str, ...]:
    """This function will give the months of a table in which a row has one of these values in a column, reading that column alone."""
    if not values:
        return ()
    wanted = ds.field(column).isin(list(values))
    files = ((month, month_file(table, folder, month)) for month in months_of(table, folder))
    return tuple(month for month, file in files if ds.dataset(file, format="parquet").count_rows(filter=wanted))
