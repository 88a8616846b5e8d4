"""表达式·登记: how are certificates held against each other, against scopes, and against the catalogue?"""

from typing import Any

import ibis

from touchstone.lake.asking import Question, hits
from touchstone.lake.expressions.registry import over
from touchstone.lake.expressions.words import LEVELS, end_shown, full_months, open_until, several, some_of, valid, well_formed


@over("duplicates.number", certificates="number")
def same_number(t: Any, _: Question) -> Any:
    c = several(t.certificates, "number")
    found = c.group_by("number").agg(count=c.count(), holders=c.holder.nunique())
    j = c.inner_join(found, "number")
    return hits(j, subject=j.number, row=j.row_id, on=j.issued_on, number=j.number, count=j["count"], holders=j.holders)


_SAME = ("holder", "occupation_code", "trade_name", "level")


def _of_one_kind(certificates: Any) -> Any:
    c = valid(certificates)
    return c.mutate(trade_name=ibis.coalesce(c.trade_name, ibis.literal("")))


@over("duplicates.in_body", certificates="holder")
def twice_in_body(t: Any, _: Question) -> Any:
    keys = (*_SAME, "body")
    c = several(_of_one_kind(t.certificates), *keys)
    found = c.group_by(keys).agg(copies=c.number.nunique(), first=c.number.min(), last=c.number.max())
    j = c.inner_join(found.filter(found.copies > 1), list(keys))
    subject = j.holder.concat("|", j.occupation_code, "|", j.trade_name, "|", j.level, "|", j.body)
    numbers = some_of(j.copies, j.first, j.last)
    return hits(
        j, subject=subject, row=j.row_id, on=j.issued_on, occupation_name=j.occupation_name, level=j.level, count=j.copies, numbers=numbers
    )  # fmt: skip


@over("duplicates.across_bodies", certificates="holder")
def twice_across_bodies(t: Any, _: Question) -> Any:
    c = several(_of_one_kind(t.certificates), *_SAME)
    found = c.group_by(_SAME).agg(copies=c.number.nunique(), bodies=c.body.nunique(), first=c.number.min(), last=c.number.max())
    j = c.inner_join(found.filter(found.bodies > 1), list(_SAME))
    subject = j.holder.concat("|", j.occupation_code, "|", j.trade_name, "|", j.level)
    numbers = some_of(j.copies, j.first, j.last)
    said = {"occupation_name": j.occupation_name, "level": j.level, "count": j.copies, "numbers": numbers, "bodies": j.bodies}
    return hits(j, subject=subject, row=j.row_id, on=j.issued_on, **said)


@over("duplicates.renamed", certificates="holder")
def renamed(t: Any, _: Question) -> Any:
    c = several(valid(t.certificates), "holder")
    found = c.group_by("holder").agg(names=c.name_index.nunique(), copies=c.number.nunique(), first=c.number.min(), last=c.number.max())
    j = c.inner_join(found.filter(found.names > 1), "holder")
    return hits(j, subject=j.holder, row=j.row_id, on=j.issued_on, names=j.names, count=j.copies, numbers=some_of(j.copies, j.first, j.last))


@over("duplicates.born_twice", certificates="holder")
def born_twice(t: Any, _: Question) -> Any:
    c = several(valid(t.certificates), "holder")
    found = c.group_by("holder").agg(birthdays=c.birthday.nunique(), copies=c.number.nunique(), first=c.birthday.min(), last=c.birthday.max())
    j = c.inner_join(found.filter(found.birthdays > 1), "holder")
    return hits(j, subject=j.holder, row=j.row_id, on=j.issued_on, birthdays=j.birthdays, count=j.copies, first=j.first, last=j.last)


@over("scope.unknown_body", certificates="body", bodies="body")
def unknown_body(t: Any, _: Question) -> Any:
    c = t.certificates.anti_join(t.bodies, "body")
    return hits(c, subject=c.row_id, row=c.row_id, on=c.issued_on, number=c.number, body=c.body)


@over("number.prefix", certificates="body", bodies="body")
def prefix(t: Any, _: Question) -> Any:
    b = t.bodies.select("body", "prefix", body_name="name")
    j = t.certificates.inner_join(b, "body")
    found = j.number.substr(0, 13)
    wrong = j.filter(well_formed(j.number) & (j.prefix.length() == 13) & (found != j.prefix))
    return hits(
        wrong, subject=wrong.row_id, row=wrong.row_id, on=wrong.issued_on,
        number=wrong.number, found=wrong.number.substr(0, 13), body_name=wrong.body_name, prefix=wrong.prefix,
    )  # fmt: skip


