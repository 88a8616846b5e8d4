"""签名证书: is what was issued signed in the same transaction, by whom, and does everybody see within a minute that it was revoked?"""

import json
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from tests.cast import Cast
from tests.certificates.issuing import AT, awards, give
from touchstone.accounts.actor import PLATFORM
from touchstone.accounts.people import opened_id_number
from touchstone.bodies.operations import rename_body
from touchstone.certificates import operations, queries
from touchstone.certificates.facts.signed import PLACES, opened_salt, place_of
from touchstone.certificates.models import Certificate, Credential, IssuerKey, StatusList
from touchstone.certificates.operations import begin_examination, end_examination, issue_by_own_standard, publish_lists, revoke, sign_backlog
from touchstone.policy.eligibility.levels import Level
from touchstone.trust.credentials import check
from touchstone.trust.identity import opens
from touchstone.trust.issuers import Issuers
from touchstone.trust.multibase import from_base64url
from touchstone.trust.qr import open_sealed
from touchstone.trust.verdicts import Verdict


def issuers(at: datetime = AT) -> Issuers:
    """Read the published list of issuers as anybody does who pins the city root."""
    root = queries.root_public_key()
    assert root is not None
    return Issuers.read(json.loads(json.dumps(queries.issuer_bundle(at))), root)


def lists() -> list[object]:
    """Give the status lists as published."""
    return [json.loads(one.document) for one in StatusList.objects.exclude(document="")]


def checked(certificate: Certificate, at: datetime = AT) -> Verdict:
    """Check a certificate's credential as a stranger does."""
    credential = Credential.objects.get(certificate=certificate)
    return check(json.loads(credential.document), issuers(at), at=at, lists=lists())


def words(verdict: Verdict, key: str) -> str:
    """Give the sentence of one step."""
    step = verdict.step(key)
    assert step is not None
    return step.sentence


def test_issued_and_signed_at_once(body: Cast) -> None:
    """核发即签名：由本机构的密钥签发，市级会签；凭证、二维码、国密签名都能由外人核对。"""
    give(body, awards(3))
    publish_lists(at=AT)
    for certificate in Certificate.objects.all():
        verdict = checked(certificate)
        assert verdict.good, verdict
        assert "由“上海甲辰精密机械有限公司”签发" in words(verdict, "issuer")
        assert "国密签名（SM2/SM3）正确" in words(verdict, "second")
        opened = open_sealed(certificate.credential.qr, issuers(), at=AT, lists=lists())
        assert opened.verdict.good, opened.verdict
        assert opened.says is not None
        assert opened.says.number == certificate.number


def test_identity_number_is_only_committed_to(body: Cast) -> None:
    """凭证里只有打码的证件号码和加盐承诺；盐只在登记簿里，持证人凭它能证明号码。"""
    (award,) = awards(1)
    give(body, [award])
    credential = Credential.objects.select_related("certificate__holder").get()
    document = json.loads(credential.document)
    identity = document["credentialSubject"]["identity"]
    assert identity["masked"].startswith("319")
    assert "***" in identity["masked"]
    salt = opened_salt(credential.certificate.number, bytes(credential.salt_sealed))
    assert salt.hex() not in credential.document
    whole = opened_id_number(credential.certificate.holder)
    assert whole not in credential.document
    assert opens(from_base64url(identity["commitment"]), "居民身份证", whole, salt)


def test_own_standard_is_signed_too(body: Cast) -> None:
    """企业标准证书同样签名，并写明种类和标准。"""
    issue_by_own_standard(
        body=body.body_a, occupation_code="6-18-01-01", occupation_name="车工", trade_name="", level=Level.FIVE, grade="A级",
        plan_number="JH202600001", awards=awards(1), by=body.qian, at=AT,
    )  # fmt: skip
    publish_lists(at=AT)
    assert checked(Certificate.objects.get()).good
    assert json.loads(Credential.objects.get().document)["credentialSubject"]["scheme"] == "enterprise"


