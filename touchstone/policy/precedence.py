"""依据的先后: where two documents speak to the same thing, which of them rules?

`通知 四(一)(二)`: in force from 2024-05-01; beats other documents; newer policy of the State or the city beats it; what
it does not touch follows the law.
"""

from collections.abc import Iterable
from datetime import date

from touchstone.kernel.law import Dated, Document, NotInForce, Value
from touchstone.kernel.rules import Finding, met, rule, unmet
from touchstone.policy.documents import NOTICE_2024, notice

NOTICE_IN_FORCE = Dated("通知的施行日期", Value(date(2024, 5, 1), True, notice("四(一)")), key="precedence.notice_in_force")


@rule("通知已经施行")
def notice_in_force(day: date) -> Finding:
    """Whether the notice of 2024 rules on `day`."""
    try:
        NOTICE_IN_FORCE.on(day)
    except NotInForce:
        return unmet(f"通知自{NOTICE_2024.in_force_from}起施行，{day}时尚未施行", notice("四(一)"))
    return met(f"通知自{NOTICE_2024.in_force_from}起施行", notice("四(一)"))


@rule("与其他文件不一致的，以通知为准")
def notice_beats(other: Document, day: date) -> Finding:
    """Whether the notice wins against `other` on `day`: against what is older or silent, not against newer policy."""
    clause = notice("四(二)")
    if not NOTICE_2024.in_force_on(day):
        return unmet(f"{day}时通知尚未施行，按{other.title}执行", clause)
    if not other.in_force_on(day):
        return met(f"{other.title}在{day}不具效力，按通知执行", clause)
    if other.in_force_from > NOTICE_2024.in_force_from and not other.platform_default:
        return unmet(f"{other.title}为通知之后出台的新规定，按新规定执行", clause)
    return met(f"{other.title}与通知不一致的，以通知为准", clause)


def prevailing(documents: Iterable[Document], day: date) -> Document:
    """This function will give the document that rules on `day` among those that speak to the same thing.

    Newer policy than the notice first (the newest), then the notice, then by rank and day; our defaults come last.

    :raises NotInForce: when none of them is in force.
    """
    speaking = [document for document in documents if document.in_force_on(day)]
    if not speaking:
        raise NotInForce(f"{day} 时没有有效的依据")

    def order(document: Document) -> tuple[bool, bool, int, date]:
        newer = document.in_force_from > NOTICE_2024.in_force_from and NOTICE_2024.in_force_on(day)
        return (not document.platform_default, newer, 0 if newer else document.rank, document.in_force_from)

    return max(speaking, key=order)
