"""组卷冲突: what is missing, in words, when no forms meet the demands?"""

from collections.abc import Sequence
from datetime import date

from touchstone.measurement.assembly_program import Shortfall
from touchstone.policy.questions.kinds import kind_label
from touchstone.questions.pool import RECENT, Stock

_DAY = date.max


def told_conflicts(conflicts: Sequence[Shortfall], stock: Stock, forms: int) -> list[str]:
    """This function will say of each demand in the conflict how many questions are wanted, how many can be had, and how many are missing."""
    each = "每套" if stock.demand.most_common else f"{forms}套共"
    short = {(one.demand, one.dimension) for one in conflicts if one.demand == "counts" and one.reachable < one.wanted}
    # What is missing in one place would have to be taken in another: only the first is of use to a reader.
    kept = [one for one in conflicts if (one.demand, one.dimension) not in short or one.reachable < one.wanted]
    told = [_told(one, stock, each) for one in kept]
    if told:
        return list(dict.fromkeys(told))
    total = len(stock.questions)
    return [
        f"单独一套可以组成，但用题库中可用的{total}题逐套组卷，没有得到{forms}套、每套{stock.demand.size}题而且共用不超过{stock.demand.most_common}题的"
        "试卷，请补充试题、减少套数，或者放宽共用题数。"
    ]


def _told(one: Shortfall, stock: Stock, each: str) -> str:
    short = one.wanted - one.reachable
    match one.demand:
        case "counts" if one.value:
            name = _named(one, stock)
            if short > 0:
                return f"{name}：{each}需要{one.wanted:g}题，其他要求都满足时最多只有{one.reachable:g}题，还缺{short:g}题。"
            return f"{name}：{each}需要{one.wanted:g}题，要满足其他要求就得多出{-short:g}题。"
        case "counts":
            what = "权重表以外的职业功能" if one.dimension == "function" else "细目表以外的题型"
            return f"只有再用{-short:g}道{what}的试题，才能满足其他要求。"
        case "at_most" if one.dimension == RECENT:
            return f"与最近试卷（{'、'.join(stock.last)}）的重复题：{each}最多{one.wanted:g}题，至少要放宽到{one.reachable:g}题。"
        case "at_most":
            return f"鉴定点{one.value}：{each}最多{one.wanted:g}题，至少要放宽到{one.reachable:g}题，或者补充其他鉴定点的试题。"
        case "difficulty":
            low, high = stock.demand.difficulty or (0.0, 1.0)
            return f"第{one.value}套的平均难度：要求{low:.2f}至{high:.2f}，题库中的试题最近只能到{one.reachable:.2f}。"
        case "enemies":
            pair = [stock.questions[int(place)].number for place in one.value.split("-")]
            return f"相克试题{'和'.join(pair)}不能同卷，却只有同时用上才能满足其他要求，请补充试题。"
        case "unknown":
            return "各项要求不能同时满足，但没能在限定的时间内查明是哪几项彼此冲突；请减少套数，或者放宽难度范围、重复题的限制后再试。"
        case "used":
            return f"至少还要{abs(short):g}道使用次数未超过{stock.demand.most_used}次、不在最近试卷中的试题。"
        case _:
            return f"可用的试题只有{one.reachable:g}道，{each}需要{one.wanted:g}道，还缺{short:g}道。"


def _named(one: Shortfall, stock: Stock) -> str:
    if one.dimension == "kind":
        return f"题型“{kind_label(one.value, _DAY)}”"
    names = {function.code: function.name for function in stock.functions}
    return f"职业功能“{one.value} {names.get(one.value, '')}”".replace(" ”", "”")
