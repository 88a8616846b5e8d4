"""职业目录查询: what may be filed on a day, at which levels, by which standards?

Trades, levels and standards belong to a code on the days of their own periods: an occupation that is renamed keeps them,
and one that is ended loses them (`operations.end_occupation`), so that a code used again starts empty.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, Model, OuterRef, Q, QuerySet, Subquery

from touchstone.catalogue.models import CatalogueImport, CatalogueImportRow, FileableLevel, Occupation, Standard, Structure, Trade
from touchstone.kernel.numbers import half_width, name_key

if TYPE_CHECKING:
    from touchstone.accounts.models import Office

M = TypeVar("M", bound=Model)
OccupationRow = Occupation
TradeRow = Trade
StandardRow = Standard
OccupationSet = QuerySet[Occupation]
StandardSet = QuerySet[Standard]
STANDARD_KINDS = Standard.Kind.choices


def occupation(code: str, day: date) -> Occupation | None:
    """This function will give the occupation that stands under `code` on `day`; None when there is none."""
    return _on(Occupation.objects.filter(code=code), day).order_by("-since").first()


def names_of(codes: Iterable[str], day: date) -> dict[str, str]:
    """This function will give, by code, the names of occupations as they stand on `day`; for ended ones the last name."""
    found = Occupation.objects.filter(code__in=set(codes), since__lte=day).order_by("since", "id")
    return dict(found.values_list("code", "name"))


def occupations_compared() -> QuerySet[Occupation, Any]:
    """This function will give every occupation that ever stood in the classification, as a comparison of data reads it."""
    return Occupation.objects.order_by("pk").values("pk", "code", "name", "since", "until")


def occupations(day: date) -> QuerySet[Occupation]:
    """This function will give every occupation standing on `day`, by code."""
    return _on(Occupation.objects.order_by("code"), day)


def history(code: str) -> QuerySet[Occupation]:
    """This function will give everything that ever stood under `code`, newest first."""
    return Occupation.objects.filter(code=code).order_by("-since")


@dataclass(frozen=True)
class Renaming:
    """One occupation got another name or code: what it was, what it is, from which day."""

    old: Occupation
    new: Occupation

    @property
    def told(self) -> str:
        """What changed, as a body is told."""
        day = f"{self.new.since:%Y年%-m月%-d日}"
        if self.old.code == self.new.code:
            return f"“{self.old.name}”（{self.old.code}）自{day}起更名为“{self.new.name}”，编码不变"
        return f"“{self.old.name}”的职业编码自{day}起由{self.old.code}改为{self.new.code}"


def renamings(day: date) -> list[Renaming]:
    """This function will give every change of an occupation's name or code in effect on `day`, oldest first."""
    found = Occupation.objects.filter(succeeds__isnull=False, since__lte=day).select_related("succeeds").order_by("since", "id")
    return [Renaming(one.succeeds, one) for one in found if one.succeeds is not None]


def renamings_from(codes: Iterable[str], day: date) -> list[Renaming]:
    """This function will give the changes of name or code that begin on `day` and end in one of `codes`."""
    found = Occupation.objects.filter(succeeds__isnull=False, since=day, code__in=set(codes)).select_related("succeeds").order_by("id")
    return [Renaming(one.succeeds, one) for one in found if one.succeeds is not None]


def codes_of(code: str) -> frozenset[str]:
    """This function will give every code that the occupation with this code has or has had."""
    pairs = list(Occupation.objects.exclude(succeeds__code=F("code")).filter(succeeds__isnull=False).values_list("succeeds__code", "code"))
    found, before = {code}, 0
    while len(found) > before:
        before = len(found)
        found |= {other for pair in pairs if found & set(pair) for other in pair}
    return frozenset(found)


def codes_now(day: date) -> dict[str, str]:
    """This function will give, for every code that is no longer used on `day`, the one its occupation has then."""
    later = {one.old.code: one.new.code for one in renamings(day) if one.old.code != one.new.code}
    found = {}
    for code in later:
        now, seen = code, {code}
        while (after := later.get(now)) is not None and after not in seen:
            now = after
            seen.add(now)
        found[code] = now
    return found


