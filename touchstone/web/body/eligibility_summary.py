"""资格审核汇总表: the A4 list of who was found eligible, under which condition, and who was not."""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect

from touchstone.exams.operations.exports import record_export
from touchstone.exams.queries import plans as plan_queries
from touchstone.exams.queries import registration as queries
from touchstone.exams.states import CandidateState
from touchstone.policy.eligibility.conditions import conditions_for
from touchstone.policy.eligibility.levels import Level
from touchstone.print.eligibility_summary import ReviewedPlan, ReviewedRow, print_eligibility_summary
from touchstone.web.body.candidates import short_reason
from touchstone.web.doors import Request, body_door
from touchstone.web.downloads import send
from touchstone.web.levels import level_label
from touchstone.web.templatetags.look import day

AT_ONCE = 2_000
"""Printed while the person waits."""


@body_door
def eligibility_summary(request: Request, number: str) -> HttpResponseBase:
    """This page will print the summary of a plan's review; numbers are masked, and taking it away is on record."""
    plan = plan_queries.plan(number, request.actor)
    words = {one.key: one.label for one in conditions_for(Level(plan.level), plan.registration_closes_on)}
    found = queries.candidates(plan).exclude(state=CandidateState.WITHDRAWN)
    if found.count() > AT_ONCE:
        messages.error(request, f"考生超过{AT_ONCE:,}人，一份汇总表印不下。请在考生列表中查询后导出Excel再打印。")
        return redirect("body:candidates", number)
    rows = []
    for one in found:
        rested = next((f for f in one.findings if f.get("condition") == (one.satisfied_condition or one.condition)), None)
        rows.append(
            ReviewedRow(
                name=one.name,
                id_number=one.person.id_masked,
                level=level_label(plan.level),
                condition=words.get(one.satisfied_condition or one.condition, one.condition),
                clause=rested["clause"] if rested else "",
                outcome=CandidateState(one.state).label,
                grounds=rested["reason"] if rested and one.state == CandidateState.ELIGIBLE else short_reason(one),
            )
        )
    record_export(case=number, what="eligibility_summary", kind="pdf", count=len(rows), by=request.actor, at=request.now)
    head = ReviewedPlan(plan.body.name, number, str(plan.trade or plan.occupation), level_label(plan.level), day(request.today))
    return send(print_eligibility_summary(head, rows), "application/pdf", f"资格审核汇总表 {number}.pdf", inline=True)
