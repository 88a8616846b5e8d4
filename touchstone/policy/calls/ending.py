"""取消入选资格: on which grounds may the selection of a body be ended before its time, and where is each laid down?

`通知 三(一)2` selects bodies and is silent on taking a selection back: the list is ours, open and dated; what has a clause is named with it.
"""

from collections.abc import Mapping
from datetime import date

from touchstone.kernel.law import Clause, Dated, Value
from touchstone.policy.documents import notice, our_default

OWN = our_default("取消入选资格")
GROUNDS_TO_END: Dated[Mapping[str, str]] = Dated(
    "取消入选资格的情形",
    Value(
        date(2024, 5, 1),
        {
            "untrue": "应征材料与实际情况不符",
            "conditions_lost": "不再符合遴选条件",
            "violation": "违纪违规，按规定限制开展评价",
            "gone": "破产、关闭、注销",
            "given_up": "机构书面放弃",
        },
        OWN,
    ),
    key="calls.grounds_to_end",
)
_CLAUSES = {"conditions_lost": notice("三(一)2"), "violation": notice("三(四)2"), "gone": notice("三(四)3")}


def clause_of_ground(ground: str) -> Clause:
    """This function will give where a ground is laid down; our default where the notice is silent."""
    return _CLAUSES.get(ground, OWN)
