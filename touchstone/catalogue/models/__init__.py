"""职业目录表: occupations and standards, what a standard says in detail, and what was loaded from files."""

from touchstone.catalogue.models.occupation import CatalogueImport, CatalogueImportRow, FileableLevel, Occupation, Standard, Trade
from touchstone.catalogue.models.structure import ExamForm, Structure, StructureElement, StructureFunction, StructureSet, StructureWeight, WorkContent
from touchstone.catalogue.models.structure_import import StructureImport, StructureImportRow, StructureImportSet

__all__ = [
    "CatalogueImport",
    "CatalogueImportRow",
    "ExamForm",
    "FileableLevel",
    "Occupation",
    "Standard",
    "Structure",
    "StructureElement",
    "StructureFunction",
    "StructureImport",
    "StructureImportRow",
    "StructureImportSet",
    "StructureSet",
    "StructureWeight",
    "Trade",
    "WorkContent",
]
