"""规程优先: where an occupation's own standard prints other numbers, which of the two rules?

`通知 三(二)1`: what differs from the 规程 of 2023 gives way to it, from 2024-05-01 on.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from touchstone.kernel.law import Dated, Value
from touchstone.kernel.rules import Finding, met, rule, unmet, unproven
from touchstone.policy.documents import notice, our_default
from touchstone.policy.eligibility import years

RULE_BEATS_STANDARD = Dated(
    "国家职业标准与规程不一致时是否以规程为准",
    Value(date(2018, 3, 7), False, our_default("通知施行前未见规定")),
    Value(date(2024, 5, 1), True, notice("三(二)1")),
    key="eligibility.rule_beats_standard",
)

PRINTED_YEARS = {
    "work_for_5": years.WORK_FOR_5,
    "work_for_4": years.WORK_FOR_4,
    "after_5_for_4": years.AFTER_5_FOR_4,
    "work_for_3": years.WORK_FOR_3,
    "after_4_for_3": years.AFTER_4_FOR_3,
    "after_3_for_2": years.AFTER_3_FOR_2,
    "graduate_for_2": years.GRADUATE_FOR_2,
    "after_2_for_1": years.AFTER_2_FOR_1,
}
"""The numbers of years a standard may print, by the key under which its entry in the catalogue keeps them."""


def years_printed_under(issued_on: date) -> dict[str, int]:
    """This function will give the years that standards issued on a day print, taken from the 规程 they were written by.

    Nothing for those written by the 规程 of 2023: they print its numbers, and have nothing to give way in.
    """
    if issued_on >= years.SINCE_2023 or issued_on < years.SINCE_2018:
        return {}
    return {key: dated.on(issued_on).value for key, dated in PRINTED_YEARS.items() if dated.values[0].since <= issued_on}


@dataclass(frozen=True)
class PrintedStandard:
    """An occupation's own standard: its title, the day it was issued, and the years it prints (None: not read yet)."""

    title: str
    issued_on: date
    printed_years: Mapping[str, int] | None = None


@rule("标准与规程不一致的，以规程为准")
def standard_gives_way(standard: PrintedStandard, day: date) -> Finding:
    """Met when the standard prints other numbers and gives way; unmet when it need not; unproven when nobody has read it."""
    override = RULE_BEATS_STANDARD.on(day)
    if standard.printed_years is None:
        if standard.issued_on >= years.SINCE_2023:
            return unmet(f"《{standard.title}》按2023年版规程编制，无须让位", override.clause)
        return unproven(f"《{standard.title}》所印申报年限尚未录入，无法比较", override.clause, ask_for="标准文本中的申报条件一节")
    differing = [
        f"{PRINTED_YEARS[key].meaning}：标准印{printed}年，规程为{PRINTED_YEARS[key].on(day).value}年"
        for key, printed in sorted(standard.printed_years.items())
        if key in PRINTED_YEARS and PRINTED_YEARS[key].on(day).value != printed
    ]
    if not differing:
        return unmet(f"《{standard.title}》与规程一致，无须让位", override.clause)
    if not override.value:
        return unmet(f"《{standard.title}》与规程不一致，但通知尚未施行：{'；'.join(differing)}", override.clause)
    return met(f"《{standard.title}》与规程不一致，以规程为准：{'；'.join(differing)}", override.clause)
