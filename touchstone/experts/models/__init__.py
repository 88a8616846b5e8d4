"""队伍表: members and what they are qualified for, training, dispatch, appraisal."""

from touchstone.experts.models.appraisal import Appraisal, SittingMark, YearRun
from touchstone.experts.models.dispatch import Assignment, DispatchDraw, DispatchRequest
from touchstone.experts.models.member import Application, Course, Enrolment, Member, Qualification, Standing, Tie, Unavailable

__all__ = [
    "Application",
    "Appraisal",
    "Assignment",
    "Course",
    "DispatchDraw",
    "DispatchRequest",
    "Enrolment",
    "Member",
    "Qualification",
    "SittingMark",
    "Standing",
    "Tie",
    "Unavailable",
    "YearRun",
]
