"""按字查找: is a piece of a name or a title found in a long table by index, in Chinese too?

PostgreSQL as we ship it knows no trigrams and no Chinese words. Two neighbouring characters are a key here: `text_grams` (made by a
migration) gives the characters and the pairs of a text, a GIN index holds them, and `column__holds="…"` reads it and looks again.
"""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db.models import CharField, Func, Lookup, TextField


class Grams(Func):
    """The characters and pairs of characters of a column, as the database gives them."""

    function = "text_grams"
    output_field = ArrayField(TextField())


def gram_index(column: str, name: str) -> GinIndex:
    """This function will give the index by which `column__holds` finds its rows."""
    return GinIndex(Grams(column), name=name, fastupdate=False)


def folded(text: str) -> str:
    """This function will fold the case of Latin letters only, just as the database does whatever its language."""
    return text.encode().lower().decode()


def grams_asked(text: str) -> list[str]:
    """This function will give what a text must have to hold this one: its pairs, or the one character it consists of."""
    told = folded(text)
    return sorted({told[n : n + 2] for n in range(len(told) - 1)} or {told})


@CharField.register_lookup
@TextField.register_lookup
class Holds(Lookup):
    """`column__holds="…"`: the text stands somewhere in the column, in either case. An empty text stands in every one."""

    lookup_name = "holds"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """The index finds the pairs, the text itself is then looked at, for pairs may stand apart; where no index is used, the text alone decides."""
        column, params = self.process_lhs(compiler, connection)
        text = str(self.rhs)
        if not text:
            return f"{column} IS NOT NULL", [*params]
        pattern = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        found = f"({column} ILIKE %s AND text_grams({column}) @> %s::text[])"
        return found, [*params, f"%{pattern}%", *params, grams_asked(text)]
