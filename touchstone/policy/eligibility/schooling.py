"""学历: which school and class did the applicant attend, and is it finished?"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class School(StrEnum):
    """Kinds of school the conditions tell apart."""

    TECHNICAL_SCHOOL = "technical_school"
    SENIOR_TECHNICAL_SCHOOL = "senior_technical_school"
    TECHNICIAN_COLLEGE = "technician_college"
    SECONDARY_VOCATIONAL = "secondary_vocational"
    HIGHER_VOCATIONAL = "higher_vocational"
    UNIVERSITY = "university"
    GENERAL = "general"

    @property
    def label(self) -> str:
        return _SCHOOLS[self]


_SCHOOLS = {
    School.TECHNICAL_SCHOOL: "技工学校",
    School.SENIOR_TECHNICAL_SCHOOL: "高级技工学校",
    School.TECHNICIAN_COLLEGE: "技师学院",
    School.SECONDARY_VOCATIONAL: "中等职业学校",
    School.HIGHER_VOCATIONAL: "高等职业学校",
    School.UNIVERSITY: "专科及以上普通高等学校",
    School.GENERAL: "普通中小学",
}

WORKERS_SCHOOLS = frozenset({School.TECHNICAL_SCHOOL, School.SENIOR_TECHNICAL_SCHOOL, School.TECHNICIAN_COLLEGE})
SENIOR_WORKERS_SCHOOLS = frozenset({School.SENIOR_TECHNICAL_SCHOOL, School.TECHNICIAN_COLLEGE})
VOCATIONAL_OR_HIGHER = frozenset({School.SECONDARY_VOCATIONAL, School.HIGHER_VOCATIONAL, School.UNIVERSITY})
HIGHER = frozenset({School.HIGHER_VOCATIONAL, School.UNIVERSITY})


class SchoolClass(StrEnum):
    """Classes of a workers' school; ORDINARY elsewhere."""

    ORDINARY = "ordinary"
    INTERMEDIATE = "intermediate"
    SENIOR = "senior"
    PREPARATORY_TECHNICIAN = "preparatory_technician"
    TECHNICIAN = "technician"

    @property
    def label(self) -> str:
        return {
            "ordinary": "普通班",
            "intermediate": "中级工班",
            "senior": "高级工班",
            "preparatory_technician": "预备技师班",
            "technician": "技师班",
        }[self.value]


TECHNICIAN_CLASSES = frozenset({SchoolClass.PREPARATORY_TECHNICIAN, SchoolClass.TECHNICIAN})
SENIOR_CLASSES = TECHNICIAN_CLASSES | {SchoolClass.SENIOR}


@dataclass(frozen=True)
class Schooling:
    """Attending or having finished a school.

    `major_related` is None while nobody has compared the major with the standard's list; `programme_assessed` likewise
    for 经评估论证. `final_year` marks a student in the year of graduation (在读应届毕业生).
    """

    school: School
    school_class: SchoolClass = SchoolClass.ORDINARY
    major_related: bool | None = None
    graduated_on: date | None = None
    final_year: bool = False
    programme_assessed: bool | None = None
    proven: bool = False

    def is_finished(self, day: date) -> bool:
        """This method will say whether the diploma was held on `day`."""
        return self.graduated_on is not None and self.graduated_on <= day

    def is_finished_or_final_year(self, day: date) -> bool:
        """This method will say whether the diploma counts on `day`, 含在读应届毕业生."""
        return self.is_finished(day) or self.final_year


SCHOOL_OF_EDUCATION = {
    "博士": School.UNIVERSITY,
    "研究生": School.UNIVERSITY,
    "大学本科": School.UNIVERSITY,
    "大学专科和专科学校": School.UNIVERSITY,
    "中等专业学校": School.SECONDARY_VOCATIONAL,
    "职高": School.SECONDARY_VOCATIONAL,
    "技校": School.TECHNICAL_SCHOOL,
    "高级技校": School.SENIOR_TECHNICAL_SCHOOL,
    "技师学院": School.TECHNICIAN_COLLEGE,
    "高中": School.GENERAL,
    "初中": School.GENERAL,
    "小学": School.GENERAL,
}
"""How the words of the registration form (文化程度) map to the schools the conditions tell apart."""
