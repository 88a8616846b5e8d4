"""试题查重: from which likeness on does a question count as a repeat of another?"""

from datetime import date

from touchstone.kernel.law import Dated, Value
from touchstone.kernel.rules import Finding, met, rule, unmet
from touchstone.policy.documents import our_default

_SINCE = date(2024, 5, 1)
OURS = our_default("试题查重")
ALIKE_FROM = Dated("提示相似的字对重合度", Value(_SINCE, 55, OURS), key="questions.alike_from", unit="%", changeable=True)
REPEAT_FROM = Dated("视为重复、不予入库的字对重合度", Value(_SINCE, 90, OURS), key="questions.repeat_from", unit="%", changeable=True)


@rule("与已有试题不重复")
def not_a_repeat(likeness: int, day: date) -> Finding:
    """Whether a question is unlike every question that exists; `likeness` is the highest share of common character pairs, in percent."""
    repeat, alike = REPEAT_FROM.on(day), ALIKE_FROM.on(day)
    if likeness >= repeat.value:
        return unmet(f"与已有试题的字对重合度为{likeness}%，达到{repeat.value}%视为重复", repeat.clause)
    if likeness >= alike.value:
        return met(f"与已有试题的字对重合度为{likeness}%，请人工比较", alike.clause)
    return met("没有相似的试题", alike.clause)
