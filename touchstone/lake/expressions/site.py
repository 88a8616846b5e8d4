"""表达式·现场: who sat where and when, how many at once, and who assessed?"""

from typing import Any

import ibis

from touchstone.lake.asking import Question, hits
from touchstone.lake.expressions.registry import over
from touchstone.lake.expressions.words import clock, minutes_between, open_until, percent, present, several, valid

_FIRST = {"first_sitting": "sitting", "first_venue": "venue", "first_starts_at": "starts_at", "first_ends_at": "ends_at"}


def _two_sittings(rows: Any, who: str) -> Any:
    """Two different sittings of one person on one day, the first one not beginning later than the second."""
    one = several(rows, who, "held_on").select(who, "sitting", "venue", "starts_at", "ends_at", "held_on", "number")
    first = one.select(who, "held_on", first_number="number", **_FIRST)
    j = first.inner_join(one, [who, "held_on"])
    before = (j.first_starts_at < j.starts_at) | ((j.first_starts_at == j.starts_at) & (j.first_sitting < j.sitting))
    return j.filter(before & (j.first_sitting != j.sitting))


def _both(j: Any, who: str, **said: Any) -> Any:
    """One line for the first, one for the second: both are concerned."""
    subject = j[who].concat("|", j.first_sitting, "|", j.sitting)
    said = {"first": j.first_sitting, "second": j.sitting} | said
    lines = [hits(j, subject=subject, row=row, on=j.held_on, **said) for row in (j.first_number, j.number)]
    return lines[0].union(lines[1])


def _overlapping(j: Any, who: str) -> Any:
    j = j.filter(j.starts_at < j.first_ends_at)
    times = {"first_starts": j.first_starts_at, "first_ends": j.first_ends_at, "second_starts": j.starts_at, "second_ends": j.ends_at}
    return _both(j, who, **{name: clock(moment) for name, moment in times.items()})


def _too_close(j: Any, who: str, question: Question) -> Any:
    least = question.number("least")
    j = j.mutate(minutes=minutes_between(j.starts_at, j.first_ends_at))
    j = j.filter((j.first_venue != j.venue) & (j.minutes >= 0) & (j.minutes < least))
    return _both(j, who, first_ends=clock(j.first_ends_at), minutes=j.minutes, least=least)


@over("presence.two_places", attendances="holder")
def two_places(t: Any, _: Question) -> Any:
    a = present(t.attendances)
    return _overlapping(_two_sittings(a.mutate(number=a.candidate_number), "holder"), "holder")


@over("presence.no_time_to_travel", attendances="holder")
def no_time_to_travel(t: Any, question: Question) -> Any:
    a = present(t.attendances)
    return _too_close(_two_sittings(a.mutate(number=a.candidate_number), "holder"), "holder", question)


def _heads(attendances: Any) -> Any:
    """People present by plan, where any attendance is on record; the plan's absent ones count for the record only."""
    return attendances.group_by("plan_number").agg(present=attendances.holder.nunique(where=attendances.present))


def _more_than(certificates: Any, plans: Any, heads: str) -> Any:
    """The certificates of plans that have more of them than heads."""
    c = valid(certificates)
    issued = c.group_by("plan_number").agg(certificates=c.number.nunique())
    j = issued.inner_join(plans, "plan_number")
    j = c.inner_join(j.filter(j.certificates > j[heads]), "plan_number")
    said = {"plan_number": j.plan_number, "certificates": j.certificates, heads: j[heads], "more": j.certificates - j[heads]}
    return hits(j, subject=j.plan_number, row=j.row_id, on=j.issued_on, **said)


@over("presence.more_than_present", certificates="plan_number", attendances="plan_number")
def more_thanpresent(t: Any, _: Question) -> Any:
    return _more_than(t.certificates, _heads(t.attendances), "present")


@over("presence.absent_yet_certified", certificates="plan_number", attendances="plan_number")
def absent_yet_certified(t: Any, _: Question) -> Any:
    a = present(t.attendances).select("plan_number", "holder").distinct()
    c = valid(t.certificates).anti_join(a, ["plan_number", "holder"])
    j = c.inner_join(_heads(t.attendances), "plan_number")
    said = {"number": j.number, "plan_number": j.plan_number, "present": j.present}
    return hits(j, subject=j.row_id, row=j.row_id, on=j.issued_on, **said)


