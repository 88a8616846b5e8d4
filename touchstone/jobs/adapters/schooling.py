"""学籍学历通道: which schools does the register know somebody at?

Asked: `name`, `id_number`. Answered: `{records: [{school, school_class, major, graduated_on, final_year}]}`, in the words of the law (schooling).
"""

from typing import Any

from touchstone.exams.facts.enquiries import Asked
from touchstone.jobs.adapters.outside import Line, Unavailable, a_day_or_none, rows, yes_or_no
from touchstone.policy.eligibility.outside import SchoolingAnswer, SchoolRecord
from touchstone.policy.eligibility.schooling import School, SchoolClass


def ask_schooling(line: Line, asked: Asked) -> SchoolingAnswer:
    """This function will ask for somebody's schooling. :raises Unavailable: :raises Pending:"""
    told = line.asked(asked.number, asked.id_number, {"name": asked.name})
    return SchoolingAnswer(tuple(_record(one) for one in rows(told.get("records"))))


def _record(one: dict[str, Any]) -> SchoolRecord:
    try:
        school, school_class = School(str(one.get("school"))), SchoolClass(str(one.get("school_class")))
    except ValueError as error:
        raise Unavailable("答复中的学校类别无法读取") from error
    return SchoolRecord(school, school_class, str(one.get("major", "")), a_day_or_none(one.get("graduated_on")), yes_or_no(one.get("final_year")))
