"""发证密钥: who makes, countersigns and retires a body's keys, and does what they signed stay verifiable?"""

from datetime import timedelta

import pytest

from tests.cast import Cast
from tests.certificates.issuing import AT, awards, give
from tests.certificates.test_signed import checked, issuers
from tests.moves import moves_are_as_worded
from touchstone.accounts.actor import VISITOR, NotAllowed
from touchstone.certificates.models import Certificate, IssuerKey
from touchstone.certificates.operations import countersign_key, make_city_root, make_key, publish_lists, retire_key
from touchstone.certificates.states import MOVES, KeyState
from touchstone.kernel.law import Refusal
from touchstone.ledger.models import Entry
from touchstone.logs.models import Outbox
from touchstone.tasks.models import Task

HOUR = timedelta(hours=1)


def test_moves() -> None:
    """密钥只能按表变动。"""
    moves_are_as_worded(
        MOVES,
        KeyState,
        """
        待加签 加签发证密钥 使用中
        待加签 停用发证密钥 已停用
        使用中 停用发证密钥 已停用
        """,
    )


def test_first_key_comes_by_itself(body: Cast) -> None:
    """首次核发时没有密钥的，平台生成并按站点序列码自动加签；谁、为什么都记入存证，公开日志有记录。"""
    give(body, awards(1))
    key = IssuerKey.objects.get(body=body.body_a)
    assert (key.state, key.made_by, key.countersigned_by) == ("countersigned", None, None)
    line = Entry.objects.get(event="issuer_key.countersigned", subject=key.number)
    assert line.actor_label == "平台自动办理"
    assert "站点序列码" in line.reason
    assert Outbox.objects.filter(kind="key.added").count() == 1
    assert Outbox.objects.filter(kind="certificate.issued").count() == 1


def test_made_by_the_body_and_countersigned_by_the_city(body: Cast) -> None:
    """机构负责人生成，市职鉴中心收到待办、加签；加签后由它签发。"""
    key = make_key(body=body.body_a, by=body.qian, at=AT)
    task = Task.objects.get(case=key.number)
    assert "指纹" in task.title
    countersign_key(number=key.number, by=body.xu, at=AT)
    task.refresh_from_db()
    assert task.closed_at is not None
    give(body, awards(1))
    assert Certificate.objects.get().credential.key_id == key.pk


def test_exchanged(body: Cast) -> None:
    """更换：加签以前旧密钥照常签发，加签后旧密钥停用、私钥销毁，新旧密钥签发的证书都能核对。"""
    give(body, awards(1))
    new = make_key(body=body.body_a, by=body.qian, at=AT)
    give(body, awards(1, first=1), plan="JH202600002")
    assert {one.credential.key.number for one in Certificate.objects.all()} == {"MY2026000001"}
    later = AT + HOUR
    countersign_key(number=new.number, by=body.han, at=later)
    give(body, awards(1, first=2, plan="JH202600003"), plan="JH202600003", at=later)
    old = IssuerKey.objects.get(number="MY2026000001")
    assert (old.state, old.private_sealed) == ("retired", None)
    assert old.retired_because == f"已更换为{new.number}"
    publish_lists(at=later)
    assert all(checked(one, later).good for one in Certificate.objects.all())


def test_retired_and_the_next_one(body: Cast) -> None:
    """停用以后再核发，平台另给一把；泄露停用的，此后只认公开日志里有的签名。"""
    give(body, awards(1))
    first = IssuerKey.objects.get(body=body.body_a)
    retire_key(number=first.number, reason="保管不当", by=body.qian, at=AT + HOUR, leaked=True)
    give(body, awards(1, first=1, plan="JH202600002"), plan="JH202600002", at=AT + 2 * HOUR)
    publish_lists(at=AT + 2 * HOUR)
    old, new = (checked(one, AT + 2 * HOUR) for one in Certificate.objects.order_by("pk"))
    assert not old.good
    assert any("曾经泄露" in step.sentence for step in old.steps)
    assert new.good


