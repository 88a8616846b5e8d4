"""机构案件查询: which cases, letters, opinions asked and archives may somebody see, and what is due?"""

from touchstone.enforcement.queries.archives import archive, archives, openings_of
from touchstone.enforcement.queries.cases import (
    case,
    cases,
    corrections_of,
    discussants_of,
    evidence_of,
    helps_asked,
    helps_of,
    led_to,
    letter,
    letters_of,
    measures_of,
    officers_of,
    own_cases,
)
from touchstone.enforcement.queries.due import clocks_of, corrections_lapsed, corrections_to_remind
from touchstone.enforcement.queries.public import published, published_case
from touchstone.enforcement.queries.steps import Step, missing_before_sealing

__all__ = [
    "Step",
    "archive",
    "archives",
    "case",
    "cases",
    "clocks_of",
    "corrections_lapsed",
    "corrections_of",
    "corrections_to_remind",
    "discussants_of",
    "evidence_of",
    "helps_asked",
    "helps_of",
    "led_to",
    "letter",
    "letters_of",
    "measures_of",
    "missing_before_sealing",
    "officers_of",
    "openings_of",
    "own_cases",
    "published",
    "published_case",
]
