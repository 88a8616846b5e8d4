"""压缩包检查: is every dangerous or mistaken file refused with a sentence, and a good one passed?"""

import io
import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sheets.samples import OPTIONS, repack
from touchstone.sheets import archive
from touchstone.sheets.archive import check_workbook
from touchstone.sheets.refusals import (
    ActiveContent,
    ArchiveTooLarge,
    DamagedArchive,
    EncryptedWorkbook,
    FileRefused,
    NotAWorkbook,
    OldWorkbook,
)
from touchstone.sheets.registration_template import registration_template

GOOD = registration_template(OPTIONS)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600


def packed(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", method) as book:
        for name, part in parts.items():
            book.writestr(name, part)
    return memory.getvalue()


def lying_directory() -> bytes:
    """A sheet of 30 MB whose directory entry declares 1,000 bytes."""
    content = bytearray(repack(GOOD, {"xl/worksheets/sheet9.xml": b" " * 30_000_000}))
    at = content.rfind(b"PK\x01\x02")
    content[at + 24 : at + 28] = struct.pack("<I", 1000)
    return bytes(content)


def overlapping() -> bytes:
    """Two directory entries that point at the same bytes."""
    content = bytearray(repack(GOOD, {"xl/a.xml": b"<a>" + b"x" * 500, "xl/b.xml": b"<a>" + b"x" * 500}))
    last = content.rfind(b"PK\x01\x02")
    before = content.rfind(b"PK\x01\x02", 0, last)
    content[last + 42 : last + 46] = content[before + 42 : before + 46]
    return bytes(content)


def symbolic_link() -> bytes:
    memory = io.BytesIO(GOOD)
    with zipfile.ZipFile(memory, "a") as book:
        link = zipfile.ZipInfo("xl/link.xml")
        link.external_attr = 0o120777 << 16
        book.writestr(link, "/etc/passwd")
    return memory.getvalue()


BAD = [
    pytest.param(b"", NotAWorkbook, "空的", id="空文件"),
    pytest.param("姓名,证件号码\n".encode(), NotAWorkbook, "不是Excel工作簿", id="文本改名为xlsx"),
    pytest.param(b"%PDF-1.7 ...", NotAWorkbook, "不是Excel工作簿", id="PDF改名为xlsx"),
    pytest.param(packed({"word/document.xml": b"<a/>"}), NotAWorkbook, "别的压缩文件", id="Word改名为xlsx"),
    pytest.param(OLE, OldWorkbook, "另存为", id="旧版xls"),
    pytest.param(OLE + "EncryptedPackage".encode("utf-16-le"), EncryptedWorkbook, "密码", id="设了打开密码"),
    pytest.param(GOOD[:-40], DamagedArchive, "损坏", id="没有下载完整"),
    pytest.param(repack(GOOD, {f"xl/p{i}.xml": b"" for i in range(2001)}), ArchiveTooLarge, "部件", id="部件太多"),
    pytest.param(repack(GOOD, {"xl/bomb.xml": b" " * 50_000_000}), ArchiveTooLarge, "压缩倍数", id="压缩炸弹"),
    pytest.param(lying_directory(), DamagedArchive, "比它声明的大", id="声明大小是假的"),
    pytest.param(overlapping(), DamagedArchive, "重叠", id="部件重叠"),
    pytest.param(symbolic_link(), DamagedArchive, "链接", id="符号链接"),
    pytest.param(repack(GOOD, {"../out.xml": b"x"}), DamagedArchive, "文件之外", id="路径越界"),
    pytest.param(repack(GOOD, {"xl/vbaProject.bin": b"x"}), ActiveContent, "宏", id="带宏"),
    pytest.param(repack(GOOD, {"xl/externalLinks/externalLink1.xml": b"<a/>"}), ActiveContent, "外部链接", id="外部链接"),
    pytest.param(
        repack(GOOD, {"xl/x.xml": b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]>'}),
        ActiveContent,
        "不允许的声明",
        id="实体炸弹",
    ),
]


@pytest.mark.parametrize(("content", "kind", "words"), BAD)
def test_refuses_with_a_sentence(content: bytes, kind: type[FileRefused], words: str) -> None:
    with pytest.raises(kind) as refusal:
        check_workbook(content)
    assert type(refusal.value) is kind
    assert words in refusal.value.sentence
    assert refusal.value.sentence.endswith("。")
    assert "请" in refusal.value.sentence, "the sentence must say what to do next"


def test_passes_our_own_template(tmp_path: Path) -> None:
    path = tmp_path / "报名表.xlsx"
    path.write_bytes(GOOD)
    check_workbook(path)
    check_workbook(GOOD)


def test_refuses_a_huge_file_before_reading_it(tmp_path: Path) -> None:
    path = tmp_path / "200MB.xlsx"
    with path.open("wb") as stream:
        stream.truncate(200 * 1024 * 1024)
    with pytest.raises(ArchiveTooLarge, match="200MB"):
        check_workbook(path)


def test_declared_total_above_the_limit_is_refused_without_inflating(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_INFLATED_BYTES", 10_000)
    monkeypatch.setattr(archive, "_inflate_all", lambda *_: pytest.fail("inflated"))
    with pytest.raises(ArchiveTooLarge, match="解开后超过"):
        check_workbook(GOOD)


@settings(max_examples=150, deadline=None)
@given(at=st.integers(0, len(GOOD) - 1), byte=st.integers(0, 255))
def test_one_changed_byte_passes_or_is_refused_but_never_crashes(at: int, byte: int) -> None:
    content = bytearray(GOOD)
    content[at] = byte
    try:
        check_workbook(bytes(content))
    except FileRefused as refusal:
        assert refusal.sentence.endswith("。")


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=400).map(lambda rest: b"PK\x03\x04" + rest))
def test_random_archives_are_refused_with_a_sentence(content: bytes) -> None:
    with pytest.raises(FileRefused):
        check_workbook(content)
