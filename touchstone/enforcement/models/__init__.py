"""机构案件表: cases with their people, evidence, letters, measures, opinions asked, and archives."""

from touchstone.enforcement.models.archive import ArchiveOpening, CaseArchive
from touchstone.enforcement.models.case import Case, CaseAct, CaseSet
from touchstone.enforcement.models.evidence import Evidence
from touchstone.enforcement.models.help import Help
from touchstone.enforcement.models.letter import Letter
from touchstone.enforcement.models.measure import CaseMeasure, Correction, ReExamination
from touchstone.enforcement.models.people import Discussant, Officer

__all__ = [
    "ArchiveOpening",
    "Case",
    "CaseAct",
    "CaseArchive",
    "CaseMeasure",
    "CaseSet",
    "Correction",
    "Discussant",
    "Evidence",
    "Help",
    "Letter",
    "Officer",
    "ReExamination",
]