_ITEM = ("body", "occupation_code", "level")


@over("scope.outside", certificates="body", bodies="body", scope="body")
def outside_scope(t: Any, _: Question) -> Any:
    known = t.certificates.semi_join(t.bodies, "body")
    c = known.filter(known.level.isin(LEVELS)).anti_join(t.scope, list(_ITEM))
    return hits(c, subject=c.row_id, row=c.row_id, on=c.issued_on, number=c.number, occupation_name=c.occupation_name, level=c.level)


@over("scope.not_in_force", certificates="body", scope="body")
def scope_not_in_force(t: Any, _: Question) -> Any:
    c, s = t.certificates, t.scope.select(*_ITEM, "since", until=open_until(t.scope.until))
    in_force = [c[name] == s[name] for name in _ITEM] + [s.since <= c.examined_on, c.examined_on < s.until]
    late = c.filter(c.examined_on.notnull()).anti_join(s, in_force)
    filed = s.group_by(_ITEM).agg(filed_since=s.since.min(), filed_until=s.until.max())
    j = late.inner_join(filed, list(_ITEM))
    said = {"number": j.number, "examined_on": j.examined_on, "occupation_name": j.occupation_name, "level": j.level}
    return hits(j, subject=j.row_id, row=j.row_id, on=j.issued_on, since=j.filed_since, until=end_shown(j.filed_until), **said)


@over("scope.suspended", certificates="body", suspensions="body")
def while_suspended(t: Any, _: Question) -> Any:
    s = t.suspensions.select("body", "since", until=open_until(t.suspensions.until))
    j = t.certificates.inner_join(s, "body")
    j = j.filter((j.since <= j.examined_on) & (j.examined_on < j.until))
    said = {"number": j.number, "examined_on": j.examined_on, "since": j.since, "until": end_shown(j.until)}
    return hits(j, subject=j.row_id, row=j.row_id, on=j.issued_on, **said)


@over("occupations.unknown", certificates="occupation_code", occupations="occupation_code")
def unknown_occupation(t: Any, _: Question) -> Any:
    c = t.certificates.anti_join(t.occupations, "occupation_code")
    return hits(c, subject=c.row_id, row=c.row_id, on=c.issued_on, number=c.number, occupation_code=c.occupation_code)


@over("occupations.name", certificates="occupation_code", occupations="occupation_code")
def occupation_name(t: Any, _: Question) -> Any:
    o = t.occupations.group_by("occupation_code").agg(right=t.occupations.name.min())
    known = t.occupations.select("occupation_code", occupation_name=t.occupations.name).distinct()
    c = t.certificates.anti_join(known, ["occupation_code", "occupation_name"])
    j = c.filter(c.occupation_name.notnull()).inner_join(o, "occupation_code")
    said = {"number": j.number, "occupation_code": j.occupation_code, "right": j.right, "occupation_name": j.occupation_name}
    return hits(j, subject=j.row_id, row=j.row_id, on=j.issued_on, **said)


@over("occupations.not_valid", certificates="occupation_code", occupations="occupation_code")
def occupation_not_valid(t: Any, _: Question) -> Any:
    o = t.occupations.select("occupation_code", "since", until=open_until(t.occupations.until))
    c = t.certificates
    late = c.filter(c.examined_on.notnull()).anti_join(
        o, [c.occupation_code == o.occupation_code, o.since <= c.examined_on, c.examined_on < o.until]
    )
    span = o.group_by("occupation_code").agg(first=o.since.min(), last=o.until.max())
    j = late.inner_join(span, "occupation_code")
    said = {"number": j.number, "examined_on": j.examined_on, "occupation_name": j.occupation_name, "since": j.first, "until": end_shown(j.last)}
    return hits(j, subject=j.row_id, row=j.row_id, on=j.issued_on, **said)


