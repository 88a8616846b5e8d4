"""全国联网查询通道测试: the adaptor against the other end in a process of its own, right and wrong; and the hand-over through it."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.jobs.national import NationalQuery, running
from tests.uploads.sending import LATER, PREFIX, confirmed, reviewed, rows_of, sent_in
from touchstone.jobs.adapters.national_query import Pending, Refused, Unavailable
from touchstone.jobs.uploads import hand_over_by
from touchstone.uploads import operations
from touchstone.uploads.models import Entry, Parcel

FILE = "姓名,证书编号,文化程度\r\n陈一,Y000031300001265000001,高中\r\n陈二,Y000031300001265000002,私塾\r\n".encode()


@pytest.fixture(scope="module")
def process() -> Iterator[NationalQuery]:
    """Give the other end, running."""
    with running() as found:
        yield found


@pytest.fixture
def there(process: NationalQuery) -> NationalQuery:
    """Give it as it is at first."""
    process.does()
    return process


def test_a_file_is_taken_once_and_told_of_row_by_row(there: NationalQuery) -> None:
    """报两次算一次；回执逐行说明收录还是退回。"""
    line = there.line()
    assert line.send("SB2026000001", "csv", FILE) == line.send("SB2026000001", "csv", FILE)
    assert there.has()["sent"] == {"SB2026000001": 2}
    parcel, sha256, rows = line.receipt("SB2026000001")
    assert (parcel, len(sha256)) == ("SB2026000001", 64)
    assert rows == [("Y000031300001265000001", True, "", ""), ("Y000031300001265000002", False, "E07", "文化程度“私塾”不在代码表内")]
    with pytest.raises(Pending):
        line.receipt("SB2026000009")


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        pytest.param({"code": 500}, "没有受理", id="出错"),
        pytest.param({"code": 400}, "没有受理", id="不收"),
        pytest.param({"drop": True}, "没有应答", id="挂断"),
        pytest.param({"unsigned": True}, "签名不符", id="签名不对"),
        pytest.param({"body": "[]"}, "无法读取", id="不是对象"),
        pytest.param({"body": "一派胡言"}, "无法读取", id="读不懂"),
        pytest.param({"body": "{}"}, "无法读取", id="缺内容"),
    ],
)
def test_what_is_no_answer(there: NationalQuery, wrong: dict[str, Any], says: str) -> None:
    """没有应答的、读不懂的、不可信的一律不采用。"""
    there.does(**wrong)
    with pytest.raises(Unavailable, match=says):
        there.line().send("SB2026000001", "csv", FILE)
    with pytest.raises(Unavailable):
        there.line().receipt("SB2026000001")


def test_what_is_slow_is_not_waited_for(there: NationalQuery) -> None:
    """超过时限没有应答的，不再等。"""
    there.does(seconds=0.6)
    line = there.line(timeout=0.2)
    with pytest.raises(Unavailable, match="时限"):
        line.send("SB2026000001", "csv", FILE)
    with pytest.raises(Unavailable):
        line.receipt("SB2026000001")


def test_who_is_not_let_in(there: NationalQuery) -> None:
    """密钥不对的不受理；不是https的不开口。"""
    with pytest.raises(Refused):
        there.line(secret="别的").send("SB2026000001", "csv", FILE)
    with pytest.raises(Unavailable, match="不是https"):
        there.line(address="http://example.invalid").send("SB2026000001", "csv", FILE)


def test_what_was_accepted_is_handed_over_and_comes_back(db: None, there: NationalQuery) -> None:
    """接收的成包上报；对方没接住的再报，不重复；回执不对的不采用；退回的转给机构。"""
    stage = confirmed()
    rows = rows_of(stage)
    batch = sent_in(stage.cast, [rows[0], rows[1] | {"education": "私塾"}, rows[2]])
    operations.submit(number=batch.number, by=stage.cast.sun, at=LATER)
    reviewed(stage.cast, batch)
    there.does(drop=True)
    assert hand_over_by(there.line(), LATER) == {"made": 1, "sent": 0, "receipted": 0, "troubled": 1}
    there.does(forget=False, pending=True)
    assert hand_over_by(there.line(), LATER) == {"made": 0, "sent": 1, "receipted": 0, "troubled": 0}
    assert list(there.has()["sent"].values()) == [2]
    for wrong in ({"parcel": "SB2025000001"}, {"short": True}, {"unsigned": True}):
        there.does(forget=False, **wrong)
        assert hand_over_by(there.line(), LATER)["troubled"] == 1
        assert Parcel.objects.get().state == "sent"
    there.does(forget=False)
    assert hand_over_by(there.line(), LATER)["receipted"] == 1
    assert hand_over_by(there.line(), LATER) == {"made": 0, "sent": 0, "receipted": 0, "troubled": 0}
    told = dict(Entry.objects.values_list("number", "national"))
    assert told == {f"{PREFIX}265000501": "taken", f"{PREFIX}265000502": "returned", f"{PREFIX}265000503": "taken"}
    back = Entry.objects.get(national="returned")
    assert back.national_words == "E07 文化程度“私塾”不在代码表内"
    mended = operations.correct(number=batch.number, row=back.row_number, told={"education": "初中"}, reason="按代码表", by=stage.cast.sun, at=LATER)
    reviewed(stage.cast, mended.batch)
    assert hand_over_by(there.line(), LATER) == {"made": 1, "sent": 1, "receipted": 1, "troubled": 0}
    mended.refresh_from_db()
    assert mended.national == "taken"
