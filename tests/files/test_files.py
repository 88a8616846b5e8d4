"""附件: only what is what it says it is, sealed on disk, tied to its case."""

import io

import pytest
from PIL import Image

from tests.cast import START, Cast
from touchstone.files.models import Attachment
from touchstone.files.operations import LARGEST, FileRefused, attach, check, withdraw
from touchstone.files.queries import content, of_case
from touchstone.files.storage import path_of
from touchstone.ledger.queries import history
from touchstone.trust.fields import SealBroken

PDF = b"%PDF-1.7 made for a test"


def jpeg() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(out, "JPEG", comment=b"GPS 31.2")
    return out.getvalue()


def test_kept_bytes_are_sealed_on_disk_and_read_back(cast: Cast) -> None:
    """存入的内容封存在盘上，读出原样。"""
    kept = attach(case="BA1", label="章程", name="章程.pdf", content=PDF, by=cast.lin, at=START)
    assert PDF not in path_of(kept.sha256).read_bytes()
    assert content(kept) == PDF
    assert [entry.event for entry in history("BA1")] == ["file.attached"]


def test_one_changed_byte_on_disk_is_found(cast: Cast) -> None:
    """盘上被改动一个字节即打不开。"""
    kept = attach(case="BA1", label="章程", name="章程.pdf", content=PDF + b"2", by=cast.lin, at=START)
    raw = bytearray(path_of(kept.sha256).read_bytes())
    raw[-1] ^= 1
    path_of(kept.sha256).write_bytes(raw)
    with pytest.raises(SealBroken):
        content(kept)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        pytest.param("a.exe", b"MZ", "不能接收", id="不允许的类型"),
        pytest.param("a", PDF, "不能接收", id="没有扩展名"),
        pytest.param("a.pdf", b"PK\x03\x04", "扩展名不符", id="内容与扩展名不符"),
        pytest.param("a.pdf", b"", "空文件", id="空文件"),
        pytest.param("a.pdf", PDF + b"0" * LARGEST, "超过20MB", id="过大"),
        pytest.param("a.jpg", b"\xff\xd8\xff broken", "不是可以打开的图片", id="坏图片"),
    ],
)
def test_refuses_a_file_and_says_what_to_do(name: str, content: bytes, sentence: str) -> None:
    """拒收并说明怎么办。"""
    with pytest.raises(FileRefused, match=sentence) as refusal:
        check(name, content)
    assert refusal.value.next_step


def test_pictures_are_encoded_again_without_what_they_carried() -> None:
    """照片重新编码，去掉夹带的内容。"""
    assert b"GPS" in jpeg()
    assert b"GPS" not in check("现场.jpg", jpeg())[1]


def test_a_withdrawn_file_is_not_listed_but_stays_on_record(cast: Cast) -> None:
    """撤下的附件不再列出，存证仍在。"""
    kept = attach(case="BA1", label="章程", name="章程.pdf", content=PDF, by=cast.lin, at=START)
    withdraw(number=kept.number, by=cast.lin, at=START)
    assert not of_case("BA1").exists() and Attachment.objects.filter(pk=kept.pk).exists()
    assert [entry.event for entry in history("BA1")] == ["file.attached", "file.withdrawn"]
