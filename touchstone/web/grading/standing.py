"""考核与等级: which grade have we, why, until when, what does it change, and how did our years and our term come out?"""

from django.http import HttpResponseBase
from django.shortcuts import render

from touchstone.bodies.queries import own_body
from touchstone.bodies.queries.grades import grade_history, grade_row
from touchstone.grading import queries
from touchstone.grading.states import AssessmentState
from touchstone.policy.roles import BodyKind
from touchstone.policy.supervision.grade import Grade, grade_is_in_force
from touchstone.policy.supervision.treatment import treatment_of
from touchstone.web.doors import Request, body_door
from touchstone.web.grading.words import BANDS, GRADE_STATES, GRADES, STATES, TERM_STATES, indicators_shown


@body_door
def standing(request: Request) -> HttpResponseBase:
    """This page will show the body its grade with the reasons, its assessments and its expiry evaluations."""
    body, day = own_body(request.actor), request.today
    row = grade_row(body, day)
    grade = Grade(row.grade) if row is not None else Grade.NONE
    lines = list(queries.lines(request.actor)[:10])
    told = {AssessmentState.TOLD, AssessmentState.OBJECTED, AssessmentState.PUBLISHED}
    context = {
        "body": body,
        "row": row,
        "grade": GRADES[grade.value],
        "indicators": indicators_shown(row.reasons.get("indicators", []), request.actor) if row is not None else [],
        "in_force": grade_is_in_force(row.since if row is not None else None, day),
        "treatment": treatment_of(BodyKind(body.kind), grade, day).words,
        "former": [{"row": one, "grade": GRADES[one.grade]} for one in grade_history(body)[:10]],
        "lines": [{"row": one, "grade": GRADES[one.given], "state": GRADE_STATES[one.state]} for one in lines],
        "assessments": [
            {"row": one, "state": STATES[one.state], "band": BANDS[one.band if one.state in told else ""]}
            for one in queries.assessments(request.actor)[:10]
        ],
        "terms": [{"row": one, "state": TERM_STATES[one.state]} for one in queries.evaluations(request.actor)[:10]],
    }
    return render(request, "grading/standing.html", context)