def _filled(t: Any) -> Any:
    """Sittings with the number of people present."""
    a = present(t.attendances)
    return t.sittings.inner_join(a.group_by("sitting").agg(present=a.holder.nunique()), "sitting")


@over("presence.more_than_seats", sittings="sitting", attendances="sitting")
def more_than_seats(t: Any, _: Question) -> Any:
    j = _filled(t)
    j = j.filter((j.part == "theory") & (j.present > j.seats))
    return hits(j, subject=j.sitting, row=j.row_id, on=j.held_on, sitting=j.sitting, present=j.present, seats=j.seats)


@over("presence.more_than_registered", certificates="plan_number", plans="plan_number")
def more_than_registered(t: Any, _: Question) -> Any:
    return _more_than(t.certificates, t.plans.select("plan_number", "registered"), "registered")


@over("dates.exam_day_of_plan", certificates="plan_number", plans="plan_number")
def exam_day_of_plan(t: Any, _: Question) -> Any:
    j = t.certificates.inner_join(t.plans.select("plan_number", "first_day", "last_day"), "plan_number")
    j = j.filter((j.examined_on < j.first_day) | (j.examined_on > j.last_day))
    said = {"number": j.number, "examined_on": j.examined_on, "plan_number": j.plan_number, "first_day": j.first_day, "last_day": j.last_day}
    return hits(j, subject=j.row_id, row=j.row_id, on=j.issued_on, **said)


@over("presence.signed_outside", attendances="row_id")
def signed_outside(t: Any, question: Question) -> Any:
    a, slack = present(t.attendances), question.number("slack")
    a = a.filter((minutes_between(a.starts_at, a.signed_at) > slack) | (a.signed_at > a.ends_at))
    said = {"sitting": a.sitting, "starts": clock(a.starts_at), "ends": clock(a.ends_at), "signed": clock(a.signed_at), "slack": slack}
    return hits(a, subject=a.row_id, row=a.candidate_number, on=a.held_on, **said)


_PARTS = {"theory": "理论知识考试", "practical": "技能考核", "panel": "综合评审"}


def _part(column: Any) -> Any:
    return ibis.cases(*((column == key, label) for key, label in _PARTS.items()), else_="其他科目")


@over("pace.sitting_too_short", sittings="sitting")
def sitting_too_short(t: Any, question: Question) -> Any:
    s = t.sittings
    least = ibis.cases(*((s.part == part, question.on("least", s.held_on, part)) for part in _PARTS), else_=None)
    s = s.mutate(minutes=minutes_between(s.ends_at, s.starts_at), least=least)
    s = s.filter(s.minutes < s.least)
    return hits(s, subject=s.sitting, row=s.row_id, on=s.held_on, sitting=s.sitting, part=_part(s.part), minutes=s.minutes, least=s.least)


@over("pace.stations", sittings="sitting", attendances="sitting")
def stations(t: Any, question: Question) -> Any:
    j, rounds = _filled(t), question.number("rounds")
    j = j.filter((j.part == "practical") & (j.present > j.seats * rounds))
    return hits(j, subject=j.sitting, row=j.row_id, on=j.held_on, sitting=j.sitting, present=j.present, seats=j.seats, rounds=rounds)


@over("pace.venue_day", attendances="venue", rooms="venue")
def venue_day(t: Any, question: Question) -> Any:
    a, rounds = present(t.attendances), question.number("rounds")
    held = a.group_by(["venue", "held_on"]).agg(present=a.row_id.nunique())
    j = held.inner_join(t.rooms.group_by("venue").agg(seats=t.rooms.seats.sum()), "venue")
    j = j.filter(j.present > j.seats * rounds)
    j = a.select("venue", "held_on", "sitting").distinct().inner_join(j, ["venue", "held_on"])
    subject = j.venue.concat("|", j.held_on.cast("string"))
    said = {"venue": j.venue, "held_on": j.held_on, "present": j.present, "seats": j.seats, "rounds": rounds}
    return hits(j, subject=subject, row=j.sitting, on=j.held_on, **said)


