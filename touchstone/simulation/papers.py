"""虚构材料: what do the signed papers under the registers of the synthetic city look like? One page each, marked as made up."""

from collections.abc import Sequence
from datetime import date

from touchstone.print.dates import chinese_date
from touchstone.print.letter import Letter, print_letter


def signed_paper(title: str, *, of: str, to: str, words: Sequence[str], facts: Sequence[tuple[str, str]], day: date) -> bytes:
    """This function will print a paper of one side to the other."""
    return print_letter(
        Letter(of, title, "虚构材料，仅供演示", to, tuple(words), tuple(facts), ("本材料由演示城市生成，人名和单位均为虚构。",), chinese_date(day))
    )


def period(since: date, last: date) -> str:
    """This function will write a term in words."""
    return f"{chinese_date(since)}至{chinese_date(last)}"
