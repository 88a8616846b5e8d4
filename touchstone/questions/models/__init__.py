"""题库表: banks and questions, how they were judged, who opened them; blueprints, papers and figures of their use."""

from touchstone.questions.models.bank import Bank, Lending, Licence, Opening, Question, QuestionSet, QuestionVersion, Review
from touchstone.questions.models.exchange import ImportedRow, QuestionExport, QuestionImport, QuestionImportSet
from touchstone.questions.models.guidance import GuidanceNote
from touchstone.questions.models.paper import (
    AnswerImport,
    Blueprint,
    BlueprintSet,
    EnemyPair,
    ItemFigure,
    KeyShare,
    Paper,
    PaperForm,
    PaperItem,
    PaperSet,
)

__all__ = [
    "AnswerImport",
    "Bank",
    "Blueprint",
    "BlueprintSet",
    "EnemyPair",
    "GuidanceNote",
    "ImportedRow",
    "ItemFigure",
    "KeyShare",
    "Lending",
    "Licence",
    "Opening",
    "Paper",
    "PaperForm",
    "PaperItem",
    "PaperSet",
    "Question",
    "QuestionExport",
    "QuestionImport",
    "QuestionImportSet",
    "QuestionSet",
    "QuestionVersion",
    "Review",
]