class TestStatusLists:
    def test_revoked_is_seen_once_the_list_is_published(self, body: Cast) -> None:
        """撤销以后，状态列表在下一次签发时写明；没有变动的列表不重签。"""
        first, second = give(body, awards(2))
        assert publish_lists(at=AT) == 2
        assert publish_lists(at=AT) == 0
        revoke(number=first.certificate_number, reason="超范围", by=body.qian, at=AT)
        later = AT + timedelta(seconds=20)
        assert publish_lists(at=later) == 2
        assert "证书已被撤销" in words(checked(Certificate.objects.get(number=first.certificate_number), later), "standing")
        assert checked(Certificate.objects.get(number=second.certificate_number), later).good

    def test_examined_is_suspended_and_comes_back(self, body: Cast) -> None:
        """核查期间列为暂停，结束后恢复。"""
        give(body, awards(1))
        certificate = Certificate.objects.get()
        begin_examination(candidate_number=certificate.candidate_number, case="WJ202600001", reason="冒名", by=PLATFORM, at=AT)
        publish_lists(at=AT)
        assert "正在核查中" in words(checked(certificate), "standing")
        end_examination(case="WJ202600001", reason="查无实据", by=PLATFORM, at=AT)
        publish_lists(at=AT)
        assert checked(certificate).good

    def test_renewed_before_it_ends(self, body: Cast) -> None:
        """列表有效七天，到期前三天重新签发。"""
        give(body, awards(1))
        publish_lists(at=AT)
        assert publish_lists(at=AT + timedelta(days=3)) == 0
        assert publish_lists(at=AT + timedelta(days=4)) == 2
        assert checked(Certificate.objects.get(), AT + timedelta(days=10)).good

    def test_places_are_shuffled_and_never_shared(self) -> None:
        """列表位置打乱、不重；一张列表用满后接着用下一张。"""
        first = [place_of(position) for position in range(2000)]
        assert len(set(first)) == 2000
        steps = [abs(a[1] - b[1]) for a, b in pairwise(first)]
        assert sum(steps) / len(steps) > PLACES / 5
        assert place_of(PLACES)[0] == 2


class TestBacklog:
    def test_without_a_root_issuing_goes_on_and_is_made_up_for(self, body: Cast, settings: Any, tmp_path: Path) -> None:
        """还没有市级根密钥时照常核发；有了以后由后台补签，期间撤销的补签为已撤销。"""
        settings.CITY_ROOT_FILE = tmp_path / "root"
        first, second = give(body, awards(2))
        assert not Credential.objects.exists()
        revoke(number=first.certificate_number, reason="有误", by=body.qian, at=AT)
        operations.make_city_root(by=PLATFORM, at=AT)
        assert settings.CITY_ROOT_FILE.stat().st_mode & 0o777 == 0o600
        give(body, awards(1, first=5), plan="JH202600002")
        assert Credential.objects.count() == 1
        assert sign_backlog(at=AT) == 2
        assert sign_backlog(at=AT) == 0
        publish_lists(at=AT)
        assert "证书已被撤销" in words(checked(Certificate.objects.get(number=first.certificate_number)), "standing")
        assert checked(Certificate.objects.get(number=second.certificate_number)).good

    def test_a_renamed_body_answers_under_both_names(self, body: Cast) -> None:
        """机构更名后，更名前后的证书都由同一把密钥签发，名录里有两个名称。"""
        give(body, awards(1))
        rename(body, "上海甲辰精密机械（集团）有限公司")
        give(body, awards(1, first=1), plan="JH202600002")
        publish_lists(at=AT)
        assert [checked(one).good for one in Certificate.objects.all()] == [True, True]
        assert IssuerKey.objects.filter(body=body.body_a).count() == 1


def rename(cast: Cast, name: str) -> None:
    """Give body 甲 another name."""
    rename_body(body=cast.body_a, name=name, case="BA2026000001", by=PLATFORM, at=AT)
    cast.body_a.refresh_from_db()


@pytest.mark.parametrize(
    "sql",
    [
        pytest.param("DELETE FROM certificates_credential", id="删除签名"),
        pytest.param("UPDATE certificates_credential SET document = '{}'", id="改签名文档"),
        pytest.param("UPDATE certificates_credential SET place = 1", id="改列表位置"),
        pytest.param("DELETE FROM certificates_issuerkey", id="删除密钥"),
        pytest.param("UPDATE certificates_issuerkey SET public_key = 'x'", id="改公钥"),
    ],
)
def test_the_database_itself_refuses(body: Cast, sql: str) -> None:
    """数据库不许改动已签名的内容和密钥。"""
    give(body, awards(1))
    with pytest.raises(DatabaseError, match="签名证书和发证密钥"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_nothing_is_signed_when_nothing_is_issued(body: Cast) -> None:
    """重复提交不再签名。"""
    listed = awards(2)
    give(body, listed)
    give(body, listed)
    assert Credential.objects.count() == 2
