"""数据湖比对: how is the published data compared, by rules written once, on one machine or on a cluster?

`publish` writes the operational store's rows as Parquet by month; `compare` runs the rules over them. Rules are handed in (`Asked`): this
engine knows an expression for each key and nothing of the law.
"""

from touchstone.lake.comparing import Comparison, compare, run
from touchstone.lake.engines import ENGINES, EngineMissing
from touchstone.lake.expressions import EXPRESSIONS
from touchstone.lake.hit import Hit
from touchstone.lake.holding import months_holding
from touchstone.lake.indices import index_of
from touchstone.lake.publishing import NotPublishable, months_of, publish, tables_in
from touchstone.lake.tables import TABLES, wall_clock

__all__ = [
    "ENGINES",
    "EXPRESSIONS",
    "TABLES",
    "Comparison",
    "EngineMissing",
    "Hit",
    "NotPublishable",
    "compare",
    "index_of",
    "months_holding",
    "months_of",
    "publish",
    "run",
    "tables_in",
    "wall_clock",
]
