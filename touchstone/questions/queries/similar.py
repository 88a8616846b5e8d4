"""试题查重: which questions already say nearly the same?

Likeness is the share of common pairs of characters (Jaccard). Two sets of which `t` is common share at least one of the `n - t·n + 1` rarest pairs
of either, so only these are looked up in the index; how rare a pair is, PostgreSQL's own statistics say. Nothing is opened.
"""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from touchstone.questions.contents import grams_of
from touchstone.questions.models import Bank, Question

MOST_SHOWN = 8
_STATISTICS = (
    "SELECT most_common_elems::text::int[], most_common_elem_freqs FROM pg_stats "
    "WHERE schemaname = current_schema() AND tablename = 'questions_question' AND attname = 'grams'"
)
_SEARCH = """
    SELECT id, shared::float / (size + %(n)s - shared) FROM (
        SELECT id, cardinality(grams) AS size, (SELECT count(*) FROM unnest(grams) AS pair WHERE pair = ANY(%(grams)s)) AS shared
        FROM questions_question
        WHERE grams && %(rare)s::int[] AND bank_id = ANY(%(banks)s) AND state <> 'retired' AND id <> %(but)s
          AND cardinality(grams) BETWEEN %(least)s AND %(most)s
    ) AS found
    WHERE shared >= %(share)s * (size + %(n)s - shared) ORDER BY 2 DESC, id LIMIT %(limit)s
"""


@dataclass(frozen=True)
class Alike:
    """A question that is like another: its row (never what it says) and the common share in percent."""

    question: Question
    percent: int


def alike(grams: Sequence[int], banks: Collection[int], *, percent: int, but: int = 0, limit: int = MOST_SHOWN) -> list[Alike]:
    """This function will give the questions of some banks that share at least `percent` of their pairs of characters, the nearest first."""
    wanted, share = sorted(set(grams)), percent / 100
    size = len(wanted)
    if not size or not banks or share <= 0:
        return []
    asked: dict[str, Any] = {
        "grams": wanted,
        "rare": rarest(wanted, share),
        "n": size,
        "banks": list(banks),
        "but": but,
        "least": math.ceil(round(share * size, 6)),
        "most": math.floor(round(size / share, 6)),
        "share": share,
        "limit": limit,
    }
    with connection.cursor() as cursor:
        cursor.execute(_SEARCH, asked)
        found: dict[int, float] = dict(cursor.fetchall())
    rows = Question.objects.filter(pk__in=found).select_related("bank")
    return sorted((Alike(row, round(found[row.pk] * 100)) for row in rows), key=lambda one: (-found[one.question.pk], one.question.pk))


def rarest(grams: Sequence[int], share: float) -> list[int]:
    """This function will give so many of the rarest pairs that a set with this share in common must hold one of them."""
    count = len(grams) - math.ceil(round(share * len(grams), 6)) + 1
    often = _frequencies()
    return sorted(grams, key=lambda pair: (often.get(pair, 0.0), pair))[:count]


def _frequencies() -> dict[int, float]:
    with connection.cursor() as cursor:
        cursor.execute(_STATISTICS)
        row = cursor.fetchone()
    return dict(zip(row[0], row[1], strict=False)) if row and row[0] else {}


def comparable_banks(bank: Bank) -> list[int]:
    """This function will give the banks a question of `bank` is compared with: its own and the city's."""
    return list(Bank.objects.filter(body__isnull=True).values_list("pk", flat=True)) + ([bank.pk] if bank.body_id else [])


def alike_text(text: str, bank: Bank, *, percent: int, but: int = 0) -> list[Alike]:
    """This function will give the questions that a text is like, in its own bank and in the city's."""
    return alike(grams_of(text), comparable_banks(bank), percent=percent, but=but)
