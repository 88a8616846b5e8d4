"""密级: how secret is a question, and who may open what it says?

That a question exists may be seen more widely; what it says is opened one by one, with a reason that is kept (`通知 三(二)3`: 使用、管理).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from touchstone.kernel.law import Dated, Value
from touchstone.kernel.rules import Finding, met, rule, unmet
from touchstone.policy.documents import our_default

_SINCE = date(2024, 5, 1)
OURS = our_default("试题密级")
LEVELS: Dated[Mapping[int, str]] = Dated(
    "试题密级", Value(_SINCE, {0: "公开", 1: "内部", 2: "秘密", 3: "绝密"}, OURS), key="questions.secrecy"
)
WHO_OPENS: Dated[Mapping[int, tuple[str, ...]]] = Dated(
    "各密级可以调阅试题内容的人",
    Value(
        _SINCE,
        {
            0: ("命题人", "审题人", "题库管理员", "本题库的其他命题人和审题人", "借用单位"),
            1: ("命题人", "审题人", "题库管理员", "本题库的其他命题人和审题人", "借用单位"),
            2: ("命题人", "审题人", "题库管理员", "借用单位"),
            3: ("入库前的命题人", "审题人", "题库管理员"),
        },
        OURS,
    ),
    key="questions.who_opens",
)
LEAST_REASON = Dated("调阅事由的最少字数", Value(_SINCE, 4, OURS), key="questions.least_reason", unit="字", changeable=True)


@dataclass(frozen=True)
class Reader:
    """Someone who wants to open a question: what they are to the bank and to the question itself.

    `in_bank`: holds a bank role in the office that owns the bank; `keeps`: is its keeper; `wrote`: wrote the question; `judges`: is or was asked to
    judge it; `lent`: keeps the bank of a body to whose paper the question was lent.
    """

    in_bank: bool = False
    keeps: bool = False
    wrote: bool = False
    judges: bool = False
    lent: bool = False


@rule("按密级可以调阅试题内容")
def may_open(reader: Reader, secrecy: int, in_bank_already: bool, day: date) -> Finding:
    """Whether somebody may open what a question says; `in_bank_already` says that it was approved into the bank."""
    label = LEVELS.on(day).value.get(secrecy, "绝密")
    if reader.keeps or reader.judges:
        return met(f"{label}试题由题库管理员和审题人调阅", OURS)
    if reader.wrote and (secrecy < 3 or not in_bank_already):
        return met(f"{label}试题由命题人调阅", OURS)
    if reader.wrote:
        return unmet("绝密试题入库以后，命题人不再调阅", OURS)
    if reader.lent and secrecy < 3:
        return met(f"{label}试题由借用单位的题库管理员调阅", OURS)
    if reader.in_bank and secrecy < 2:
        return met(f"{label}试题由本题库的命题人、审题人调阅", OURS)
    return unmet(f"{label}试题只由{'、'.join(WHO_OPENS.on(day).value.get(secrecy, WHO_OPENS.on(day).value[3]))}调阅", OURS)