def trade(occupation: Occupation, name: str, day: date) -> Trade | None:
    """This function will give a trade of the occupation by its name on `day`; None when there is none."""
    return trades_of(occupation, day).filter(name=name).first()


def trades_of(occupation: Occupation, day: date | None = None) -> QuerySet[Trade]:
    """This function will give the trades of an occupation on `day` (ever, when none)."""
    found = Trade.objects.filter(occupation__code=occupation.code).order_by("name", "since")
    return found if day is None else _on(found, day)


def levels_of(occupation: Occupation, trade: Trade | None, day: date) -> list[int]:
    """This function will give the fileable levels of an occupation (or of one trade) on `day`, from 5 down to 1."""
    return sorted({row.level for row in _levels(occupation, trade, day)}, reverse=True)


def fileable_levels(occupation: Occupation) -> QuerySet[FileableLevel]:
    """This function will give every line of the fileable list that was ever entered for the occupation's code."""
    found = FileableLevel.objects.filter(occupation__code=occupation.code).select_related("trade")
    return found.order_by("trade__name", "-level", "since")


def is_fileable(occupation: Occupation, trade: Trade | None, level: int, day: date) -> bool:
    """This function will say whether the State's list holds the occupation (trade) at this level on `day`.

    What is listed for an occupation as a whole holds for each of its trades; what is listed for a trade, for that one only.
    """
    if _on(Occupation.objects.filter(code=occupation.code), day).first() is None:
        return False
    return _levels(occupation, trade, day).filter(level=level).exists()


def standards_on(
    occupation: Occupation, trade: Trade | None, level: int | None, day: date, owner_office: "Office | None" = None
) -> QuerySet[Standard]:
    """This function will give the standards in force on `day` (of `level`, when named): national ones, and the specifications of
    `owner_office` when one is named. A standard of the whole occupation serves each trade."""
    found = _standing_standards(Standard.objects.filter(occupation__code=occupation.code), day)
    found = found.filter(Q(trade__isnull=True) | Q(trade__name=trade.name) if trade is not None else Q(trade__isnull=True))
    if level is not None:
        found = found.filter(levels__contains=[level])
    usable = Q(kind=Standard.Kind.NATIONAL)
    if owner_office is not None:
        usable |= Q(kind=Standard.Kind.SPECIFICATION, owner=owner_office)
    return found.filter(usable).select_related("occupation", "trade", "owner").order_by("kind", "-in_force_from", "number")


def standards_of(occupation: Occupation) -> QuerySet[Standard]:
    """This function will give every standard ever entered for the occupation's code, newest first."""
    found = Standard.objects.filter(occupation__code=occupation.code).select_related("trade", "owner")
    return found.order_by("kind", "-in_force_from", "number")


def standards() -> QuerySet[Standard]:
    """This function will give every standard, newest first."""
    return Standard.objects.select_related("occupation", "trade", "owner").order_by("-in_force_from", "number")


def standards_open_to(office_id: int) -> QuerySet[Standard]:
    """This function will give the national standards and the specifications of one office, newest first."""
    return standards().filter(Q(kind=Standard.Kind.NATIONAL) | Q(owner_id=office_id))


def with_structure(found: QuerySet[Standard], day: date) -> QuerySet[Standard]:
    """This function will note on each standard the number of its structure in force on `day` (`structure_number`), None when there is none."""
    return found.annotate(structure_number=Subquery(_structures(day).order_by("-sequence").values("number")[:1]))


def with_structure_in_force(found: QuerySet[Standard], day: date) -> QuerySet[Standard]:
    """This function will narrow standards to those that have a structure in force on `day`."""
    return found.filter(Exists(_structures(day)))


def _structures(day: date) -> QuerySet[Structure]:
    standing = Structure.objects.filter(Q(until__isnull=True) | Q(until__gt=day), since__lte=day)
    return standing.filter(standard=OuterRef("pk"), state__in=("approved", "superseded"))


def standard(number: str) -> Standard:
    """This function will give a standard by its number. :raises Standard.DoesNotExist:"""
    return Standard.objects.select_related("occupation", "trade", "owner").get(number=number)


def search(text: str, day: date) -> QuerySet[Occupation]:
    """This function will find occupations standing on `day` by code, name, name of a trade, or pinyin (whole or initials)."""
    return matching(occupations(day), text)


