"""考核与分级用语: how do states, bands, grades and indicators stand on the pages, and which tabs are there?"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.urls import reverse

from touchstone.accounts.actor import Actor
from touchstone.grading.facts.graded import HOW
from touchstone.grading.states import AssessmentState, GradeState, TermState
from touchstone.policy.roles import BodyKind
from touchstone.policy.supervision.assessment import Band
from touchstone.policy.supervision.grade import A_FROM, B_FROM, C_FROM, WEIGHTS, Grade, Indicator
from touchstone.policy.supervision.treatment import treatment_of
from touchstone.web.cases import case_url

_A, _G, _T = AssessmentState, GradeState, TermState
_TONES = {
    _A.REPORTING: "warn",
    _A.REPORTED: "info",
    _A.FIRST_DONE: "info",
    _A.SECOND_DONE: "warn",
    _A.TOLD: "info",
    _A.OBJECTED: "danger",
    _A.PUBLISHED: "ok",
}
STATES = {one.value: (one.label, _TONES[one]) for one in _A}
_GRADE_TONES = {_G.PROPOSED: "warn", _G.REVIEWED: "info", _G.CONFIRMED: "ok", _G.CONTESTED: "danger", _G.ANSWERED: "ok"}
GRADE_STATES = {one.value: (one.label, _GRADE_TONES[one]) for one in _G}
_TERM_TONES = {_T.OPEN: "warn", _T.OPINED: "info", _T.DECIDED: "ok"}
TERM_STATES = {one.value: (one.label, _TERM_TONES[one]) for one in _T}
_OF_GRADE = {Grade.A: "ok", Grade.B: "info", Grade.C: "warn", Grade.D: "danger", Grade.NONE: "neutral"}
GRADES = {one.value: (one.label, _OF_GRADE[one]) for one in Grade}
_OF_BAND = {Band.EXCELLENT: "ok", Band.GOOD: "info", Band.PASSED: "neutral", Band.FAILED: "danger"}
BANDS = {one.value: (one.label, _OF_BAND[one]) for one in Band} | {"": ("—", "neutral")}
GRADE_CHOICES = [(one.value, one.label) for one in Grade]
BAND_CHOICES = [(one.value, one.label) for one in Band]
_TABS = (
    ("grades", "机构等级", "authority:grades"),
    ("assessments", "年度考核", "authority:assessments"),
    ("terms", "期满评估", "authority:term_evaluations"),
    ("watched", "到场督导", "authority:watched_sittings"),
)
_PUBLIC_TABS = (("grades", "机构等级", "public:grades"), ("assessments", "年度考核结果", "public:assessment_results"))


def tabs(active: str) -> list[dict[str, Any]]:
    """This function will give the tabs of 考核与分级."""
    return [{"label": label, "url": reverse(page), "active": key == active} for key, label, page in _TABS]


def public_tabs(active: str) -> list[dict[str, Any]]:
    """This function will give the tabs of the public pages."""
    return [{"label": label, "url": reverse(page), "active": key == active} for key, label, page in _PUBLIC_TABS]


def indicators_shown(indicators: Iterable[Mapping[str, Any]], actor: Actor) -> list[dict[str, Any]]:
    """This function will write indicators for a table: share in per cent, points, and each row with the page where the actor opens it."""
    return [
        {
            **one,
            "percent": "—" if one["share"] is None else f"{one['share']:.1%}",
            "points_words": "—" if one["points"] is None else f"{one['points']:g}",
            "links": [{"number": row, "url": case_url(row, actor)} for row in one["rows"]],
        }
        for one in indicators
    ]


def rules_shown(day: date) -> dict[str, Any]:
    """This function will write how a grade is reckoned, in plain words: indicators with weights, lines, and what each grade changes."""
    weights = WEIGHTS.on(day).value
    lines = [(Grade.A, A_FROM), (Grade.B, B_FROM), (Grade.C, C_FROM)]
    return {
        "indicators": [{"title": one.label, "weight": weights.get(one.value, 0), "how": HOW[one]} for one in Indicator],
        "lines": [{"label": grade.label, "least": least.on(day).value} for grade, least in lines],
        "treatments": [{"label": grade.label, "words": treatment_of(BodyKind.ENTERPRISE, grade, day).words} for grade in Grade],
    }