@over("ladder.skipped", certificates="holder", candidates="holder")
def skipped(t: Any, _: Question) -> Any:
    """Asked of what was evaluated by a plan here. Whoever named a certificate when registering is asked about that one (`ladder.earlier_not_found`):
    one of a body elsewhere, or of before the numbers, cannot be looked up, and is no level skipped."""
    c, k = valid(t.certificates), t.candidates.filter(t.candidates.earlier_number.notnull())
    high = c.filter(c.level.isin(["1", "2"]) & c.plan_number.notnull()).mutate(below=ibis.ifelse(c.level == "1", "2", "3"))
    high = high.anti_join(k.select("holder", "plan_number").distinct(), ["holder", "plan_number"])
    lower = c.select("holder", below="level", earlier_on="issued_on")
    alone = high.anti_join(lower, [high.holder == lower.holder, high.below == lower.below, lower.earlier_on <= high.examined_on])
    said = {"number": alone.number, "occupation_name": alone.occupation_name, "level": alone.level}
    return hits(alone, subject=alone.row_id, row=alone.row_id, on=alone.issued_on, **said)


def _pairs(certificates: Any) -> Any:
    """Two valid certificates of one person in one occupation, the first issued before the exam of the second."""
    c = valid(certificates)
    c = several(c.filter(c.level.isin(LEVELS)), "holder", "occupation_code")
    first = c.select("holder", "occupation_code", earlier="number", earlier_level="level", earlier_on="issued_on", earlier_row="row_id")
    j = c.inner_join(first, ["holder", "occupation_code"])
    return j.filter((j.earlier_on <= j.examined_on) & (j.earlier_row != j.row_id))


@over("ladder.too_fast", certificates="holder")
def too_fast(t: Any, question: Question) -> Any:
    j = _pairs(t.certificates)
    j = j.mutate(months=full_months(j.examined_on, j.earlier_on), least=question.on("least", j.examined_on))
    j = j.filter((j.earlier_level.cast("int64") == j.level.cast("int64") + 1) & (j.months < j.least))
    said = {
        "earlier": j.earlier, "earlier_level": j.earlier_level, "issued_on": j.earlier_on, "months": j.months, "level": j.level,
        "number": j.number, "least": j.least,
    }  # fmt: skip
    return hits(j, subject=j.earlier_row.concat("|", j.row_id), row=j.row_id, on=j.issued_on, **said)


@over("ladder.backwards", certificates="holder")
def backwards(t: Any, _: Question) -> Any:
    j = _pairs(t.certificates)
    j = j.filter(j.earlier_level < j.level)
    said = {
        "issued_on": j.earlier_on, "occupation_name": j.occupation_name, "earlier_level": j.earlier_level, "earlier": j.earlier,
        "examined_on": j.examined_on, "level": j.level, "number": j.number,
    }  # fmt: skip
    return hits(j, subject=j.earlier_row.concat("|", j.row_id), row=j.row_id, on=j.issued_on, **said)


_SERIES = 16


def _held_since(certificates: Any, bodies: Any) -> Any:
    """The bodies that have certificates here, by the first places of their numbers, with the day of the first one."""
    first = certificates.group_by("number_prefix").agg(held_since=certificates.issued_on.min())
    named = bodies.group_by("prefix").agg(body_name=bodies.name.min())
    j = first.inner_join(named, first.number_prefix == named.prefix)
    return j.select(earlier_prefix="number_prefix", body_name="body_name", held_since="held_since")


@over("ladder.earlier_not_found", candidates="earlier_prefix", certificates="number_prefix", bodies="prefix")
def earlier_not_found(t: Any, _: Question) -> Any:
    """A number can be looked up where its body is one of ours: in the years after its first certificate that is here, and in the year of the first
    one from the lowest serial that is here of its level."""
    k, c = t.candidates.filter(well_formed(t.candidates.earlier_number)), t.certificates.filter(well_formed(t.certificates.number))
    gone = k.anti_join(c.select(earlier_number="number").distinct(), "earlier_number")
    gone = gone.mutate(series=gone.earlier_number.substr(0, _SERIES), year=gone.earlier_number.substr(13, 2).cast("int64") + 2000)
    c = c.mutate(series=c.number.substr(0, _SERIES))
    lowest = c.group_by("series").agg(lowest=c.number.min())
    j = gone.inner_join(_held_since(c, t.bodies), "earlier_prefix").left_join(lowest, "series")
    j = j.filter((j.year > j.held_since.year()) | ibis.coalesce(j.earlier_number > j.lowest, ibis.literal(False)))
    said = {"candidate_number": j.candidate_number, "earlier": j.earlier_number, "body_name": j.body_name, "held_since": j.held_since}
    return hits(j, subject=j.row_id, row=j.row_id, on=j.registered_on, **said)
