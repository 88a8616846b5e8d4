"""证书凭证: what is good, bad or unknown about a signed certificate, sentence by sentence."""

import copy
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tests.trust.signed import (
    BODY,
    ID_NUMBER,
    LISTS,
    NOW,
    ORIGIN,
    OTHER,
    RETIRED,
    ROOT,
    SALT,
    SIGNED_AT,
    SINCE,
    claims,
    clear,
    credential,
    domestic,
    entries,
    issuers,
    status_list,
)
from touchstone.trust.canonical import canonical, parse
from touchstone.trust.claims import build, read_claims
from touchstone.trust.credentials import check, digest
from touchstone.trust.curve import KeyRefused
from touchstone.trust.identity import commitment, masked, opens
from touchstone.trust.issuers import IssuerKey, Issuers, IssuersBroken, bundle, countersign, method_of
from touchstone.trust.proofs import secure
from touchstone.trust.signing import SM2_SM3, SoftwareKey, multikey
from touchstone.trust.verdicts import Step


def outcomes(document: object, at: datetime = NOW, **more: Any) -> dict[str, str]:
    return {step.key: step.outcome for step in check(document, issuers(), at=at, lists=clear(), **more).steps}


def said(document: object, key: str, at: datetime = NOW, **more: Any) -> str:
    step = check(document, issuers(), at=at, **({"lists": clear()} | more)).step(key)
    assert step is not None
    return step.sentence


def test_a_genuine_certificate_is_good_and_every_step_says_why() -> None:
    verdict = check(credential(), issuers(), at=NOW, lists=clear())
    assert verdict.good
    assert [(step.key, step.outcome) for step in verdict.steps] == [
        ("structure", "good"),
        ("issuer", "good"),
        ("signature", "good"),
        ("dates", "good"),
        ("standing", "good"),
        ("receipt", "unknown"),
    ]
    assert all(step.sentence.endswith("。") for step in verdict.steps)
    assert "上海甲职业技能培训学校" in verdict.steps[1].sentence


def test_it_is_the_same_after_a_trip_through_a_file() -> None:
    assert check(parse(canonical(credential())), issuers(), at=NOW, lists=clear()).good


def test_what_is_said_comes_back() -> None:
    made = claims(trade_name="维修电工", scheme="enterprise", level_label="甲级工程师", standard="Q/JIA 001-2026")
    assert read_claims(credential(made)) == (made, ORIGIN)


def test_the_identity_number_is_in_no_credential_and_can_be_proven_by_its_holder() -> None:
    document = credential()
    assert ID_NUMBER.encode() not in canonical(document)
    assert document["credentialSubject"]["identity"]["masked"] == "310***********0017"
    held = claims().id_commitment
    assert opens(held, "居民身份证", ID_NUMBER, SALT) and opens(held[:16], "居民身份证", ID_NUMBER, SALT)
    assert not opens(held, "居民身份证", ID_NUMBER, bytes(32))
    assert not opens(held, "护照", ID_NUMBER, SALT)
    assert not opens(held[:15], "居民身份证", ID_NUMBER, SALT)
    assert commitment("居民身份证", "31010119900307001x", SALT) == commitment("居民身份证", "31010119900307001X", SALT)
    assert [masked(one) for one in ("", "123", "E1234", "E12345678")] == ["", "***", "***34", "*******78"]


def changed(*path: str | int, to: Any) -> dict[str, Any]:
    document = copy.deepcopy(credential())
    held: Any = document
    for part in path[:-1]:
        held = held[part]
    held[path[-1]] = to
    return document


