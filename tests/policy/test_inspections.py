"""双随机规则测试: how are outcomes written, how many does a rate come to, and who inspects whom?"""

import pytest

from touchstone.policy.inspections import Source, in_charge, outcome_written, share_of_draw, stratum_label
from touchstone.policy.roles import BodyKind, OfficeKind, Ownership
from touchstone.policy.supervision.grade import Grade
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


def test_the_draws_of_a_year_add_up_to_its_number() -> None:
    """一年应抽的家数均匀分到各次，合计不多不少；漏了一次的，后面补上。"""
    taken: list[int] = []
    for place in range(1, 5):
        taken.append(share_of_draw(7, sum(taken), place, 4))
    assert taken == [2, 2, 2, 1]
    assert [share_of_draw(1, 0, 1, 3), share_of_draw(1, 1, 2, 3)] == [1, 0]
    assert share_of_draw(4, 0, 2, 2) == 4 and share_of_draw(4, 6, 2, 2) == 0


def test_a_stratum_is_a_kind_and_a_grade() -> None:
    """一层是一个类别和一个等级；定级以前的抽取照旧显示。"""
    assert stratum_label(stratum_of(BodyKind.SCHOOL, Grade.B)) == "院校职业技能等级评价机构，B级"
    assert stratum_label(stratum_of(BodyKind.SCHOOL, Grade.NONE)) == "院校职业技能等级评价机构，未定级"
    assert stratum_label("school-found") == "院校职业技能等级评价机构，近一年发现过问题"


@pytest.mark.parametrize(
    ("kind", "ownership", "registered", "venues", "home", "other", "centre"),
    [
        (BodyKind.ENTERPRISE, Ownership.PRIVATE, "310115", ["310104"], True, False, False),
        (BodyKind.ENTERPRISE, Ownership.CENTRAL, "310104", ["310115"], True, False, True),
        (BodyKind.SOCIAL, Ownership.ASSOCIATION, "310115", ["310104"], False, True, True),
        (BodyKind.SCHOOL, Ownership.PUBLIC_INSTITUTION, "310115", [], True, False, False),
    ],
    ids=["区属备案企业归注册地", "央企考核点归所在区和市", "社会评价组织考核点归所在区和市", "院校归注册地"],
)
def test_who_inspects_whom(
    kind: BodyKind, ownership: Ownership, registered: str, venues: list[str], home: bool, other: bool, centre: bool
) -> None:
    """三(三)1：区督导本区备案的机构、注册的院校和设在本区的考核点；市职鉴中心督导市级备案的。"""
    where = (kind, ownership, registered, venues)
    district = OfficeKind.DISTRICT_BUREAU
    assert in_charge(district, "310115", *where) is home
    assert in_charge(district, "310104", *where) is other
    assert in_charge(OfficeKind.CITY_CENTRE, "", *where) is centre
    assert not in_charge(OfficeKind.ASSESSMENT_BODY, "310115", *where)
