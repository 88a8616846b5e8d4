"""派遣测速测试: does the benchmark do what it says: so many sittings of three each, and no pair of person and sitting more likely than allowed?"""

from bench import dispatch


def test_it_is_five_hundred_sittings_of_three_from_five_thousand() -> None:
    """测的就是题目要的：五千人、五百场、每场三人。"""
    assert (dispatch.PEOPLE, dispatch.SITTINGS, dispatch.EACH, dispatch.SEEDS) == (5_000, 500, 3, 1_000)


def test_every_sitting_is_drawn_and_no_pair_is_too_likely() -> None:
    """缩小了照样抽完每一场（抽不满就报错）；最容易出现的一对不超过上限。"""
    assert dispatch.draw_all(people=60, sittings=10) > 0
    found, bound = dispatch.highest_chance(dispatch.SMALL, seeds=300)
    assert 3 / dispatch.SMALL < found <= bound == 0.25
