"""表达式·人员和成绩: what do people share, what do other registers say of them, and what do the scores of a batch look like?"""

from typing import Any

from touchstone.lake.asking import Question, hits
from touchstone.lake.expressions.registry import over
from touchstone.lake.expressions.words import full_months, open_until, percent, present, several, some_of


def _shared(certificates: Any, column: str, limit: int) -> Any:
    c = several(certificates, column)
    found = c.group_by(column).agg(
        holders=c.holder.nunique(), bodies=c.body.nunique(), copies=c.number.nunique(), first=c.number.min(), last=c.number.max()
    )
    return c.inner_join(found.filter(found.holders >= limit), column)


def _across_bodies(certificates: Any, column: str, question: Question) -> Any:
    limit = question.number("limit")
    j = _shared(certificates, column, limit)
    j = j.filter(j.bodies > 1)
    return hits(j, subject=j[column], row=j.row_id, on=j.issued_on, holders=j.holders, bodies=j.bodies, limit=limit)


@over("reused.phone", certificates="phone")
def phone(t: Any, question: Question) -> Any:
    return _across_bodies(t.certificates, "phone", question)


@over("reused.address", certificates="address")
def address(t: Any, question: Question) -> Any:
    return _across_bodies(t.certificates, "address", question)


@over("reused.photo", certificates="photo")
def photo(t: Any, question: Question) -> Any:
    j = _shared(t.certificates, "photo", question.number("limit"))
    said = {"holders": j.holders, "count": j.copies, "numbers": some_of(j.copies, j.first, j.last)}
    return hits(j, subject=j.photo, row=j.row_id, on=j.issued_on, **said)


@over("reused.device_across_bodies", attendances="sign_device")
def device_across_bodies(t: Any, question: Question) -> Any:
    a = present(t.attendances)
    found = a.group_by("sign_device").agg(bodies=a.body.nunique(), holders=a.holder.nunique())
    j = a.inner_join(found.filter(found.bodies >= question.number("limit")), "sign_device")
    return hits(j, subject=j.sign_device, row=j.sitting, on=j.held_on, bodies=j.bodies, holders=j.holders)


@over("reused.device_in_sitting", attendances="answer_device")
def device_in_sitting(t: Any, question: Question) -> Any:
    a, keys = present(t.attendances), ["answer_device", "sitting"]
    found = a.group_by(keys).agg(holders=a.holder.nunique())
    j = a.inner_join(found.filter(found.holders >= question.number("limit")), keys)
    subject = j.answer_device.concat("|", j.sitting)
    return hits(j, subject=subject, row=j.candidate_number, on=j.held_on, sitting=j.sitting, holders=j.holders)


@over("outside.after_death", certificates="holder", deaths="holder")
def after_death(t: Any, _: Question) -> Any:
    died = t.deaths.group_by("holder").agg(died_on=t.deaths.died_on.min())
    j = t.certificates.inner_join(died, "holder")
    j = j.filter(j.examined_on > j.died_on)
    return hits(j, subject=j.row_id, row=j.row_id, on=j.issued_on, number=j.number, examined_on=j.examined_on, died_on=j.died_on)


@over("outside.no_student", candidates="holder", school_register="holder")
def no_student(t: Any, _: Question) -> Any:
    k = t.candidates.filter(t.candidates.ground == "student")
    k = k.anti_join(t.school_register, ["holder", "school"])
    return hits(k, subject=k.row_id, row=k.candidate_number, on=k.registered_on, candidate_number=k.candidate_number, school=k.school)


@over("outside.not_graduating", candidates="holder", school_register="holder")
def not_graduating(t: Any, question: Question) -> Any:
    k = t.candidates.filter(t.candidates.ground == "student")
    s = t.school_register.group_by(["holder", "school"]).agg(graduates_on=t.school_register.graduates_on.max())
    j = k.inner_join(s, ["holder", "school"])
    j = j.mutate(left=full_months(j.graduates_on, j.registered_on), asked=question.on("months", j.registered_on))
    too_early = (j.left > j.asked) | ((j.left == j.asked) & (j.graduates_on.day() > j.registered_on.day()))
    j = j.filter((j.graduates_on < j.registered_on) | too_early)
    said = {"candidate_number": j.candidate_number, "registered_on": j.registered_on, "graduates_on": j.graduates_on}
    return hits(j, subject=j.row_id, row=j.candidate_number, on=j.registered_on, **said)


