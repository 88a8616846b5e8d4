"""比对: what do the rules find in the published tables, in all of them or around what has changed?"""

import tempfile
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import ibis

from touchstone.lake.asking import Asked, Question, told
from touchstone.lake.engines import MEMORY, Engine, opened, read_found
from touchstone.lake.expressions import EXPRESSIONS, Expression
from touchstone.lake.hit import Hit, key_of
from touchstone.lake.tables import PREFIX, PREFIXES, TABLES, wall_clock

Told = Callable[[str], None]


@dataclass(frozen=True)
class Comparison:
    """What came of one run: hits in a fixed order, how many rows each rule looked at, and which were not asked, with the reason."""

    hits: list[Hit]
    looked_at: Mapping[str, int] = field(default_factory=dict)
    not_asked: Mapping[str, str] = field(default_factory=dict)


def run(rules: Sequence[Asked], tables: Mapping[str, Path], *, engine: str = "duckdb", since: datetime | None = None) -> list[Hit]:
    """This function will run the rules over the tables and give what they found; see `compare`."""
    return compare(rules, tables, engine=engine, since=since).hits


def compare(
    rules: Sequence[Asked],
    tables: Mapping[str, Path],
    *,
    engine: str = "duckdb",
    since: datetime | None = None,
    memory: str = MEMORY,
    tell: Told = lambda key: None,
) -> Comparison:
    """This function will run the rules over the published tables (name → folder or file).

    With `since` only what belongs together with a row changed at that moment or later is looked at: what is found is what a whole run
    finds there. A rule whose tables are not all there is not asked. `tell` hears each key as it is taken up.
    """
    with tempfile.TemporaryDirectory(prefix="touchstone-lake-") as folder, opened(engine, Path(folder), memory=memory) as opener:
        source = sources(opener, tables)
        able, not_asked = askable(rules, tables)
        looked_at = _counts(opener, Path(folder), able, source, since)
        hits = [hit for path in find(opener, Path(folder), able, source, since, tell) for hit in _hits(path)]
    return Comparison(sorted(hits, key=lambda hit: (hit.rule, hit.key)), looked_at, not_asked)


def sources(engine: Engine, tables: Mapping[str, Path | Sequence[Path]]) -> dict[str, Any]:
    """This function will give every table to the engine: certificates of which nobody says that they were revoked as valid ones, numbers with the
    places beside them that name a body."""
    found = {name: engine.table(name, tables[name]) for name in TABLES if name in tables}
    if "certificates" in found:
        valid = ibis.coalesce(found["certificates"].valid, ibis.literal(True))
        found["certificates"] = found["certificates"].mutate(valid=valid)
    for name, made in PREFIXES.items():
        if name in found:
            cut = {column: found[name][of].substr(0, PREFIX) for column, of in made.items()}
            found[name] = engine.named(f"all_{name}", found[name].mutate(**cut))
    return found


def askable(rules: Iterable[Asked], tables: Container[str]) -> tuple[list[Asked], dict[str, str]]:
    """This function will part the rules into those whose tables are all there, and the others with the sentence why not."""
    able, not_asked = [], {}
    for rule in rules:
        missing = [TABLES[name].title for name in EXPRESSIONS[rule.key].tables if name not in tables]
        if missing:
            not_asked[rule.key] = f"没有{'、'.join(missing)}表，未比对。"
        else:
            able.append(rule)
    return able, not_asked


def find(
    engine: Engine, folder: Path, rules: Sequence[Asked], source: Mapping[str, Any], since: datetime | None = None, tell: Told = lambda key: None
) -> Iterable[Path]:
    """This function will carry out the rules one after the other and give the files of what they found (rule, subject, row_id, told)."""
    single = [rule for rule in rules if EXPRESSIONS[rule.key].single]
    if single:
        tell(single[0].key)
        # Two steps with a file between them: in one, Spark's optimiser copies every condition into every sentence and does not come to an end.
        marked = engine.write(wrong_rows(single, _around(source, {"certificates": "row_id"}, since)), folder / "marked.parquet")
        yield engine.write(told_of(single, engine.rows(marked)), folder / "found-rows.parquet")
        for rule in single[1:]:
            tell(rule.key)
    for rule in (rule for rule in rules if not EXPRESSIONS[rule.key].single):
        tell(rule.key)
        expression = EXPRESSIONS[rule.key]
        yield engine.write(found_by(rule, expression, _around(source, expression.tables, since)), folder / f"found-{rule.key}.parquet")


