"""人口登记通道: do name and number belong together, and has a death been registered?

Asked: `name`, `id_number`. Answered: `{known, fits}`; and, at the other address, `{died_on}`, null where no death is registered.
"""

from touchstone.exams.facts.enquiries import Asked
from touchstone.jobs.adapters.outside import Line, Unavailable, a_day_or_none, yes_or_no
from touchstone.policy.eligibility.outside import DeathAnswer, IdentityAnswer


def ask_identity(line: Line, asked: Asked) -> IdentityAnswer:
    """This function will ask whether somebody is registered under this name and number. :raises Unavailable: :raises Pending:"""
    told = line.asked(asked.number, asked.id_number, {"name": asked.name})
    if not yes_or_no(told.get("known")):
        return IdentityAnswer(None)
    return IdentityAnswer(yes_or_no(told.get("fits")))


def ask_death(line: Line, asked: Asked) -> DeathAnswer:
    """This function will ask whether somebody has died. :raises Unavailable: :raises Pending:"""
    told = line.asked(asked.number, asked.id_number, {"name": asked.name})
    if "died_on" not in told:
        raise Unavailable("答复的内容无法读取")
    return DeathAnswer(a_day_or_none(told["died_on"]))