@pytest.mark.parametrize(
    ("document", "step"),
    [
        pytest.param(changed("credentialSubject", "name", to="陈静仪"), "signature", id="姓名改了一字"),
        pytest.param(changed("credentialSubject", "level", "code", to="1"), "signature", id="等级改高"),
        pytest.param(changed("validFrom", to="2026-04-14T00:00:00+08:00"), "signature", id="发证日期提前"),
        pytest.param(changed("proof", "created", to="2026-04-16T03:00:00Z"), "signature", id="签名日期改动"),
        pytest.param(changed("proof", "proofValue", to=credential(claims(level="4"))["proof"]["proofValue"]), "signature", id="别处的签名"),
        pytest.param(changed("proof", "proofPurpose", to="authentication"), "signature", id="用途不对"),
        pytest.param(changed("issuer", "name", to="上海市人力资源和社会保障局"), "issuer", id="冒名"),
        pytest.param(changed("validFrom", to="2026-04-15"), "structure", id="日期写法不同"),
        pytest.param(changed("extra", to=1), "structure", id="多一个字段"),
        pytest.param(changed("credentialStatus", to=[]), "structure", id="去掉状态"),
        pytest.param(changed("credentialStatus", 1, "statusListIndex", to="0"), "structure", id="两个位置不同"),
        pytest.param(changed("proof", to=[]), "structure", id="没有签名"),
        pytest.param(changed("proof", "cryptosuite", to="eddsa-rdfc-2022"), "structure", id="另一种签名"),
        pytest.param([], "structure", id="列表"),
        pytest.param({"type": ["VerifiableCredential"]}, "structure", id="别的凭证"),
    ],
)
def test_what_is_wrong_is_named(document: object, step: str) -> None:
    found = outcomes(document)
    assert found[step] == "bad"
    assert not check(document, issuers(), at=NOW, lists=clear()).good


def test_a_key_that_nobody_countersigned_is_named() -> None:
    stranger = SoftwareKey.generate()
    assert "不在签发者名录" in said(credential(key=stranger), "issuer")
    assert outcomes(credential(key=stranger))["signature"] == "unknown"


def test_a_body_cannot_sign_for_another_and_the_list_key_signs_no_certificate() -> None:
    assert outcomes(credential(key=OTHER))["issuer"] == "bad"
    assert outcomes(credential(claims(body_code="CITY", body_name="上海市证书状态列表"), key=LISTS))["issuer"] == "bad"


def test_a_retired_key_stays_good_for_what_it_signed_in_its_time() -> None:
    earlier = claims(issued_on=date(2026, 2, 1))
    assert check(credential(earlier, RETIRED, datetime(2026, 2, 1, 4, tzinfo=UTC)), issuers(), at=NOW, lists=clear()).good
    assert "停用" in said(credential(earlier, RETIRED, SIGNED_AT), "issuer")
    assert "早于" in said(credential(claims(issued_on=date(2025, 12, 1)), BODY, datetime(2025, 12, 1, 4, tzinfo=UTC)), "issuer")


def test_a_body_may_have_had_another_name() -> None:
    assert outcomes(credential(claims(body_code="PJ20260002", body_name="上海乙机械厂"), OTHER))["issuer"] == "good"


def test_a_leaked_key_counts_only_with_a_receipt() -> None:
    leaked = countersign(IssuerKey("PJ20260001", "上海甲职业技能培训学校", BODY.public_key, SINCE, distrusted=True), ROOT)
    known = Issuers.read(bundle([leaked, *entries()[:1]], ROOT, origins=[ORIGIN], at=NOW), ROOT.public_key)
    assert "泄露" in str(check(credential(), known, at=NOW, lists=clear()).step("issuer"))
    assert check(credential(), known, at=NOW, lists=clear(), receipt=Step("receipt", "good", "在公开日志里。")).good


def test_days_must_follow_one_another() -> None:
    assert "今天之后" in said(credential(), "dates", at=SIGNED_AT - timedelta(days=2))
    assert "早于发证日期" in said(credential(at=SIGNED_AT - timedelta(days=2)), "dates")


def test_the_second_proof_is_checked_where_it_is() -> None:
    single = credential()
    both = secure(single, domestic(), method=f"{ORIGIN}/issuers/PJ20260001#{_sm2_name()}", at=SIGNED_AT)
    assert [proof["cryptosuite"] for proof in both["proof"]] == ["eddsa-jcs-2022", "touchstone-sm2-jcs-2026"]
    assert outcomes(both)["second"] == "good"
    spoilt = copy.deepcopy(both)
    spoilt["proof"][1]["created"] = "2026-04-15T03:00:01Z"
    assert outcomes(spoilt)["second"] == "bad"
    elsewhere = secure(single, domestic(), method=f"{ORIGIN}/issuers/PJ20260002#{_sm2_name()}", at=SIGNED_AT)
    assert outcomes(elsewhere)["second"] == "bad"
    assert outcomes({**both, "proof": list(reversed(both["proof"]))})["structure"] == "bad"


