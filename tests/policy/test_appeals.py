"""救济期限测试: does a decision say by when one may appeal, by the law of its own day?"""

from datetime import date

import pytest

from touchstone.policy.appeals import appeal_told


@pytest.mark.parametrize(
    ("day", "within", "clauses"),
    [
        (date(2026, 4, 20), ("60日", "6个月"), ("行政复议法》 第二十条", "行政诉讼法》 第四十六条")),
        (date(2024, 1, 1), ("60日", "6个月"), ("行政复议法》 第二十条", "行政诉讼法》 第四十六条")),
        (date(2023, 12, 31), ("60日", "6个月"), ("行政复议法》（1999年） 第九条", "行政诉讼法》 第四十六条")),
        (date(2015, 4, 30), ("60日", "3个月"), ("行政复议法》（1999年） 第九条", "行政诉讼法》（1989年） 第三十九条")),
    ],
    ids=["今天", "复议法修订施行当日", "修订施行前一日", "诉讼法修正施行前一日"],
)
def test_the_letter_reads_by_the_law_of_its_day(day: date, within: tuple[str, str], clauses: tuple[str, str]) -> None:
    sentence, by_law = appeal_told(day)
    assert all(one in sentence for one in within)
    assert [str(one).endswith(said) for one, said in zip(by_law, clauses, strict=True)] == [True, True]
