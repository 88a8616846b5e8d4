"""评价机构表: bodies and their premises and people, whom they may evaluate, and what they are known to be."""

from touchstone.bodies.models.apprentices import Apprenticeship
from touchstone.bodies.models.body import Body, BodySet, Room, StaffMember, Venue
from touchstone.bodies.models.courses import CourseBatch, CourseResult, CourseRow
from touchstone.bodies.models.grades import BodyGrade
from touchstone.bodies.models.holds import RecordHold
from touchstone.bodies.models.people import Agreement, Commission, RosterImport, RosterImportRow, Student, Subsidiary, Worker
from touchstone.bodies.models.restrictions import BodyRestriction
from touchstone.bodies.models.standards import EnterpriseStandard
from touchstone.bodies.models.standing import ExpiryEvaluation, FailedYears, FormerFact, ModelStanding, Pilot

__all__ = [
    "Agreement",
    "Apprenticeship",
    "Body",
    "BodyGrade",
    "BodyRestriction",
    "BodySet",
    "Commission",
    "CourseBatch",
    "CourseResult",
    "CourseRow",
    "EnterpriseStandard",
    "ExpiryEvaluation",
    "FailedYears",
    "FormerFact",
    "ModelStanding",
    "Pilot",
    "RecordHold",
    "Room",
    "RosterImport",
    "RosterImportRow",
    "StaffMember",
    "Student",
    "Subsidiary",
    "Venue",
    "Worker",
]