@over("pace.scores", scores="entered_by")
def scores(t: Any, question: Question) -> Any:
    s, most = t.scores.mutate(minute=clock(t.scores.entered_at)), question.number("most")
    keys = ["entered_by", "minute", "part"]
    fast = s.group_by(keys).agg(people=s.candidate_number.nunique())
    j = s.inner_join(fast.filter(fast.people > most), keys)
    subject = j.entered_by.concat("|", j.minute, "|", j.part)
    said = {"minute": j.minute, "count": j.people, "part": _part(j.part), "most": most}
    return hits(j, subject=subject, row=j.candidate_number, on=j.held_on, **said)


@over("pace.night", sittings="sitting")
def night(t: Any, question: Question) -> Any:
    s, earliest, latest = t.sittings, question.number("earliest"), question.number("latest")
    s = s.filter((s.starts_at.hour() < earliest) | (s.starts_at.hour() >= latest))
    said = {"sitting": s.sitting, "starts": clock(s.starts_at), "earliest": earliest, "latest": latest}
    return hits(s, subject=s.sitting, row=s.row_id, on=s.held_on, **said)


@over("pace.weekend", certificates="body")
def weekend(t: Any, question: Question) -> Any:
    c = t.certificates.filter(t.certificates.issued_on.notnull())
    c = c.mutate(month=c.issued_on.cast("string").substr(0, 7), at_weekend=c.issued_on.day_of_week.index() >= 5)
    by_month = c.group_by(["body", "month"]).agg(issued=c.count(), weekend=c.at_weekend.sum())
    enough = by_month.filter(
        (by_month.issued >= question.number("size")) & (by_month.weekend * 100 >= by_month.issued * question.number("limit"))
    )
    j = c.filter(c.at_weekend).inner_join(enough, ["body", "month"])
    said = {"body": j.body, "month": j.month, "count": j.issued, "weekend": j.weekend, "percent": percent(j.weekend, j.issued)}
    return hits(j, subject=j.body.concat("|", j.month), row=j.row_id, on=j.issued_on, limit=question.number("limit"), **said)


@over("assessors.two_places", assignments="assessor")
def assessor_in_two_places(t: Any, _: Question) -> Any:
    return _overlapping(_two_sittings(t.assignments.mutate(number=t.assignments.sitting), "assessor"), "assessor")


@over("assessors.no_time_to_travel", assignments="assessor")
def assessor_travels(t: Any, question: Question) -> Any:
    return _too_close(_two_sittings(t.assignments.mutate(number=t.assignments.sitting), "assessor"), "assessor", question)


@over("assessors.too_many_a_day", assignments="assessor")
def too_many_a_day(t: Any, question: Question) -> Any:
    a, most = t.assignments, question.number("most")
    days = a.group_by(["assessor", "held_on"]).agg(sittings=a.sitting.nunique())
    j = a.inner_join(days.filter(days.sittings > most), ["assessor", "held_on"])
    subject = j.assessor.concat("|", j.held_on.cast("string"))
    return hits(j, subject=subject, row=j.sitting, on=j.held_on, held_on=j.held_on, count=j.sittings, most=most)


@over("assessors.not_qualified", assignments="assessor", qualifications="assessor")
def not_qualified(t: Any, _: Question) -> Any:
    a, q = t.assignments, t.qualifications
    held = [a.assessor == q.assessor, a.occupation_code == q.occupation_code, q.since <= a.held_on, a.held_on < open_until(q.until)]
    a = a.anti_join(q, held)
    said = {"sitting": a.sitting, "occupation_code": a.occupation_code, "held_on": a.held_on}
    return hits(a, subject=a.assessor.concat("|", a.sitting), row=a.sitting, on=a.held_on, **said)


@over("assessors.examines_self", assignments="assessor", attendances="holder")
def examines_self(t: Any, _: Question) -> Any:
    a = t.assignments.select("assessor", "plan_number", "held_on", assigned="sitting")
    sat = present(t.attendances).select("plan_number", assessor="holder", attended="sitting")
    j = a.inner_join(sat, ["assessor", "plan_number"])
    said = {"plan_number": j.plan_number, "assigned": j.assigned, "attended": j.attended}
    return hits(j, subject=j.assessor.concat("|", j.assigned, "|", j.attended), row=j.assigned, on=j.held_on, **said)
