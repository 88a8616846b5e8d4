"""密级与调阅: is the rule exactly what the dated table says, cell by cell?"""

from datetime import date

import pytest

from touchstone.kernel.rules import Outcome
from touchstone.policy.questions.secrecy import (
    AUTHOR,
    AUTHOR_BEFORE,
    BORROWER,
    JUDGE,
    KEEPER,
    OTHERS_INSIDE,
    WHO_OPENS,
    Reader,
    may_open,
)

DAY = date(2026, 3, 2)
WHO = {
    KEEPER: (Reader(keeps=True), True),
    JUDGE: (Reader(judges=True), True),
    AUTHOR: (Reader(wrote=True), True),
    AUTHOR_BEFORE: (Reader(wrote=True), False),
    BORROWER: (Reader(lent=True), True),
    OTHERS_INSIDE: (Reader(in_bank=True), True),
}


@pytest.mark.parametrize("secrecy", WHO_OPENS.on(DAY).value)
@pytest.mark.parametrize("name", WHO)
def test_who_opens_is_what_the_table_says(name: str, secrecy: int) -> None:
    """谁能调阅哪个密级，与表一格不差；写了“命题人”的，入库前也可以。"""
    reader, in_bank = WHO[name]
    said = set(WHO_OPENS.on(DAY).value[secrecy])
    expected = name in said or (name == AUTHOR_BEFORE and AUTHOR in said)
    assert (may_open(reader, secrecy, in_bank, DAY).outcome is Outcome.MET) is expected


def test_the_table_names_nobody_the_rule_does_not_know() -> None:
    """表里写的人，规则都认得；没有列出的密级按最高的办。"""
    assert {name for names in WHO_OPENS.on(DAY).value.values() for name in names} <= set(WHO)
    assert may_open(Reader(lent=True), 9, True, DAY).outcome is Outcome.UNMET
