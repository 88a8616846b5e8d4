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
KEEPER, JUDGE, AUTHOR, AUTHOR_BEFORE = "题库管理员", "审题人", "命题人", "入库前的命题人"
OTHERS_INSIDE, BORROWER = "本题库的其他命题人和审题人", "借用单位"
WHO_OPENS: Dated[Mapping[int, tuple[str, ...]]] = Dated(
    "各密级可以调阅试题内容的人",
    Value(
        _SINCE,
        {
            0: (AUTHOR, JUDGE, KEEPER, OTHERS_INSIDE, BORROWER),
            1: (AUTHOR, JUDGE, KEEPER, OTHERS_INSIDE, BORROWER),
            2: (AUTHOR, JUDGE, KEEPER, BORROWER),
            3: (AUTHOR_BEFORE, JUDGE, KEEPER),
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
    label, table = LEVELS.on(day).value.get(secrecy, "绝密"), WHO_OPENS.on(day).value
    who = table.get(secrecy, table[max(table)])
    found = next((name for name, holds in _held(reader, in_bank_already) if holds and name in who), None)
    if found is not None:
        return met(f"{label}试题由{_SAID.get(found, found)}调阅", OURS)
    if reader.wrote and AUTHOR_BEFORE in who:
        return unmet(f"{label}试题入库以后，命题人不再调阅", OURS)
    return unmet(f"{label}试题只由{'、'.join(who)}调阅", OURS)


_SAID = {BORROWER: "借用单位的题库管理员", OTHERS_INSIDE: "本题库的命题人、审题人", AUTHOR_BEFORE: "命题人（入库以前）"}


def _held(reader: Reader, in_bank_already: bool) -> tuple[tuple[str, bool], ...]:
    """As what somebody comes, in the words of `WHO_OPENS`."""
    return (
        (KEEPER, reader.keeps),
        (JUDGE, reader.judges),
        (AUTHOR, reader.wrote),
        (AUTHOR_BEFORE, reader.wrote and not in_bank_already),
        (BORROWER, reader.lent),
        (OTHERS_INSIDE, reader.in_bank),
    )
