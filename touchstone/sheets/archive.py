"""压缩包检查: may this .xlsx be opened at all?

Runs before any parser touches the file. The zip directory is read first; then every part is inflated and counted, because
the sizes a directory declares may be lies.
"""

import io
import re
import stat
import struct
import zipfile
import zlib
from pathlib import Path
from typing import BinaryIO

from touchstone.sheets.refusals import (
    ActiveContent,
    ArchiveTooLarge,
    DamagedArchive,
    EncryptedWorkbook,
    NotAWorkbook,
    OldWorkbook,
)

MAX_PACKED_BYTES = 20 * 1024 * 1024
MAX_PARTS = 2_000
MAX_INFLATED_BYTES = 200 * 1024 * 1024
MAX_RATIO = 100
RATIO_COUNTS_FROM = 1024 * 1024  # tiny parts compress wildly without doing harm
MAX_DIRECTORY_BYTES = 1024 * 1024
STEP = 256 * 1024

SAVE_AS_XLSX = "请用Excel或WPS打开后另存为“Excel工作簿（.xlsx）”，再上传。"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ACTIVE = re.compile(
    r"vbaproject|/activex/|/ctrlprops/|/embeddings/|/externallinks/|/macrosheets/|/connections\.xml$|/querytables/",
    re.IGNORECASE,
)


def check_workbook(source: Path | bytes) -> None:
    """This function will pass a workbook that is safe to parse, and say nothing.

    :raises FileRefused: one of its kinds, with a sentence.
    """
    if isinstance(source, bytes):
        with io.BytesIO(source) as memory:
            _check(memory, len(source))
    else:
        with source.open("rb") as stream:
            _check(stream, source.stat().st_size)


def _check(stream: BinaryIO, size: int) -> None:
    if size > MAX_PACKED_BYTES:
        raise ArchiveTooLarge(f"文件有{size / 1048576:.0f}MB，超过{MAX_PACKED_BYTES // 1048576}MB的上限。请删去图片和多余的工作表，或分成几份上传。")
    _check_signature(stream)
    _check_directory_size(stream, size)
    try:
        with zipfile.ZipFile(stream) as archive:
            parts = archive.infolist()
            directory_starts_at = archive.start_dir
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError, EOFError):
        raise _damaged("目录读不出来") from None
    _check_names(parts)
    _check_declared(parts)
    _inflate_all(stream, parts, directory_starts_at)


def _damaged(why: str) -> DamagedArchive:
    return DamagedArchive(f"文件已损坏或被改动过（{why}），没有读取任何内容。{SAVE_AS_XLSX}")


def _check_signature(stream: BinaryIO) -> None:
    head = stream.read(8)
    if head == _OLE:
        rest = stream.read()
        if "EncryptedPackage".encode("utf-16-le") in rest:
            raise EncryptedWorkbook("文件设了打开密码，系统无法读取。请在Excel或WPS中取消“用密码进行加密”，保存后再上传。")
        raise OldWorkbook(f"这是旧格式的文件（.xls）。{SAVE_AS_XLSX}")
    if not head:
        raise NotAWorkbook("文件是空的，里面没有内容。请检查后重新选择要上传的工作簿。")
    if not head.startswith(b"PK\x03\x04"):
        raise NotAWorkbook(f"文件虽以.xlsx命名，但内容不是Excel工作簿。{SAVE_AS_XLSX}")


def _check_directory_size(stream: BinaryIO, size: int) -> None:
    """Look at the end record ourselves, so that a directory of a million entries is never built."""
    tail_at = max(0, size - 65_557)
    stream.seek(tail_at)
    tail = stream.read(65_557)
    found = tail.rfind(b"PK\x05\x06")
    if found < 0 or len(tail) < found + 22:
        raise _damaged("没有收尾，可能没有下载或保存完整")
    entries, directory_bytes = struct.unpack("<HI", tail[found + 10 : found + 16])
    if entries > MAX_PARTS or directory_bytes > MAX_DIRECTORY_BYTES:
        raise ArchiveTooLarge(f"文件内部有{entries}个以上的部件，超过{MAX_PARTS}个的上限。{SAVE_AS_XLSX}")


