"""申报内容: what does an applicant declare, and what has been proved of it?

`claims` (as declared) and `proofs` (as checked by the reviewer, by kind) are kept with the candidate as plain JSON. Identity
number, telephone and postal addresses are not among them: they stay sealed.

proofs = {kind: {…facts…, "attachments": [numbers], "remark": str, "checked_by": name, "checked_at": iso}}
  employment  since?, until?
  work        periods: [{since, until?, relation}]
  certificate level, issued_on, relation, number
  schooling   school, school_class, graduated_on?, final_year, major_related, programme_assessed
  title       rank, obtained_on, relation
"""

from enum import StrEnum
from typing import Any

from touchstone.policy.eligibility.levels import parse_level
from touchstone.sheets.registration import RegistrationRow

Claims = dict[str, Any]
Proofs = dict[str, dict[str, Any]]
NO_MAJOR = {"", "无", "没有", "-", "/"}
_KEPT = (
    "sequence",
    "education",
    "region",
    "source",
    "registering_body",
    "assessment_kind",
    "major",
    "exam_kind",
    "ethnicity",
    "diploma_number",
    "experience",
    "collect_by",
)


class ProofKind(StrEnum):
    """The kinds of evidence a reviewer checks."""

    EMPLOYMENT = "employment"
    WORK = "work"
    CERTIFICATE = "certificate"
    SCHOOLING = "schooling"
    TITLE = "title"

    @property
    def label(self) -> str:
        return {
            "employment": "在岗和用工证明",
            "work": "工作年限证明",
            "certificate": "原有证书",
            "schooling": "学历或学籍证明",
            "title": "职称证书",
        }[self.value]


def claims_of(row: RegistrationRow) -> Claims:
    """This function will give what a row of the workbook declares."""
    certificate = None
    if row.holds_certificate:
        certificate = {"level": int(parse_level(row.certificate_level)), "number": row.certificate_number}
    return {
        "years_in_field": str(row.years_in_field),
        "started_work_on": row.started_work_on.isoformat() if row.started_work_on else None,
        "certificate": certificate,
        **{key: getattr(row, key) for key in _KEPT},
    }