def test_expired_key_is_followed_by_another(body: Cast) -> None:
    """到期的密钥不再签发，下一次核发时自动接续；到期前签发的仍能核对。"""
    give(body, awards(1))
    later = AT + timedelta(days=1200)
    give(body, awards(1, first=1, plan="JH202900001"), plan="JH202900001", at=later)
    publish_lists(at=later)
    assert IssuerKey.objects.filter(body=body.body_a).count() == 2
    assert all(checked(one, later).good for one in Certificate.objects.all())


def test_published_list_names_owner_and_days(body: Cast) -> None:
    """签发者名录：机构、公钥、起止，停用的也在；状态列表的密钥是市级自己的。"""
    give(body, awards(1))
    publish_lists(at=AT)
    read = issuers()
    (own,) = read.of_body(body.body_a.number)
    assert own.name == "上海甲辰精密机械有限公司"
    assert len(read.of_body("CITY")) == 1


class TestWhoMay:
    @pytest.mark.parametrize("who", ["sun", "shi", "xu", "wang"], ids=["考务经办人", "别家负责人", "市职鉴中心", "区"])
    def test_only_the_bodys_leader_makes(self, body: Cast, who: str) -> None:
        """只有本机构负责人能生成。"""
        with pytest.raises(NotAllowed):
            make_key(body=body.body_a, by=getattr(body, who), at=AT)
        assert not IssuerKey.objects.exists()

    @pytest.mark.parametrize("who", ["qian", "zhou", "wu"], ids=["本机构负责人", "区受理经办人", "区审批负责人"])
    def test_only_the_city_centre_countersigns(self, body: Cast, who: str) -> None:
        """只有市职鉴中心能加签。"""
        key = make_key(body=body.body_a, by=body.qian, at=AT)
        with pytest.raises(NotAllowed):
            countersign_key(number=key.number, by=getattr(body, who), at=AT)
        assert IssuerKey.objects.get().state == "made"

    def test_nobody_logged_out(self, body: Cast) -> None:
        """未登录的什么也不能办。"""
        key = make_key(body=body.body_a, by=body.qian, at=AT)
        for act in (countersign_key, lambda **given: retire_key(reason="无", **given)):
            with pytest.raises(NotAllowed):
                act(number=key.number, by=VISITOR, at=AT)
        with pytest.raises(NotAllowed, match="终端"):
            make_city_root(by=body.han, at=AT)

    @pytest.mark.parametrize("who", ["shi", "sun", "wu"], ids=["别家负责人", "考务经办人", "区审批负责人"])
    def test_only_owner_and_city_retire(self, body: Cast, who: str) -> None:
        """只有本机构负责人和市职鉴中心能停用。"""
        give(body, awards(1))
        key = IssuerKey.objects.get(body=body.body_a)
        lines = Entry.objects.count()
        with pytest.raises(NotAllowed):
            retire_key(number=key.number, reason="误", by=getattr(body, who), at=AT)
        assert (IssuerKey.objects.get(pk=key.pk).state, Entry.objects.count()) == ("countersigned", lines)


class TestRefused:
    def test_a_second_one_waiting(self, body: Cast) -> None:
        """同时只有一把待加签。"""
        make_key(body=body.body_a, by=body.qian, at=AT)
        with pytest.raises(Refusal, match="正等待市职鉴中心加签"):
            make_key(body=body.body_a, by=body.qian, at=AT)

    def test_no_site_code(self, cast: Cast) -> None:
        """没有站点序列码的机构不加签。"""
        key = make_key(body=cast.body_a, by=cast.qian, at=AT)
        with pytest.raises(Refusal, match="站点序列码"):
            countersign_key(number=key.number, by=cast.xu, at=AT)

    def test_twice_and_without_reason(self, body: Cast) -> None:
        """不重复加签；停用要写原因，不重复停用。"""
        key = make_key(body=body.body_a, by=body.qian, at=AT)
        countersign_key(number=key.number, by=body.xu, at=AT)
        with pytest.raises(Refusal, match="不能加签"):
            countersign_key(number=key.number, by=body.xu, at=AT)
        with pytest.raises(Refusal, match="写明"):
            retire_key(number=key.number, reason=" ", by=body.qian, at=AT)
        retire_key(number=key.number, reason="更换设备", by=body.qian, at=AT)
        with pytest.raises(Refusal, match="不能停用"):
            retire_key(number=key.number, reason="更换设备", by=body.qian, at=AT)
