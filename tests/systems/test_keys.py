"""接口密钥: who opens, limits, rotates and retires keys, and what is kept of them?"""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.cast import Cast
from touchstone.accounts.actor import NotAllowed
from touchstone.accounts.operations import restrict_person
from touchstone.kernel.law import Refusal
from touchstone.ledger.models import Entry
from touchstone.policy.violations.acts import Party
from touchstone.systems.models import Key
from touchstone.systems.operations import limit_key, make_key, retire_key, rotate_key

SECRET = "tsk_0123456789abcdefghijklmnopqrstuvwxyz"


def made(cast: Cast, by: str = "qian", **changes: Any) -> Key:
    """Open a key with some of the usual facts changed."""
    day = cast.at.date()
    facts: dict[str, Any] = {"name": "培训考务系统", "holder_id": cast.person("sun").user.pk, "scopes": ["read", "plans"], "since": day,
             "until": day + timedelta(days=180), "secret": SECRET}  # fmt: skip
    return make_key(body=cast.body_a, by=getattr(cast, by), at=cast.at, **(facts | changes))


def test_nothing_that_opens_is_kept(cast: Cast) -> None:
    """表里和存证里都没有密钥本身，只有开头几位。"""
    key = made(cast)
    whole = f"{Key.objects.filter(pk=key.pk).values().get()} {list(Entry.objects.filter(subject=key.number).values())}"
    assert SECRET not in whole
    assert key.begins == SECRET[:8]
    assert key.scopes == ["plans", "read"]


@pytest.mark.parametrize("who", ["sun", "lin", "shi", "zhou", "zhu"])
def test_only_the_bodys_leader_keeps_keys(cast: Cast, who: str) -> None:
    """经办人、别家负责人、主管部门、系统管理员都不能开通、更换、停用。"""
    key = made(cast)
    lines = Entry.objects.count()
    for act in (
        lambda: made(cast, who, secret="tsk_other"),
        lambda: rotate_key(number=key.number, secret="tsk_other", by=getattr(cast, who), at=cast.at),
        lambda: retire_key(number=key.number, reason="试", by=getattr(cast, who), at=cast.at),
        lambda: limit_key(number=key.number, scopes=["read"], holder_id=key.holder_id, by=getattr(cast, who), at=cast.at),
    ):
        with pytest.raises(NotAllowed, match="机构负责人"):
            act()
    assert Entry.objects.count() == lines


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        pytest.param({"name": " "}, "系统名称", id="没有名称"),
        pytest.param({"scopes": []}, "至少选择一项", id="没有范围"),
        pytest.param({"scopes": ["everything"]}, "至少选择一项", id="不认识的范围"),
        pytest.param({"since": date(2026, 3, 1)}, "已经过去", id="启用日已过"),
        pytest.param({"until": date(2028, 3, 1)}, "最长366天", id="太长"),
        pytest.param({"holder_id": 0}, "责任人", id="没有责任人"),
    ],
)
def test_a_key_that_cannot_be_is_refused(cast: Cast, changes: dict[str, Any], words: str) -> None:
    """说明原因，什么都没有留下。"""
    with pytest.raises(Refusal, match=words):
        made(cast, **changes)
    assert not Key.objects.exists()


def test_a_stranger_or_somebody_kept_away_cannot_answer_for_a_key(cast: Cast) -> None:
    """别家的人、被限制从业的人不能作责任人。"""
    with pytest.raises(Refusal, match="责任人"):
        made(cast, holder_id=cast.person("shi").user.pk)
    restrict_person(
        person=cast.person("sun"), party=Party.STAFF, since=cast.at.date(), until=date(2026, 6, 1), reason="违规", case="WJ1", clause="三(四)",
        by=cast.qian, at=cast.at,
    )  # fmt: skip
    with pytest.raises(Refusal, match="孙景明"):
        made(cast)


def test_retired_is_for_good(cast: Cast) -> None:
    """停用要写原因；停用后不能再更换、调整、再停用。"""
    key = made(cast)
    with pytest.raises(Refusal, match="停用原因"):
        retire_key(number=key.number, reason=" ", by=cast.qian, at=cast.at)
    retire_key(number=key.number, reason="下线", by=cast.qian, at=cast.at)
    for act in (
        lambda: rotate_key(number=key.number, secret="tsk_other", by=cast.qian, at=cast.at),
        lambda: limit_key(number=key.number, scopes=["read"], holder_id=key.holder_id, by=cast.qian, at=cast.at),
        lambda: retire_key(number=key.number, reason="再停", by=cast.qian, at=cast.at),
    ):
        with pytest.raises(Refusal, match="已经停用"):
            act()
    told = list(Entry.objects.filter(subject=key.number).order_by("id").values_list("event", flat=True))
    assert told == ["system_key.made", "system_key.retired"]