def _sm2_name() -> str:
    return multikey(domestic().public_key, SM2_SM3)


def test_the_list_decides_on_standing() -> None:
    index = claims().status_index
    revoked = [status_list("revocation", index), status_list("suspension")]
    examined = [status_list("revocation"), status_list("suspension", index)]
    assert "撤销" in said(credential(), "standing", lists=revoked)
    assert check(credential(), issuers(), at=NOW, lists=revoked).outcome == "bad"
    assert "核查中" in said(credential(), "standing", lists=examined)
    assert check(credential(), issuers(), at=NOW, lists=examined).outcome == "unknown"
    assert "没有取得状态列表" in said(credential(), "standing", lists=[])
    assert "已过七天" in said(credential(), "standing", at=NOW + timedelta(days=7))
    neighbours = [status_list("revocation", index - 1, index + 1, 0, 131_071), status_list("suspension")]
    assert check(credential(), issuers(), at=NOW, lists=neighbours).good


def test_the_newer_list_decides_and_an_old_one_still_tells_what_was_revoked() -> None:
    index, before = claims().status_index, NOW - timedelta(days=20)
    old = status_list("revocation", index, at=before)
    assert "截至2026年3月31日" in said(credential(), "standing", lists=[old])
    assert check(credential(), issuers(), at=NOW, lists=[old, *clear()]).good, "an appeal was upheld since"


def test_a_list_signed_by_a_body_is_not_believed() -> None:
    forged = status_list("revocation", key=BODY)
    assert "不可信" in said(credential(), "standing", lists=[forged, status_list("suspension")])


def test_the_list_of_issuers_is_believed_only_under_the_pinned_root() -> None:
    document = bundle(entries(), ROOT, origins=[ORIGIN], at=NOW)
    assert Issuers.read(parse(canonical(document)), ROOT.public_key).of(BODY.public_key)
    with pytest.raises(IssuersBroken, match="根密钥"):
        Issuers.read(document, OTHER.public_key)
    with pytest.raises(IssuersBroken, match="根密钥"):
        Issuers.read({**document, "publishedAt": "2026-04-21T02:00:00Z"}, ROOT.public_key)
    for wrong in (None, {}, {**document, "more": 1}, {**document, "kind": "x"}):
        with pytest.raises(IssuersBroken):
            Issuers.read(wrong, ROOT.public_key)


def test_every_key_in_it_needs_the_countersignature() -> None:
    """Also when the whole list bears the root's proof: an entry stands alone in the log."""
    plain = IssuerKey("PJ20260009", "无会签", SoftwareKey(bytes([9]) * 32).public_key, SINCE, countersignature=bytes(64))
    with pytest.raises(IssuersBroken, match="会签"):
        Issuers.read(bundle([plain], ROOT, origins=[ORIGIN], at=NOW), ROOT.public_key)
    with pytest.raises(KeyRefused):
        countersign(IssuerKey("PJ20260009", "弱公钥", bytes(32), SINCE), ROOT)
    twice = entries()[1]
    with pytest.raises(IssuersBroken, match="两次"):
        Issuers.read(bundle([twice, twice], ROOT, origins=[ORIGIN], at=NOW), ROOT.public_key)


def test_a_credential_of_another_address_is_refused() -> None:
    elsewhere = "https://skills.examp1e.cn"
    made = secure(build(claims(), origin=elsewhere), BODY, method=method_of(elsewhere, "PJ20260001", BODY.public_key), at=SIGNED_AT)
    assert "不是本市公布的地址" in said(made, "structure")


def test_the_log_knows_it_by_a_digest_that_tells_nothing() -> None:
    assert len(digest(credential())) == 64
    assert digest(credential()) == digest(parse(canonical(credential())))
