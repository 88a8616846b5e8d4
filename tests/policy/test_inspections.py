"""双随机规则测试: how are outcomes written, how is a year spread over its draws, and what does a visit come to?"""

import pytest

from touchstone.policy.inspections import Source, VisitOutcome, outcome_of, outcome_written, share_of_draw, stratum_label
from touchstone.policy.roles import BodyKind
from touchstone.policy.supervision.grade import Grade
from touchstone.policy.supervision.items import Answer
from touchstone.policy.supervision.treatment import stratum_of

WRITTEN = {
    "双色球，红球次序不论": (Source.UNION, "33 27，19 11 8 3 + 5", "03 08 11 19 27 33+05"),
    "大乐透": (Source.SUPER, "04 12 18 25 33 + 11 03", "04 12 18 25 33+03 11"),
    "七星彩，次序有别": (Source.SEVEN, "3 5 0 9 1 7 12", "3 5 0 9 1 7 12"),
    "公证摇号，空格不论": (Source.BALLS, "01234 56789 01234 56789", "01234567890123456789"),
    "快乐8": (Source.HAPPY8, " ".join(str(n) for n in range(80, 60, -1)), " ".join(f"{n:02d}" for n in range(61, 81))),
}
WRONG = {
    "少一个红球": (Source.UNION, "03 08 11 19 27 + 05"),
    "红球重复": (Source.UNION, "03 03 11 19 27 33 + 05"),
    "蓝球17": (Source.UNION, "03 08 11 19 27 33 + 17"),
    "多一个号码": (Source.UNION, "03 08 11 19 27 33 + 05 06"),
    "七星彩前区两位数": (Source.SEVEN, "13 5 0 9 1 7 12"),
    "摇号19个数字": (Source.BALLS, "0123456789012345678"),
    "空白": (Source.HAPPY8, ""),
}


@pytest.mark.parametrize(("source", "text", "written"), WRITTEN.values(), ids=list(WRITTEN))
def test_an_outcome_has_one_form(source: Source, text: str, written: str) -> None:
    """同一结果，怎么填写都进入种子的同一种写法。"""
    assert outcome_written(source, text) == written == outcome_written(source, written)


@pytest.mark.parametrize(("source", "text"), WRONG.values(), ids=list(WRONG))
def test_what_cannot_be_an_outcome_is_refused(source: Source, text: str) -> None:
    """不可能的号码，一句话说明。"""
    with pytest.raises(ValueError, match=source.label):
        outcome_written(source, text)


def test_a_year_is_spread_over_its_draws() -> None:
    """一年应抽的数目分摊到各次：四家两次各两家，余数先抽；抽过的减去，不会多抽。"""
    assert [share_of_draw(4, 0, 2), share_of_draw(4, 2, 1), share_of_draw(5, 0, 2), share_of_draw(5, 3, 1)] == [2, 2, 3, 2]
    assert share_of_draw(3, 5, 2) == 0 and share_of_draw(3, 0, 0) == 3


def test_strata_have_names_old_and_new() -> None:
    """层以机构类别和等级命名；有等级以前的抽取保留原来的说法。"""
    assert stratum_label(stratum_of(BodyKind.SCHOOL, Grade.A)) == "院校职业技能等级评价机构，A级"
    assert stratum_label("enterprise-none").endswith(f"，{Grade.NONE.label}")
    assert stratum_label("school-found") == "院校职业技能等级评价机构，近一年发现过问题"


def test_a_result_follows_from_the_answers() -> None:
    """有一项不符合就是发现问题；都符合或者不适用的，未发现问题。"""
    assert outcome_of({"a": Answer.YES, "b": Answer.NOT_HERE}) is VisitOutcome.CLEAN
    assert outcome_of({"a": Answer.YES, "b": Answer.NO}) is VisitOutcome.TO_RECTIFY
    assert VisitOutcome.NOT_HELD.hinders and not VisitOutcome.TO_RECTIFY.hinders
