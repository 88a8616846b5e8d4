"""认定表: plans, registrations, sittings, scores."""

from touchstone.exams.models.plans import Plan
from touchstone.exams.models.registrations import Candidate, Upload, UploadRow
from touchstone.exams.models.sittings import ScoreEntry, Seat, Sitting

__all__ = ["Candidate", "Plan", "ScoreEntry", "Seat", "Sitting", "Upload", "UploadRow"]