def found_by(rule: Asked, expression: Expression, tables: SimpleNamespace) -> Any:
    """This function will give what a rule over many rows finds, its sentence filled, within the days it holds."""
    found = expression.carry_out(tables, Question(rule))
    found = found.filter(_within(rule, found.own_day))
    said = {name.removeprefix("said_"): found[name] for name in found.columns if name.startswith("said_")}
    return found.select(
        rule=ibis.literal(rule.key), subject=found.subject, row_id=found.row_id.cast("string"), told=told(rule.sentence, said)
    ).distinct()


def wrong_rows(rules: Sequence[Asked], tables: SimpleNamespace) -> Any:
    """This function will ask all rules over single rows in one reading of the certificates, and keep the rows that break one, with a mark
    for each rule."""
    row = tables.certificates
    seen = [(rule, EXPRESSIONS[rule.key].carry_out(row, Question(rule))) for rule in rules]
    marked = row.mutate(**{_mark(rule): ibis.coalesce(one.when & _within(rule, one.on), ibis.literal(False)) for rule, one in seen})
    return marked.filter(ibis.or_(*(marked[_mark(rule)] for rule in rules)))


def told_of(rules: Sequence[Asked], wrong: Any) -> Any:
    """This function will write the sentences of the rows that were marked; for the others none is put together."""
    lines = []
    for rule in rules:
        seen = EXPRESSIONS[rule.key].carry_out(wrong, Question(rule))
        line = ibis.literal(rule.key + "\t").concat(told(rule.sentence, seen.said))
        lines.append(ibis.ifelse(wrong[_mark(rule)], line, ibis.null("string")))
    opened_up = wrong.select(subject=wrong.row_id, row_id=wrong.row_id, line=ibis.array(lines).unnest())
    kept = opened_up.filter(opened_up.line.notnull())
    cut = kept.line.find("\t")
    return kept.select(rule=kept.line.substr(0, cut), subject=kept.subject, row_id=kept.row_id, told=kept.line.substr(cut + 1))


def _mark(rule: Asked) -> str:
    return f"mark_{rule.key.replace('.', '_')}"


def _within(rule: Asked, day: Any) -> Any:
    """A row counts whose own day lies in the rule's days; one without a day counts."""
    inside = day >= ibis.literal(rule.since)
    if rule.until is not None:
        inside = inside & (day < ibis.literal(rule.until))
    return day.isnull() | inside


def _around(source: Mapping[str, Any], keys: Mapping[str, str], since: datetime | None) -> SimpleNamespace:
    """The tables of a rule: rows that belong nowhere left out, and with `since` only those that belong together with a changed one."""
    whole = {name: source[name].filter(source[name][key].notnull()) if key else source[name] for name, key in keys.items()}
    if since is None:
        return SimpleNamespace(**whole)
    changed = [whole[name].filter(whole[name].changed_at >= ibis.literal(wall_clock(since))).select(touched=key) for name, key in keys.items() if key]
    touched = (ibis.union(*changed) if len(changed) > 1 else changed[0]).distinct()
    return SimpleNamespace(**{
        name: table.semi_join(touched, table[keys[name]] == touched.touched) if keys[name] else table for name, table in whole.items()
    })  # fmt: skip


def _counts(engine: Engine, folder: Path, rules: Sequence[Asked], source: Mapping[str, Any], since: datetime | None) -> dict[str, int]:
    """How many rows each rule looked at: those of the first table it names; one count for each way of belonging together."""
    ways = {rule.key: tuple(EXPRESSIONS[rule.key].tables.items()) for rule in rules}
    if since is None:
        # In a whole run only the first table matters, and whether its rows belong anywhere.
        ways = {rule: keys[:1] for rule, keys in ways.items()}
    lines = []
    numbered = {keys: n for n, keys in enumerate(dict.fromkeys(ways.values()))}
    for keys, n in numbered.items():
        looked = getattr(_around(source, dict(keys), since), keys[0][0])
        lines.append(looked.aggregate(many=looked.count()).mutate(way=ibis.literal(n).cast("int64")))
    if not lines:
        return {}
    counted = engine.write(ibis.union(*lines) if len(lines) > 1 else lines[0], folder / "counts.parquet")
    many = {line["way"]: line["many"] for line in read_found(counted).to_pylist()}
    return {rule: many[numbered[keys]] for rule, keys in ways.items()}


def _hits(path: Path) -> Iterable[Hit]:
    """The hits of one file: lines of one subject are one hit, told by the sentence of its first row."""
    found: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for line in read_found(path).to_pylist():
        found.setdefault((line["rule"], line["subject"]), []).append((line["row_id"], line["told"]))
    for (rule, subject), lines in found.items():
        lines.sort()
        yield Hit(rule, tuple(dict.fromkeys(row for row, _ in lines)), lines[0][1], key_of(rule, subject))
