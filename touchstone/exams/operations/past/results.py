"""往事·成绩: what did everybody score, what stood before the public, who got a certificate, and which archive is owed?"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from touchstone.accounts.actor import PLATFORM, Actor
from touchstone.certificates.operations.history import issued_then
from touchstone.exams.operations.history import judge_row
from touchstone.exams.operations.issuing import award_of
from touchstone.exams.operations.locking import REVIEW
from touchstone.exams.operations.past.book import Book, PastReview, PastScore
from touchstone.exams.operations.score_review import draw_part
from touchstone.exams.queries.results import MATTER, notice_columns, notice_preface, notice_row
from touchstone.exams.states import Part, Result
from touchstone.kernel.periods import Period
from touchstone.kernel.rules import Finding, records
from touchstone.policy.certificates.issuing import IssueFacts, may_be_issued
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.exams.archive import sealed_by
from touchstone.policy.exams.arrangement import announced_in_time, issued_in_time, scores_in_time
from touchstone.policy.exams.deadlines import CERTIFICATES_WITHIN, NOTICE_FROM_WITHIN, NOTICE_WORKING_DAYS
from touchstone.policy.exams.results import Score
from touchstone.policy.exams.score_book import may_be_announced
from touchstone.policy.roles import Role


def scored(book: Book, marks: Mapping[str, Mapping[Part, Score]]) -> None:
    """This function will enter scores by ticket (an absence is no entry), and judge everybody by the rules."""
    plan, by, at = book.plan, book.planner, book.moments.scored
    book.marks = dict(marks)
    here = 0
    for one in book.entrants:
        given = [PastScore(one, part, score.mark) for part, score in marks[one.ticket_number or ""].items() if score.mark is not None]
        here += bool(given)
        book.scores += given
        judged = judge_row(marks[one.ticket_number or ""], level=plan.level, day=plan.exam_on)
        one.result, one.result_findings = judged["result"], judged["result_findings"]
    entered = [[entry.candidate.ticket_number, entry.part, str(entry.value)] for entry in book.scores[:200]]
    book.note("scores.entered", plan.number, by, at, {"done": here, "refused": 0, "scores": len(book.scores), "entered": entered})
    counts = dict.fromkeys((one.value for one in Result), 0)
    for one in book.entrants:
        counts[one.result] += 1
    at = book.moments.concluded
    timely = scores_in_time(at.date(), plan.exam_on, book.calendar)
    due = book.after(NOTICE_FROM_WITHIN.on(plan.exam_on).value)
    book.owe_planner(REVIEW, "抽查复核成绩", by, at, max(due, at.date()))
    book.note("results.concluded", plan.number, by, at, {"counts": counts, "lock": 1, "findings": records([timely])})
    book.done("enter_scores", by, at, "成绩结论已核定")
    book.owe_planner("announce_results", "公示成绩", by, at, due, Role.BODY_LEADER)


def looked_again(book: Book, secret: bytes, reviewer: Actor) -> None:
    """This function will draw locked scores and have them looked at again by somebody who entered none, and who reads what stands."""
    plan, moments = book.plan, book.moments
    draws, findings, chosen = [], list[Finding](), list[PastScore]()
    for part in book.parts:
        own = {one.candidate.ticket_number or "": one for one in book.scores if one.part is part}
        if own:
            drawn, found = draw_part(plan, 1, part, own, secret)
            draws.append(drawn)
            findings.append(found)
            chosen += [own[ticket] for ticket in drawn["chosen"]]
    review = PastReview(draws, records(findings), chosen, reviewer)
    book.reviews.append(review)
    told = {"round": 1, "rows": len(chosen), "draws": draws, "findings": review.findings}
    book.note("scores.review_drawn", plan.number, book.planner, moments.drawn, told)
    in_order = sorted(chosen, key=lambda one: (one.candidate.ticket_number or "", one.part.value))
    seen = [[one.candidate.ticket_number, one.part.value, str(one.value)] for one in in_order[:200]]
    detail = {"done": len(chosen), "refused": 0, "seen": seen, "finished": True}
    book.note("scores.looked_again", plan.number, reviewer, moments.looked, detail)
    book.done(REVIEW, reviewer, moments.looked, f"复核{len(chosen)}份完毕")


def announced(book: Book, number: str) -> None:
    """This function will put those who passed before the public, in the notice of this number."""
    plan, by, at, moments = book.plan, book.leader, book.moments.announced, book.moments
    people = book.entrants
    passed = [one for one in people if one.result == Result.PASSED]
    days = NOTICE_WORKING_DAYS.on(at.date())
    book.notices.append({
        "number": number,
        "matter": MATTER,
        "case": plan.number,
        "title": f"{plan.body.name}{plan.title}成绩公示"[:200],
        "preface": notice_preface(plan, len(people), len(passed)),
        "columns": notice_columns(book.parts),
        "rows": [notice_row(n, plan, one, book.marks[one.ticket_number or ""], book.parts) for n, one in enumerate(passed, 1)],
        "office_id": plan.body.office_id,
        "phone": plan.body.office.phone,
        "clause": str(days.clause),
        "working_days": days.value,
        "opened_on": moments.opened_on,
        "closes_on": moments.notice_until,
        "closed_at": None,
        "outcome": "",
    })  # fmt: skip
    told = {"case": plan.number, "rows": len(passed), "opened_on": moments.opened_on.isoformat(), "closes_on": moments.notice_until.isoformat()}
    book.note("notice.published", number, by, at, told)
    reviewed = may_be_announced(True, sum(len(one.chosen) for one in book.reviews), 0, 0)
    timely = announced_in_time(moments.opened_on, plan.exam_on, book.calendar)
    detail = {"notice": number, "passed": len(passed), "candidates": len(people), "findings": records([timely, reviewed])}
    book.note("results.announced", plan.number, by, at, detail)
    book.done("announce_results", by, at, "成绩已公示")


def confirmed(book: Book) -> None:
    """This function will end the notice, whose days are over."""
    plan, at, standing = book.plan, book.moments.confirmed, book.notices[-1]
    standing["closed_at"], standing["outcome"] = at, "公示期满"
    book.note("notice.closed", standing["number"], PLATFORM, at, {"case": plan.number, "outcome": "公示期满"})
    book.note("plan.results_confirmed", plan.number, PLATFORM, at, {"notices": [standing["number"]]})
    due = book.after(CERTIFICATES_WITHIN.on(plan.exam_on).value)
    book.owe_planner("issue_certificates", "核发证书", PLATFORM, at, max(due, at.date()), Role.BODY_LEADER)


def certified(book: Book, archive: str) -> None:
    """This function will issue a certificate to everybody who passed, and owe the archive of this number."""
    plan, by, at = book.plan, book.leader, book.moments.certified
    people = [one for one in book.entrants if one.result == Result.PASSED]
    made, lines = issued_then(
        body=plan.body,
        kind=book.kind,
        occupation=(plan.occupation.code, plan.occupation.name, plan.trade.name if plan.trade else ""),
        level=Level(plan.level),
        plan_number=plan.number,
        awards=[award_of(plan, one, book.marks[one.ticket_number or ""], {}) for one in people],
        by=by,
        at=at,
    )
    book.certificates += made
    book.lines += lines
    found = may_be_issued(_facts(book), at.date())
    timely = issued_in_time(at.date(), plan.exam_on, book.calendar)
    detail: dict[str, Any] = {"certificates": len(made), "refused": 0, "findings": records([*found, timely])}
    book.note("plan.certified", plan.number, by, at, detail)
    book.done("issue_certificates", by, at, f"已核发{len(made)}本")
    due = sealed_by(plan.exam_on, book.calendar, at.date())
    book.archives.append({"number": archive, "plan": plan, "due_on": due, "begun_at": at})
    title = f"{plan.title}：请汇编并封存评价档案"
    book.owe("archive", title, plan.body.office_id, Role.BODY_PLANNER, by, at, due, case=archive)


def _facts(book: Book) -> IssueFacts:
    plan, item = book.plan, book.plan.scope_item
    if item.since is None:
        raise ValueError(f"the scope of {plan.number} has no first day")
    return IssueFacts(
        evaluator=plan.body.name,
        issuer=plan.body.name,
        passed=True,
        examined_on=plan.exam_on,
        notice_until=book.moments.notice_until - timedelta(days=1),
        objection_open=False,
        site_code=plan.body.site_code or "",
        filing=Period(item.since, item.until),
    )
