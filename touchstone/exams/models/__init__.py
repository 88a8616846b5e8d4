"""认定表: plans, registrations, sittings, marks, panels, scores."""

from touchstone.exams.models.archive import Archive, ArchiveDestruction, ArchiveOpening, ArchiveSet, ArchiveVolume
from touchstone.exams.models.courses import CourseExam, Exemption
from touchstone.exams.models.day import HandOver, Incident, SignIn
from touchstone.exams.models.dual import ElementScore, SecondOutcome, SecondStandard
from touchstone.exams.models.enquiries import Enquiry
from touchstone.exams.models.exceptions import ExceptionalCase
from touchstone.exams.models.kept import KeptScore
from touchstone.exams.models.marks import Marking, MarkPhoto, MarkSending, PointMark, Remark, ScoringSheet
from touchstone.exams.models.own import OwnDraft
from touchstone.exams.models.panel import Defence, DefenceQuestion, MinutesSignature, PanelPaper, PaperOpening
from touchstone.exams.models.payments import Payment
from touchstone.exams.models.plans import Plan
from touchstone.exams.models.registrations import Candidate, Upload, UploadRow
from touchstone.exams.models.score_book import Keying, ReviewedScore, ScoreLock, ScoreReview
from touchstone.exams.models.scripts import Answer, ComputerExam, Mark, Marker, Script, SeatTry
from touchstone.exams.models.sittings import ScoreEntry, Seat, Sitting, VoidedPart
from touchstone.exams.models.winding import Moved, PlanFate, WindingDown

__all__ = [
    "Answer",
    "Archive",
    "ArchiveDestruction",
    "ArchiveOpening",
    "ArchiveSet",
    "ArchiveVolume",
    "Candidate",
    "ComputerExam",
    "CourseExam",
    "Defence",
    "DefenceQuestion",
    "ElementScore",
    "Enquiry",
    "ExceptionalCase",
    "Exemption",
    "HandOver",
    "Incident",
    "KeptScore",
    "Keying",
    "Mark",
    "MarkPhoto",
    "MarkSending",
    "Marker",
    "Marking",
    "MinutesSignature",
    "Moved",
    "OwnDraft",
    "PanelPaper",
    "PaperOpening",
    "Payment",
    "Plan",
    "PlanFate",
    "PointMark",
    "Remark",
    "ReviewedScore",
    "ScoreEntry",
    "ScoreLock",
    "ScoreReview",
    "ScoringSheet",
    "Script",
    "Seat",
    "SeatTry",
    "SecondOutcome",
    "SecondStandard",
    "SignIn",
    "Sitting",
    "Upload",
    "UploadRow",
    "VoidedPart",
    "WindingDown",
]
