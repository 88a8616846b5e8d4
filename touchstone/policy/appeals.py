"""救济: by when may somebody appeal against a decision, to whom, and by which law?

A decision tells this as of its own day; a later law does not change what an earlier letter said.
"""

from datetime import date

from touchstone.kernel.law import Clause, Dated, Value
from touchstone.policy.documents import ADMINISTRATIVE_LITIGATION_1989, ADMINISTRATIVE_LITIGATION_2014, RECONSIDERATION_1999, RECONSIDERATION_2023

RECONSIDERATION_WITHIN = Dated(
    "申请行政复议的期限",
    Value(date(1999, 10, 1), 60, RECONSIDERATION_1999.clause("第九条")),
    Value(date(2024, 1, 1), 60, RECONSIDERATION_2023.clause("第二十条")),
    key="appeals.reconsideration_within",
    unit="日",
)
LITIGATION_WITHIN = Dated(
    "直接提起行政诉讼的期限",
    Value(date(1990, 10, 1), 3, ADMINISTRATIVE_LITIGATION_1989.clause("第三十九条")),
    Value(date(2015, 5, 1), 6, ADMINISTRATIVE_LITIGATION_2014.clause("第四十六条")),
    key="appeals.litigation_within",
    unit="个月",
)


def appeal_told(day: date) -> tuple[str, tuple[Clause, Clause]]:
    """This function will say what may be done about a decision of `day`, as its letter says it, and by which clauses."""
    first, second = RECONSIDERATION_WITHIN.on(day), LITIGATION_WITHIN.on(day)
    sentence = f"对本决定不服的，可以自收到本决定书之日起{first.value}日内依法申请行政复议，或者在{second.value}个月内依法提起行政诉讼。"
    return sentence, (first.clause, second.clause)
