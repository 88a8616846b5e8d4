"""二维码: what fits, what comes back, and which forms are refused."""

import io
from datetime import date, timedelta

import cbor2
import pytest
import segno
import zxingcpp
from PIL import Image

from tests.trust.signed import BODY, LISTS, NOW, ORIGIN, RETIRED, claims, clear, issuers, status_list
from touchstone.trust.claims import CertificateClaims
from touchstone.trust.multibase import base64url, from_base64url
from touchstone.trust.qr import LONGEST, NotSealed, TooLong, address, open_sealed, read_sealed, seal
from touchstone.trust.signing import SoftwareKey

SEALED = seal(claims(), BODY)
TEXT = address(ORIGIN, SEALED)


def outcomes(text: str) -> dict[str, str]:
    return {step.key: step.outcome for step in open_sealed(text, issuers(), at=NOW, lists=clear()).verdict.steps}


def test_a_genuine_code_is_good_and_says_what_the_certificate_says() -> None:
    opened = open_sealed(TEXT, issuers(), at=NOW, lists=clear())
    assert opened.verdict.good
    assert opened.says is not None and opened.issuer is not None
    made = claims()
    assert (opened.says.number, opened.says.holder_name, opened.says.id_masked) == (made.number, made.holder_name, made.id_masked)
    assert (opened.says.level_label, opened.says.issued_on, opened.issuer.name) == (made.level_label, made.issued_on, made.body_name)
    assert made.id_commitment.startswith(opened.says.id_commitment)
    assert open_sealed(TEXT.rpartition("#")[2], issuers(), at=NOW, lists=clear()).verdict.good, "what follows the # is enough"
    assert read_sealed(TEXT) == opened.says


LONG = claims(
    holder_name="阿卜杜拉·买买提艾力·吐尔逊江",
    occupation_name="城市轨道交通信号设备维修与智能运行保障工程技术人员",
    trade_name="城轨信号与通信设备综合维护（车载与轨旁联调方向）",
    id_kind="港澳居民来往内地通行证",
    id_masked="H********34",
    scheme="enterprise",
    level_label="企业首席技能专家（三级岗位序列）",
    status_index=131_071,
    status_list=250,
)


@pytest.mark.parametrize("origin", [ORIGIN, "https://zhengshu.skills.rsj.sh.example"])
@pytest.mark.parametrize("made", [claims(), claims(trade_name="维修电工"), LONG], ids=["短", "带工种", "长"])
def test_it_fits_version_13_and_a_reader_gives_it_back(made: CertificateClaims, origin: str) -> None:
    text = address(origin, seal(made, BODY, origin=origin, signed_on=made.issued_on + timedelta(days=3)))
    drawn = segno.make(text, error="m", boost_error=False, micro=False)
    assert isinstance(drawn.version, int) and drawn.version <= 13
    assert len(text) <= LONGEST
    picture = io.BytesIO()
    drawn.save(picture, kind="png", scale=3, border=4)
    found = zxingcpp.read_barcodes(Image.open(picture))
    assert [one.text for one in found] == [text]


def test_long_names_are_cut_and_the_rest_is_whole() -> None:
    says = read_sealed(address(ORIGIN, seal(LONG, BODY, origin=ORIGIN)))
    assert says.occupation_name.endswith("…") and says.occupation_code == LONG.occupation_code
    assert (says.id_masked, says.scheme, says.status_index) == (LONG.id_masked, "enterprise", LONG.status_index)
    with pytest.raises(TooLong):
        seal(claims(number="Y" * 200), BODY)


def test_a_changed_code_is_refused_and_what_is_wrong_is_named() -> None:
    assert outcomes("https://skills.examp1e.cn/v#" + base64url(SEALED))["address"] == "bad"
    assert outcomes(TEXT + "A")["structure"] == "bad"
    assert outcomes("https://skills.example.cn/v#")["structure"] == "bad"
    assert outcomes("随便写的")["structure"] == "bad"
    forged = seal(claims(level="1", level_label="一级/高级技师"), SoftwareKey.generate())
    assert outcomes(address(ORIGIN, forged))["issuer"] == "bad"
    other = seal(claims(level="1", level_label="一级/高级技师"), BODY)
    spliced = other[:-64] + SEALED[-64:]
    assert outcomes(address(ORIGIN, spliced))["signature"] == "bad"
    assert outcomes(address(ORIGIN, seal(claims(), LISTS)))["issuer"] == "bad", "the list key signs no certificate"


def test_a_key_is_good_for_its_days() -> None:
    assert outcomes(address(ORIGIN, seal(claims(issued_on=date(2026, 2, 1)), RETIRED)))["issuer"] == "good"
    assert outcomes(address(ORIGIN, seal(claims(issued_on=date(2026, 2, 1)), RETIRED, signed_on=date(2026, 3, 5))))["issuer"] == "bad"


def test_a_revoked_one_is_named() -> None:
    lists = [status_list("revocation", claims().status_index), status_list("suspension")]
    assert "撤销" in str(open_sealed(TEXT, issuers(), at=NOW, lists=lists).verdict.step("standing"))


def tag() -> cbor2.CBORTag:
    return cbor2.loads(SEALED)  # type: ignore[no-any-return]


def test_another_form_of_the_same_content_is_refused() -> None:
    protected, _, payload, signature = tag().value
    held = cbor2.loads(payload)
    reordered = dict(reversed(held.items()))
    forms = [
        cbor2.dumps([protected, {}, payload, signature]),
        cbor2.dumps(cbor2.CBORTag(98, [protected, {}, payload, signature])),
        cbor2.dumps(cbor2.CBORTag(18, [protected, {99: 1}, payload, signature])),
        cbor2.dumps(cbor2.CBORTag(18, [protected, {}, payload, signature, 1])),
        cbor2.dumps(cbor2.CBORTag(18, [protected, {}, cbor2.dumps(reordered), signature])),
        cbor2.dumps(cbor2.CBORTag(18, [protected, {}, cbor2.dumps({**held, 99: 1}), signature])),
        cbor2.dumps(cbor2.CBORTag(18, [cbor2.dumps({4: cbor2.loads(protected)[4], 1: -8}), {}, payload, signature])),
        cbor2.dumps(cbor2.CBORTag(18, [cbor2.dumps({1: -7, 4: cbor2.loads(protected)[4]}), {}, payload, signature])),
        b"\xd8\x12" + SEALED[1:],
        SEALED + b"\0",
        SEALED[:-1],
        b"",
        b"\x9f" * 300,
    ]
    for form in forms:
        with pytest.raises(NotSealed):
            read_sealed(base64url(form))
    assert from_base64url(base64url(SEALED)) == SEALED
