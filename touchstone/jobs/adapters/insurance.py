"""社会保险通道: for how long were contributions paid for somebody, and does the employer they name pay them?

Asked: `name`, `id_number`, `employer` as the person wrote it. Answered: `{spells: [{since, until, by_named_employer}]}`, until null where it goes on;
no other employer's name comes back.
"""

from touchstone.exams.facts.enquiries import Asked
from touchstone.jobs.adapters.outside import Line, Unavailable, a_day, a_day_or_none, rows, yes_or_no
from touchstone.policy.eligibility.outside import InsuranceAnswer, Spell


def ask_insurance(line: Line, asked: Asked) -> InsuranceAnswer:
    """This function will ask for the spells of contributions. :raises Unavailable: :raises Pending:"""
    told = line.asked(asked.number, asked.id_number, {"name": asked.name, "employer": asked.employer})
    spells = tuple(
        Spell(a_day(one.get("since")), a_day_or_none(one.get("until")), yes_or_no(one.get("by_named_employer"))) for one in rows(told.get("spells"))
    )
    if any(one.until is not None and one.until <= one.since for one in spells):
        raise Unavailable("答复中的起止日期颠倒")
    return InsuranceAnswer(spells)
