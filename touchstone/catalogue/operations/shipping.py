"""随附目录: how does the small catalogue that comes with the software get into an installation?

Files lie in `catalogue/shipped`: `occupations.csv` (code, name, industry), `trades.csv`, `levels.csv`, `standards.csv`.
"""

import csv
from collections.abc import Iterator
from datetime import date, datetime
from importlib.resources import files

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.catalogue.models import FileableLevel, Occupation, Standard, Trade
from touchstone.catalogue.names import pinyin_key
from touchstone.catalogue.permissions import check_may
from touchstone.kernel.numbers import name_key
from touchstone.ledger.operations import record
from touchstone.policy.documents import OCCUPATIONS_2022
from touchstone.policy.eligibility.override import years_printed_under


@transaction.atomic
def load_shipped(*, by: Actor, at: datetime) -> dict[str, int]:
    """This function will enter what the shipped catalogue has and the installation lacks, and count what it entered.

    What an office has entered, renamed or ended under the same code is left alone, so that it may be run any number of times.
    """
    check_may(by, "keep_list")
    known = set(Occupation.objects.values_list("code", flat=True))
    first = OCCUPATIONS_2022.in_force_from
    fresh = {
        row["code"]: Occupation(
            code=row["code"],
            name=row["name"],
            name_key=name_key(row["name"]),
            pinyin_key=pinyin_key(row["name"]),
            industry=row["industry"],
            since=first,
        )
        for row in rows("occupations")
        if row["code"] not in known
    }
    Occupation.objects.bulk_create(fresh.values())
    trades = {
        (row["code"], row["trade"]): Trade(occupation=fresh[row["code"]], name=row["trade"], since=first)
        for row in rows("trades")
        if row["code"] in fresh
    }
    Trade.objects.bulk_create(trades.values())
    levels = [
        FileableLevel(
            occupation=fresh[row["code"]],
            trade=trades[row["code"], row["trade"]] if row["trade"] else None,
            level=int(level),
            since=date.fromisoformat(row["since"]),
            document=row["document"],
        )
        for row in rows("levels")
        if row["code"] in fresh
        for level in row["levels"]
    ]
    FileableLevel.objects.bulk_create(levels)
    taken = set(Standard.objects.values_list("number", flat=True))
    standards = [
        Standard(
            number=row["number"],
            kind=Standard.Kind.NATIONAL,
            occupation=fresh[row["code"]],
            trade=trades[row["code"], row["trade"]] if row["trade"] else None,
            title=row["title"],
            edition=row["edition"],
            levels=[int(level) for level in row["levels"]],
            in_force_from=date.fromisoformat(row["in_force_from"]),
            until=date.fromisoformat(row["until"]) if row["until"] else None,
            printed_years=years_printed_under(date.fromisoformat(row["in_force_from"])) or None,
        )
        for row in rows("standards")
        if row["code"] in fresh and row["number"] not in taken
    ]
    Standard.objects.bulk_create(standards)
    counts = {"occupations": len(fresh), "trades": len(trades), "levels": len(levels), "standards": len(standards)}
    if any(counts.values()):
        record("catalogue.shipped_loaded", "catalogue", by=by, at=at, detail=counts)
    return counts


def rows(name: str) -> Iterator[dict[str, str]]:
    """This function will give the rows of one shipped file."""
    text = (files("touchstone.catalogue") / "shipped" / f"{name}.csv").read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines())
