"""考务人员: how many invigilators and assessors must a sitting have?"""

from datetime import date

from touchstone.kernel.law import Dated, Value
from touchstone.kernel.rules import Finding, met, rule, unmet
from touchstone.policy.documents import STANDARD_2018, STANDARD_2023, notice, our_default
from touchstone.policy.exams.parts import Part

_SINCE_2018, _SINCE_2023 = date(2018, 3, 7), date(2023, 10, 1)

CANDIDATES_PER_INVIGILATOR = Dated(
    "每名监考人员最多负责的考生数",
    Value(_SINCE_2018, 15, STANDARD_2018.clause("监考人员与考生配比")),
    Value(_SINCE_2023, 15, STANDARD_2023.clause("监考人员与考生配比")),
    key="exams.candidates_per_invigilator",
    unit="人",
)
LEAST_INVIGILATORS = Dated(
    "每个标准教室的最少监考人员数",
    Value(_SINCE_2018, 2, STANDARD_2018.clause("监考人员与考生配比")),
    Value(_SINCE_2023, 2, STANDARD_2023.clause("监考人员与考生配比")),
    key="exams.least_invigilators",
    unit="人",
)
LEAST_ASSESSORS = Dated(
    "技能考核的最少考评人员数（且为单数）",
    Value(_SINCE_2018, 3, STANDARD_2018.clause("考评人员与考生配比")),
    Value(_SINCE_2023, 3, STANDARD_2023.clause("考评人员与考生配比")),
    key="exams.least_assessors",
    unit="人",
)
LEAST_PANEL = Dated(
    "综合评审委员的最少人数（且为单数）",
    Value(_SINCE_2018, 3, STANDARD_2018.clause("综合评审委员")),
    Value(_SINCE_2023, 3, STANDARD_2023.clause("综合评审委员")),
    key="exams.least_panel",
    unit="人",
)
CANDIDATES_PER_ASSESSOR = Dated(
    "每名考评人员最多负责的考生数（标准另有规定的从其规定）",
    Value(_SINCE_2018, 15, our_default("考评人员与考生配比")),
    key="exams.candidates_per_assessor",
    unit="人",
    changeable=True,
)


def invigilators_needed(candidates: int, day: date) -> int:
    """This function will give the invigilators one room with so many candidates needs: 1:15, and never fewer than two."""
    return max(LEAST_INVIGILATORS.on(day).value, -(-candidates // CANDIDATES_PER_INVIGILATOR.on(day).value))


@rule("监考人员足够")
def enough_invigilators(invigilators: int, candidates: int, day: date) -> Finding:
    """Whether one room has enough invigilators."""
    clause, needed = CANDIDATES_PER_INVIGILATOR.on(day).clause, invigilators_needed(candidates, day)
    if invigilators < needed:
        return unmet(f"{candidates}名考生安排了{invigilators}名监考人员，应不少于{needed}名", clause)
    return met(f"{candidates}名考生有{invigilators}名监考人员", clause)


def least_assessors(part: Part, printed: int | None, day: date) -> Value[int]:
    """This function will give the assessors a sitting needs at least: the 规程's or those the standard prints, whichever are more."""
    ours = (LEAST_PANEL if part is Part.PANEL else LEAST_ASSESSORS).on(day)
    if printed is not None and printed > ours.value:
        return Value(ours.since, printed, notice("三(二)1"))
    return ours


def most_candidates(printed: int | None, day: date) -> Value[int]:
    """This function will give the candidates one assessor may have at most: those the standard prints; ours, a default, where it prints none."""
    ours = CANDIDATES_PER_ASSESSOR.on(day)
    return ours if printed is None else Value(ours.since, printed, notice("三(二)1"))


@rule("考评人员（评审委员）不少于3人且为单数")
def enough_assessors(part: Part, assessors: int, day: date, printed: int | None = None) -> Finding:
    """Whether a practical exam or a panel has enough assessors, an odd number of them; the standard (`printed`) may ask for more, not for fewer."""
    least = least_assessors(part, printed, day)
    if part is Part.THEORY:
        return met("理论知识考试不设考评人员", least.clause)
    if assessors < least.value:
        return unmet(f"{part.label}安排了{assessors}人，应不少于{least.value}人", least.clause)
    if assessors % 2 == 0:
        return unmet(f"{part.label}安排了{assessors}人，应为单数", least.clause)
    return met(f"{part.label}安排了{assessors}人", least.clause)


@rule("考评人员与考生配比足够")
def assessors_can_cope(assessors: int, candidates: int, day: date, printed: int | None = None) -> Finding:
    """Whether the assessors are enough for the number of candidates, by the ratio the standard prints (`printed`) where it prints one."""
    ratio = most_candidates(printed, day)
    needed = -(-candidates // ratio.value)
    if assessors < needed:
        return unmet(f"{candidates}名考生安排了{assessors}名考评人员，每人不超过{ratio.value}名考生，应不少于{needed}名", ratio.clause)
    return met(f"{candidates}名考生有{assessors}名考评人员", ratio.clause)
