"""认定表: plans, registrations, sittings, scores."""

from touchstone.exams.models.plans import Plan
from touchstone.exams.models.registrations import Candidate, Upload, UploadRow
from touchstone.exams.models.sittings import ScoreEntry, Seat, Sitting
from touchstone.exams.models.winding import Moved, PlanFate, WindingDown

__all__ = ["Candidate", "Moved", "Plan", "PlanFate", "ScoreEntry", "Seat", "Sitting", "Upload", "UploadRow", "WindingDown"]
