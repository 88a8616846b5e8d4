"""试题统计提示: what do the figures of a question's use say in plain words?

Figures raise questions; they never decide. With few answers nothing is said. The limits are our default.
"""

from dataclasses import dataclass
from datetime import date

from touchstone.policy.questions.papers import DRIFT_AT, FIGURES_AT, LEAST_DISCRIMINATION


@dataclass(frozen=True)
class FigureFacts:
    """Figures of one question: how many answered, discrimination (None: cannot be computed), whether a wrong option drew the able, how many wrong
    options drew nobody, the groups for which it is unfair (grade C), and by how many standard errors its difficulty moved (None: not known)."""

    answered: int
    discrimination: float | None
    draws_the_able: bool = False
    idle_options: int = 0
    unfair_to: tuple[str, ...] = ()
    drift: float | None = None


@dataclass(frozen=True)
class Flag:
    """One thing to look at: its key, its name, and what it means."""

    key: str
    label: str
    sentence: str
    tone: str = "warn"


def flags_of(facts: FigureFacts, day: date) -> tuple[Flag, ...]:
    """This function will say what should be looked at, gravest first."""
    if facts.answered < FIGURES_AT.on(day).value:
        return ()
    found = []
    if facts.draws_the_able or (facts.discrimination is not None and facts.discrimination < 0):
        found.append(Flag("key", "答案可能有误", "水平高的考生反而选了别的选项，请核对答案。", "danger"))
    if facts.unfair_to:
        who = "、".join(facts.unfair_to)
        found.append(Flag("unfair", "对某组不公", f"水平相当的考生中，{who}做这道题明显不同，请检查用语和情境。", "danger"))
    if facts.drift is not None and abs(facts.drift) >= DRIFT_AT.on(day).value:
        way = "变容易，可能已经外泄" if facts.drift < 0 else "变难"
        found.append(Flag("drift", "难度漂移", f"与上次标定相比{way}。"))
    least = LEAST_DISCRIMINATION.on(day).value
    if facts.discrimination is not None and 0 <= facts.discrimination < least:
        found.append(Flag("weak", "区分度低", f"区分度{facts.discrimination:.2f}，低于{least:.2f}，分不出水平高低。"))
    if facts.idle_options:
        found.append(Flag("idle", "干扰项无效", f"{facts.idle_options}个错误选项几乎无人选择。", "info"))
    return tuple(found)
