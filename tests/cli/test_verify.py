"""查验命令: files, pictures, texts and a PDF, good, bad and unknown."""

import io
import json
from pathlib import Path

import pytest
import segno
from click.testing import CliRunner

from tests.trust.receipts import KEY, receipt
from tests.trust.signed import BODY, ID_NUMBER, NOW, ORIGIN, ROOT, SALT, claims, clear, credential, entries, paper, status_list
from touchstone.cli.verify import command
from touchstone.trust.canonical import canonical
from touchstone.trust.issuers import bundle
from touchstone.trust.multibase import base64url
from touchstone.trust.qr import address, seal
from touchstone.trust.signing import SoftwareKey, multikey

TEXT = address(ORIGIN, seal(claims(), BODY))


@pytest.fixture
def run(tmp_path: Path):
    """A terminal that has the list of issuers, the status lists and the pinned root at hand, and no network."""
    known = tmp_path / "issuers.json"
    known.write_bytes(canonical(bundle(entries(), ROOT, origins=[ORIGIN], at=NOW)))
    fresh = []
    for number, one in enumerate(clear()):
        fresh.append(tmp_path / f"list{number}.json")
        fresh[-1].write_bytes(canonical(one))

    def verify(given: object, *more: str, lists: object = None, root: str = multikey(ROOT.public_key)) -> tuple[int, str]:
        if isinstance(given, bytes):
            path = tmp_path / "given"
            path.write_bytes(given)
            given = path
        words = [str(given), "--offline", "--issuers", str(known), "--root", root, "--at", NOW.isoformat(), *more]
        for one in fresh if lists is None else lists:  # type: ignore[attr-defined]
            words += ["--status", str(one)]
        done = CliRunner().invoke(command, words)
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return done.exit_code, done.output

    return verify


def picture(text: str) -> bytes:
    out = io.BytesIO()
    segno.make(text, error="m").save(out, kind="png", scale=4)
    return out.getvalue()


@pytest.mark.parametrize(
    "given",
    [
        pytest.param(canonical(credential()), id="凭证"),
        pytest.param(json.dumps(credential(), ensure_ascii=False, indent=2).encode(), id="排过版的凭证"),
        pytest.param(paper(("credential.json", canonical(credential()))), id="PDF"),
        pytest.param(TEXT, id="二维码网址"),
        pytest.param(TEXT.partition("#")[2], id="二维码文字"),
        pytest.param(picture(TEXT), id="二维码图片"),
        pytest.param((TEXT + "\n").encode(), id="存有网址的文件"),
    ],
)
def test_a_genuine_one_leaves_with_0(run, given):
    """真实有效的，以0退出，逐项说明。"""
    code, told = run(given)
    assert code == 0, told
    assert "结论：真实有效" in told and "陈静怡" in told and "✔ 签名：签名正确" in told


@pytest.mark.parametrize(
    ("given", "why"),
    [
        pytest.param(canonical(credential()).replace("三级".encode(), "一级".encode()), "签名与内容不符", id="改了等级"),
        pytest.param(canonical(credential(key=SoftwareKey(bytes([7]) * 32))), "不在签发者名录", id="生人的钥匙"),
        pytest.param(TEXT.replace("example", "examp1e"), "不是本市公布的查验地址", id="假网址"),
        pytest.param(TEXT[:-1], "二维码", id="少一个字"),
        pytest.param(picture(address(ORIGIN, seal(claims(), SoftwareKey(bytes([7]) * 32)))), "不在签发者名录", id="伪造的图片"),
    ],
)
def test_a_wrong_one_leaves_with_1_and_says_what_is_wrong(run, given, why):
    """不对的，以1退出，说出哪里不对。"""
    code, told = run(given)
    assert code == 1, told
    assert why in told and "结论：不予承认" in told


@pytest.mark.parametrize(
    ("given", "why"),
    [
        pytest.param(b'{"a":1,"a":2}', "写了两次", id="字段重复"),
        pytest.param(paper(), "没有附带证书凭证", id="没有附件的PDF"),
        pytest.param(b"%PDF-1.7 broken", "PDF", id="坏PDF"),
        pytest.param(picture("随便"), "没有看到证书的二维码", id="别的二维码"),
        pytest.param("/nowhere/certificate.pdf", "没有文件", id="没有这个文件"),
        pytest.param("\u00ff\u4e00".encode("gbk", "replace"), "不是证书凭证", id="乱码"),
    ],
)
def test_what_cannot_be_read_leaves_with_2(run, given, why):
    """读不懂的，以2退出，说明原因。"""
    code, told = run(given)
    assert code == 2, told
    assert why in told


def test_without_a_list_it_is_not_known(run, tmp_path):
    """没有状态列表，不能确定；有撤销的，不予承认。"""
    assert run(TEXT, lists=[])[0] == 2
    path = tmp_path / "revoked.json"
    path.write_bytes(canonical(status_list("revocation", claims().status_index)))
    code, told = run(TEXT, lists=[path])
    assert code == 1 and "已被撤销" in told


def test_the_root_is_pinned(run, monkeypatch):
    """没有根公钥、根公钥不对，都不采信名录。"""
    monkeypatch.delenv("TOUCHSTONE_ROOT", raising=False)
    assert "--root" in run(TEXT, root="")[1]
    code, told = run(TEXT, root=multikey(BODY.public_key))
    assert code == 2 and "根密钥" in told
    assert run(TEXT, root=ROOT.public_key.hex())[0] == 0
    assert run(TEXT, root="00" * 32)[0] == 2


def test_the_receipt_in_a_pdf_is_checked(run):
    """PDF里的存证回执，有日志公钥就核对，不是这本证书的不予承认。"""
    whole = paper(("credential.json", canonical(credential())), ("receipt.tlog-proof", receipt().encode()))
    code, told = run(whole, "--log-key", str(KEY))
    assert code == 0 and "✔ 存证：已在公开日志" in told, told
    code, told = run(whole)
    assert code == 0 and "？ 存证：没有公开日志" in told, told
    other = paper(("credential.json", canonical(credential(claims(level="4")))), ("receipt.tlog-proof", receipt().encode()))
    code, told = run(other, "--log-key", str(KEY))
    assert code == 1 and "不是这本证书的" in told, told


def test_machines_read_json_and_a_holder_proves_the_number(run):
    """JSON逐项；持证人用核对码证明证件号码。"""
    salt = ("--salt", base64url(SALT))
    code, told = run(TEXT, "--json", "--id-number", ID_NUMBER, *salt)
    found = json.loads(told)
    assert (code, found["outcome"], found["steps"][-1]["key"], found["steps"][-1]["outcome"]) == (0, "good", "identity", "good")
    assert found["certificate"]["number"] == claims().number
    assert run(canonical(credential()), "--id-number", "310101199003070033", *salt)[0] == 1
    assert run(TEXT, "--id-number", ID_NUMBER)[0] == 2
