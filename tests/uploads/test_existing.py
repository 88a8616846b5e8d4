"""存量证书装入: certificates of before the platform are tried first, then loaded by the office that reviews the body's data."""

from datetime import date

import pytest

from tests.cast import Cast
from tests.exams.stage import Stage, moment
from tests.refusing import all_refused_and_nothing_changed
from tests.uploads.sending import PREFIX, workbook
from touchstone.accounts.actor import PLATFORM
from touchstone.certificates.queries import by_number
from touchstone.simulation.identity import id_number
from touchstone.uploads import operations as o

AT = moment(date(2026, 3, 2), 10)
ROW = {
    "name": "前有证", "id_kind": "居民身份证", "id_number": id_number(401, birthday=date(1980, 1, 1), male=True), "education": "高中",
    "occupation_code": "6-18-01-01", "occupation": "车工", "level": "五级/初级工", "theory": "80", "practical": "85",
    "number": f"{PREFIX}265000001", "issued_on": "2026-02-10",
}  # fmt: skip


@pytest.fixture
def filed(cast: Cast) -> Cast:
    """Body 甲 is filed since 2 February 2026, with a site code."""
    Stage(cast)
    cast.body_a.refresh_from_db()
    return cast


def test_tried_then_loaded(filed: Cast) -> None:
    """先试运行，不写入任何内容；再装入，登记簿里有了，本机构以后的编号接在后面。"""
    other = {"name": "又一人", "id_number": id_number(402, birthday=date(1981, 1, 1), male=True)}
    rows = [
        ROW,
        ROW | other | {"number": f"{PREFIX}265000002", "issued_on": "2026-02-01"},
        ROW | other | {"number": f"{PREFIX}265000003", "theory": "59"},
        ROW | other | {"number": f"{PREFIX}265000004"},
        ROW | other | {"number": f"{PREFIX}265000004"},
    ]
    tried = o.receive_existing(body=filed.body_a, name="旧证.xlsx", content=workbook(rows), by=filed.zhou, at=AT)
    tried = o.process(number=tried.number, by=PLATFORM, at=AT)
    assert (tried.state, tried.passed, tried.broken) == ("tried", 2, 3), list(tried.entries.values_list("sentence", flat=True))
    told = dict(tried.entries.values_list("row_number", "sentence"))
    assert "2026-02-01不在该项备案的有效期内" in told[3]
    assert "低于60分" in told[4]
    assert "本份第5行" in told[6]
    assert by_number(ROW["number"]) is None
    loaded = o.load_tried(number=tried.number, by=filed.zhou, at=AT)
    assert o.load_tried(number=tried.number, by=filed.zhou, at=AT).number == loaded.number
    loaded = o.process(number=loaded.number, by=PLATFORM, at=AT)
    assert (loaded.state, loaded.entries.filter(state="accepted", national="waiting").count()) == ("accepted", 2)
    found = by_number(ROW["number"])
    assert found is not None
    assert (found.holder_name, found.issued_on) == ("前有证", date(2026, 2, 10))


def test_who_may_not_load(filed: Cast) -> None:
    """机构自己、别的区、市职鉴中心、审批负责人不能装入；没有试运行的不能装入。"""

    def attempt(who: str) -> object:
        return o.receive_existing(body=filed.body_a, name="旧证.xlsx", content=workbook([ROW]), by=getattr(filed, who), at=AT)

    tried = [
        ("机构", lambda: attempt("sun"), "备案登记员或受理经办人"),
        ("别的区", lambda: attempt("lv"), ""),
        ("市职鉴中心", lambda: attempt("xu"), "装入"),
        ("审批负责人", lambda: attempt("wu"), "备案登记员或受理经办人"),
        ("没有试运行", lambda: o.load_tried(number="ZS2026000001", by=filed.zhou, at=AT), "不是已经完成的试运行"),
    ]
    all_refused_and_nothing_changed(tried, "uploads", "certificates")