@over("outside.insured_elsewhere", candidates="holder", insurance="holder")
def insured_elsewhere(t: Any, _: Question) -> Any:
    k = t.candidates.filter(t.candidates.ground == "own_staff").select("row_id", "candidate_number", "holder", "registered_on", own="employer")
    i = t.insurance.select("holder", "since", payer="employer", until=open_until(t.insurance.until))
    j = k.inner_join(i, "holder")
    j = j.filter((j.since <= j.registered_on) & (j.registered_on < j.until))
    paid = j.group_by(["row_id", "candidate_number", "registered_on"]).agg(
        others=j.payer.nunique(where=j.payer != j.own), own_months=j.payer.count(where=j.payer == j.own)
    )
    j = paid.filter((paid.others > 0) & (paid.own_months == 0))
    said = {"candidate_number": j.candidate_number, "registered_on": j.registered_on, "others": j.others}
    return hits(j, subject=j.row_id, row=j.candidate_number, on=j.registered_on, **said)


def _batches(certificates: Any, size: int, **more: Any) -> Any:
    c = certificates.filter(certificates.theory.notnull() & certificates.valid)
    batch = c.group_by("plan_number").agg(people=c.count(), lowest=c.theory.min(), highest=c.theory.max(), **more)
    return c, batch.filter(batch.people >= size)


@over("batch.same_scores", certificates="plan_number")
def same_scores(t: Any, question: Question) -> Any:
    limit = question.number("limit")
    c, batch = _batches(t.certificates, question.number("size"))
    keys = ["plan_number", "theory", "practical"]
    same = c.group_by(keys).agg(same=c.count())
    j = c.inner_join(same, keys).inner_join(batch.select("plan_number", "people"), "plan_number")
    j = j.filter(j.same * 100 >= j.people * limit)
    said = {
        "plan_number": j.plan_number, "count": j.people, "same": j.same, "theory": j.theory, "practical": j.practical,
        "percent": percent(j.same, j.people), "limit": limit,
    }  # fmt: skip
    subject = j.plan_number.concat("|", j.theory.cast("string"), "|", j.practical.cast("string"))
    return hits(j, subject=subject, row=j.row_id, on=j.issued_on, **said)


@over("batch.too_equal", certificates="plan_number")
def too_equal(t: Any, question: Question) -> Any:
    limit, theory = question.number("limit"), t.certificates.theory.cast("float64")
    c, batch = _batches(t.certificates, question.number("size"), spread=theory.var(how="pop"))
    close = batch.filter((batch.lowest < batch.highest) & (batch.spread < limit * limit))
    j = c.inner_join(close, "plan_number")
    said = {"plan_number": j.plan_number, "count": j.people, "lowest": j.lowest, "highest": j.highest, "limit": limit}
    return hits(j, subject=j.plan_number, row=j.row_id, on=j.issued_on, **said)


@over("batch.just_passed", certificates="plan_number")
def just_passed(t: Any, question: Question) -> Any:
    limit, pass_mark = question.number("limit"), question.number("pass_mark")
    c, batch = _batches(t.certificates, question.number("size"))
    passed = c.filter(c.theory == pass_mark)
    same = passed.group_by("plan_number").agg(same=passed.count())
    j = batch.inner_join(same, "plan_number")
    j = passed.inner_join(j.filter((j.same * 100 >= j.people * limit) & (j.same < j.people)), "plan_number")
    said = {"plan_number": j.plan_number, "count": j.people, "same": j.same, "pass_mark": pass_mark, "percent": percent(j.same, j.people)}
    return hits(j, subject=j.plan_number, row=j.row_id, on=j.issued_on, limit=limit, **said)


@over("batch.last_digits", certificates="body")
def last_digits(t: Any, question: Question) -> Any:
    limit = question.number("limit")
    c = t.certificates.filter(t.certificates.theory.notnull() & t.certificates.issued_on.notnull())
    c = c.mutate(year=c.issued_on.year(), digit=c.theory.floor().cast("int64") % 10)
    digits = c.group_by(["body", "year", "digit"]).agg(times=c.number.count())
    whole = digits.group_by(["body", "year"]).agg(
        scores=digits.times.sum(), squares=(digits.times * digits.times).sum(), most=digits.times.max()
    )
    # Equal shares are expected: Σ(o − n/10)² ÷ (n/10) = 10·Σo² ÷ n − n.
    whole = whole.mutate(chi_square=((whole.squares * 10) / whole.scores).floor().cast("int64") - whole.scores)
    odd = whole.filter((whole.scores >= question.number("size")) & (whole.chi_square > limit))
    j = c.inner_join(digits, ["body", "year", "digit"]).inner_join(odd, ["body", "year"])
    j = j.filter(j.times == j.most)
    said = {"body": j.body, "year": j.year, "count": j.scores, "chi_square": j.chi_square, "limit": limit, "digit": j.digit, "most": j.most}
    return hits(j, subject=j.body.concat("|", j.year.cast("string")), row=j.row_id, on=j.issued_on, **said)