def _check_names(parts: list[zipfile.ZipInfo]) -> None:
    names = [part.filename for part in parts]
    if len(set(names)) != len(names):
        raise _damaged("有同名部件")
    for part in parts:
        if part.filename.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", part.filename):
            raise _damaged("部件指向文件之外")
        if stat.S_ISLNK(part.external_attr >> 16):
            raise _damaged("含有链接部件")
    if "xl/workbook.bin" in names:
        raise OldWorkbook(f"这是二进制工作簿（.xlsb）。{SAVE_AS_XLSX}")
    if "[Content_Types].xml" not in names or "xl/workbook.xml" not in names:
        raise NotAWorkbook(f"文件虽以.xlsx命名，但内容是别的压缩文件，不是Excel工作簿。{SAVE_AS_XLSX}")
    active = next((name for name in names if _ACTIVE.search("/" + name)), None)
    if active is not None:
        raise ActiveContent(
            "工作簿里有宏、嵌入对象、外部链接或数据连接，为安全起见不予接收。请新建空白工作簿，只粘贴数值，或重新下载模板填写后再上传。"
        )


def _check_declared(parts: list[zipfile.ZipInfo]) -> None:
    if len(parts) > MAX_PARTS:
        raise ArchiveTooLarge(f"文件内部有{len(parts)}个部件，超过{MAX_PARTS}个的上限。{SAVE_AS_XLSX}")
    if any(part.flag_bits & 0x1 for part in parts):
        raise EncryptedWorkbook("文件内部加了密，系统无法读取。请取消密码，保存后再上传。")
    _check_inflated(sum(part.file_size for part in parts))
    for part in parts:
        _check_ratio(part.file_size, part.compress_size)


def _check_inflated(total: int) -> None:
    if total > MAX_INFLATED_BYTES:
        raise ArchiveTooLarge(f"文件解开后超过{MAX_INFLATED_BYTES // 1048576}MB，不予读取。请删去多余的工作表和空白区域的格式，或分成几份上传。")


def _check_ratio(inflated: int, packed: int) -> None:
    if inflated > RATIO_COUNTS_FROM and inflated > MAX_RATIO * max(packed, 1):
        raise ArchiveTooLarge(f"文件的压缩倍数超过{MAX_RATIO}倍，不像正常的工作簿，不予读取。请重新下载模板，只粘贴有数据的行后再上传。")


def _inflate_all(stream: BinaryIO, parts: list[zipfile.ZipInfo], directory_starts_at: int) -> None:
    """Walk the parts in file order: no two may share bytes, and each must inflate to just what it declares."""
    ordered = sorted(parts, key=lambda part: part.header_offset)
    ends = [part.header_offset for part in ordered[1:]] + [directory_starts_at]
    total = 0
    for part, may_end_at in zip(ordered, ends, strict=True):
        stream.seek(part.header_offset)
        header = stream.read(30)
        if len(header) < 30 or header[:4] != b"PK\x03\x04":
            raise _damaged("部件开头不对")
        name_bytes, extra_bytes = struct.unpack("<HH", header[26:30])
        if part.header_offset + 30 + name_bytes + extra_bytes + part.compress_size > may_end_at:
            raise _damaged("部件相互重叠")
        stream.seek(name_bytes + extra_bytes, io.SEEK_CUR)
        total += _inflate(stream, part)
        _check_inflated(total)


def _inflate(stream: BinaryIO, part: zipfile.ZipInfo) -> int:
    if part.compress_type == zipfile.ZIP_STORED:
        if part.file_size != part.compress_size:
            raise _damaged("部件大小不符")
        _check_no_doctype(part.filename, stream.read(min(part.compress_size, 4096)))
        return part.file_size
    if part.compress_type != zipfile.ZIP_DEFLATED:
        raise _damaged("使用了Excel不用的压缩方法")
    inflater = zlib.decompressobj(-15)
    count, left = 0, part.compress_size
    try:
        while left and not inflater.eof:
            packed = stream.read(min(STEP, left))
            if not packed:
                break
            left -= len(packed)
            while packed and not inflater.eof:
                plain = inflater.decompress(packed, STEP)
                if count == 0:
                    _check_no_doctype(part.filename, plain[:4096])
                count += len(plain)
                if count > part.file_size:
                    raise _damaged("部件比它声明的大")
                packed = inflater.unconsumed_tail
    except zlib.error:
        raise _damaged("部件解不开") from None
    if count + len(inflater.flush()) != part.file_size or not inflater.eof:
        raise _damaged("部件大小不符")
    return count


def _check_no_doctype(name: str, head: bytes) -> None:
    """Office never writes a DOCTYPE; an entity bomb needs one."""
    if name.endswith((".xml", ".rels")) and b"<!DOCTYPE" in head.replace(b"\x00", b""):
        raise ActiveContent(f"工作簿的内部文件含有不允许的声明，为安全起见不予接收。{SAVE_AS_XLSX}")
