"""备案表: one room, by the part of a filing's life."""

from touchstone.filings.models.filing import DraftSection, Filing, FilingSet, ScopeItem, Submission, SupplementRequest
from touchstone.filings.models.life import (
    AssociationMove,
    CatalogueFlag,
    Custody,
    EndingRow,
    EndingRun,
    EndRequest,
    Suspension,
    Termination,
)
from touchstone.filings.models.loading import Loading, LoadingRow
from touchstone.filings.models.review import (
    AddedOpinion,
    AssessorSheet,
    CentreReport,
    Consent,
    Decision,
    ExpertPanel,
    FirstOpinion,
    PanelMember,
    ReportSet,
    ReturnedStep,
    SiteVisit,
    TechnicalAssessment,
)

__all__ = [
    "AddedOpinion",
    "AssessorSheet",
    "AssociationMove",
    "CatalogueFlag",
    "CentreReport",
    "Consent",
    "Custody",
    "Decision",
    "DraftSection",
    "EndRequest",
    "EndingRow",
    "EndingRun",
    "ExpertPanel",
    "Filing",
    "FilingSet",
    "FirstOpinion",
    "Loading",
    "LoadingRow",
    "PanelMember",
    "ReportSet",
    "ReturnedStep",
    "ScopeItem",
    "SiteVisit",
    "Submission",
    "SupplementRequest",
    "Suspension",
    "TechnicalAssessment",
    "Termination",
]
