"""公示: five working days before the public; objections are answered before it can end."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.cast import START, Cast
from touchstone.accounts.actor import VISITOR
from touchstone.kernel.law import Refusal
from touchstone.kernel.periods import Calendar
from touchstone.ledger.models import Entry
from touchstone.ledger.operations import AlreadyDone
from touchstone.notices.models import Objection, PublicNotice
from touchstone.notices.operations import answer_objection, close_notice, make_objection, publish_announcement, publish_notice, withdraw_announcement
from touchstone.notices.queries import announcements, ready_to_close
from touchstone.policy.documents import notice as clause


def published(cast: Cast) -> PublicNotice:
    return publish_notice(
        matter="filing", case="BA1", title="拟备案公示", preface="", columns=["机构"], rows=[["甲"]], office=cast.person("wu").holdings.get().office,
        working_days=5, clause=clause("三(一)1"), calendar=Calendar(), by=cast.wu, at=START,
    )


def test_five_working_days_from_the_next_day(cast: Cast) -> None:
    """次日起算五个工作日。"""
    notice = published(cast)
    assert (notice.opened_on, notice.closes_on) == (date(2026, 3, 3), date(2026, 3, 10))


def test_national_day_moves_the_end(cast: Cast) -> None:
    """遇国庆节顺延。"""
    notice = publish_notice(
        matter="filing", case="BA1", title="t", preface="", columns=["机构"], rows=[], office=cast.body_a.office, working_days=5,
        clause=clause("三(一)1"), calendar=Calendar(), by=cast.wu, at=START.replace(month=9, day=29),
    )
    assert (notice.opened_on, notice.closes_on) == (date(2026, 9, 30), date(2026, 10, 13))


def objected(notice: PublicNotice, at_days: int = 2) -> Objection:
    return make_objection(
        notice_number=notice.number, name="陈默", phone="10000000001", content="场地与申报不符", by=VISITOR, at=START + timedelta(days=at_days)
    )


def test_anyone_may_object_and_the_number_is_sealed(cast: Cast) -> None:
    """任何人可以提出异议，电话封存。"""
    objection = objected(published(cast))
    assert objection.phone_masked == "100****0001" and b"10000000001" not in bytes(objection.phone_sealed)


def test_ends_neither_early_nor_with_open_objections(cast: Cast) -> None:
    """期满之前不能结束，异议未答复不能结束。"""
    notice = published(cast)
    objection = objected(notice)
    with pytest.raises(Refusal, match="尚未期满"):
        close_notice(number=notice.number, outcome="期满", by=cast.wu, at=START + timedelta(days=7))
    after = START.replace(day=10)
    assert not ready_to_close(after.date()).exists()
    with pytest.raises(Refusal, match="异议没有答复"):
        close_notice(number=notice.number, outcome="期满", by=cast.wu, at=after)
    answer_objection(number=objection.number, upheld=False, answer="已现场核实，场地一致", by=cast.wu, at=after)
    assert ready_to_close(after.date()).get() == notice
    assert close_notice(number=notice.number, outcome="期满", by=cast.wu, at=after).closed_at == after
    before = Entry.objects.count()
    close_notice(number=notice.number, outcome="期满", by=cast.wu, at=after)
    assert Entry.objects.count() == before


def test_the_same_request_again_gives_the_same_receipt(cast: Cast) -> None:
    """同一请求再次提交，得到同一张回执；内容改了则说明没有收下。"""
    notice = published(cast)
    by = VISITOR.with_key("request-1")
    given: dict[str, Any] = {"notice_number": notice.number, "name": "陈默", "phone": "10000000001", "by": by, "at": START + timedelta(days=2)}
    first = make_objection(content="场地与申报不符", **given)
    before = Entry.objects.count()
    assert make_objection(content="场地与申报不符 ", **given) == first
    with pytest.raises(AlreadyDone, match=first.number):
        make_objection(content="人员也与申报不符", **given)
    late = given | {"at": START + timedelta(days=60)}
    assert make_objection(content="场地与申报不符", **late) == first, "回执在公示结束后仍能取回"
    assert (Objection.objects.count(), Entry.objects.count()) == (1, before)


def test_no_objection_after_the_end(cast: Cast) -> None:
    """期满之后不能再提异议。"""
    with pytest.raises(Refusal, match="公示期已结束"):
        objected(published(cast), at_days=8)


def test_refuses_empty_words_and_changes_nothing(cast: Cast) -> None:
    """异议不写内容或答复不写意见都被拒绝，且什么都没变。"""
    notice = published(cast)
    before = Entry.objects.count()
    with pytest.raises(Refusal, match="请填写"):
        make_objection(notice_number=notice.number, name="陈默", phone="10000000001", content=" ", by=VISITOR, at=START)
    assert Entry.objects.count() == before and not Objection.objects.exists()
    objection = objected(notice)
    with pytest.raises(Refusal, match="答复意见"):
        answer_objection(number=objection.number, upheld=True, answer=" ", by=cast.wu, at=START)
    answer_objection(number=objection.number, upheld=True, answer="属实", by=cast.wu, at=START)
    with pytest.raises(Refusal, match="已答复"):
        answer_objection(number=objection.number, upheld=False, answer="再改", by=cast.wu, at=START)


def test_only_the_city_announces_and_only_the_author_withdraws(cast: Cast) -> None:
    """公告由市级机构发布，只能由发布机构撤下。"""
    with pytest.raises(Refusal, match="市职鉴中心发布"):
        publish_announcement(title="t", content="c", by=cast.wu, at=START)
    made = publish_announcement(title="关于征集的公告", content="正文", by=cast.han, at=START)
    with pytest.raises(Refusal, match="本机构发布"):
        withdraw_announcement(number=made.number, reason="", by=cast.shen, at=START)
    withdraw_announcement(number=made.number, reason="内容更新", by=cast.han, at=START)
    assert not announcements().exists()