def named_like(text: str) -> QuerySet[Occupation]:
    """This function will give every occupation ever listed whose name holds a text, by code."""
    return Occupation.objects.filter(name__icontains=text.strip()).order_by("code", "pk")


def matching(found: QuerySet[Occupation], text: str) -> QuerySet[Occupation]:
    """This function will narrow occupations to those whose code, name, trade or pinyin fits `text`."""
    text = half_width(text)
    key = name_key(text)
    if not key:
        return found
    by_trade = Trade.objects.filter(name__icontains=text).values("occupation__code")
    wanted = Q(name_key__contains=key) | Q(code__startswith=text) | Q(code__in=by_trade)
    if key.isascii() and key.isalpha():
        wanted |= Q(pinyin_key__contains=key)
    return found.filter(wanted)


def with_standing(found: QuerySet[Occupation], day: date) -> QuerySet[Occupation]:
    """This function will note on each occupation its fileable levels on `day`, trades included (`levels`), and whether a national
    standard is in force for it (`has_national`)."""
    levels = _on(FileableLevel.objects.filter(occupation__code=OuterRef("code")), day).order_by("-level").values("level").distinct()
    return found.annotate(levels=ArraySubquery(levels), has_national=Exists(_national(day).filter(occupation__code=OuterRef("code"))))


def at_level(found: QuerySet[Occupation], level: int | None, day: date) -> QuerySet[Occupation]:
    """This function will narrow occupations to those fileable on `day` at `level` (at any, when none), a trade's levels included."""
    lines = _on(FileableLevel.objects.all(), day)
    return found.filter(code__in=(lines if level is None else lines.filter(level=level)).values("occupation__code"))


def with_national_standard(found: QuerySet[Occupation], has: bool, day: date) -> QuerySet[Occupation]:
    """This function will narrow occupations to those for which a national standard is in force on `day`, or to the others."""
    wanted = Q(code__in=_national(day).values("occupation__code"))
    return found.filter(wanted if has else ~wanted)


def standards_in_force(found: QuerySet[Standard], day: date) -> QuerySet[Standard]:
    """This function will narrow standards to those in force on `day`."""
    return _standing_standards(found, day)


def imports() -> QuerySet[CatalogueImport]:
    """This function will give every load of a list, newest first."""
    return CatalogueImport.objects.select_related("run_by__person").order_by("-id")


def an_import(number: str) -> CatalogueImport:
    """This function will give one load of a list. :raises CatalogueImport.DoesNotExist:"""
    return CatalogueImport.objects.select_related("run_by__person").get(number=number)


def rows_of_import(run: CatalogueImport) -> QuerySet[CatalogueImportRow]:
    """This function will give what came of every row of a list, in its order."""
    return CatalogueImportRow.objects.filter(run=run).order_by("row_number")


def is_whole(run: CatalogueImport) -> bool:
    """This function will say whether every row was dealt with, or the run was broken off half-way."""
    counts: dict[str, int] = run.counts
    return sum(counts.values()) == 2 * counts.get("rows", 0)


def load_of(tried: CatalogueImport) -> CatalogueImport | None:
    """This function will give the whole load of the same file that followed a dry run; None when it has not been loaded since."""
    later = CatalogueImport.objects.filter(sha256=tried.sha256, dry_run=False, pk__gt=tried.pk).order_by("-id")
    return next((run for run in later if is_whole(run)), None)


def _national(day: date) -> QuerySet[Standard]:
    return _standing_standards(Standard.objects.filter(kind=Standard.Kind.NATIONAL), day)


def _levels(occupation: Occupation, trade: Trade | None, day: date) -> QuerySet[FileableLevel]:
    whole = Q(trade__isnull=True)
    found = FileableLevel.objects.filter(whole | Q(trade__name=trade.name) if trade is not None else whole)
    return _on(found.filter(occupation__code=occupation.code), day)


def _standing_standards(found: QuerySet[Standard], day: date) -> QuerySet[Standard]:
    return found.filter(Q(until__isnull=True) | Q(until__gt=day), in_force_from__lte=day)


def _on(found: QuerySet[M], day: date) -> QuerySet[M]:
    return found.filter(Q(until__isnull=True) | Q(until__gt=day), since__lte=day)
