"""待查之物: what was given to be verified: a credential, a PDF that carries one, the text of a QR code, or a picture of it?"""

import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import Request, urlopen

from touchstone.trust.canonical import Malformed, parse

LARGEST = 32 * 1024 * 1024
PATIENCE = 10
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"RIFF")
CREDENTIAL, RECEIPT = "credential.json", "receipt.tlog-proof"


class NotReadable(ValueError):
    """Nothing that can be verified was given; the message is a Chinese sentence."""


@dataclass(frozen=True)
class Given:
    """A credential with the receipt that came with it, or the text of a code."""

    credential: Any = None
    code: str = ""
    receipt: str = ""


def read_given(words: str) -> Given:
    """This function will read a file's path, an address, or the text itself. :raises NotReadable:"""
    words = words.strip()
    path = Path(words) if len(words) < 1000 and "\n" not in words else None
    try:
        if path and path.is_file():
            if path.stat().st_size > LARGEST:
                raise NotReadable("文件过大，不读取。")
            return from_content(path.read_bytes())
    except OSError as fault:
        raise NotReadable(f"文件“{words}”打不开，请检查权限。") from fault
    if words.startswith(("https://", "http://")):
        return Given(code=words) if "#" in words else from_content(fetched(words))
    if words.endswith((".json", ".pdf", ".png", ".jpg", ".txt")) or words.startswith(("/", "./", "~")):
        raise NotReadable(f"没有文件“{words}”，请核对路径。")
    return from_content(words.encode())


def fetched(address: str) -> bytes:
    """This function will fetch an address; what follows a # is not sent. :raises NotReadable:"""
    if not address.startswith(("https://", "http://")):
        raise NotReadable(f"“{address}”不是网址。")
    try:
        with urlopen(Request(address, headers={"User-Agent": "touchstone-verify"}), timeout=PATIENCE) as answer:  # noqa: S310  checked above
            content = answer.read(LARGEST + 1)
    except (URLError, OSError, ValueError) as fault:
        raise NotReadable(f"{address}没有取到，请检查网络。") from fault
    if len(content) > LARGEST:
        raise NotReadable("文件过大，不读取。")
    return bytes(content)


def from_content(content: bytes) -> Given:
    """This function will tell from the first bytes what it is. :raises NotReadable:"""
    if content.startswith(b"%PDF"):
        return _from_pdf(content)
    if content.startswith(_PICTURES):
        return Given(code=_in_picture(content))
    if content.lstrip()[:1] == b"{":
        try:
            return Given(credential=parse(content))
        except Malformed as fault:
            raise NotReadable(str(fault)) from fault
    try:
        return Given(code=content.decode("ascii").strip())
    except UnicodeDecodeError as fault:
        raise NotReadable("不是证书凭证、PDF、二维码图片，也不是二维码文字。") from fault


def _from_pdf(content: bytes) -> Given:
    from pypdf import PdfReader

    try:
        held = {name: list(parts) for name, parts in PdfReader(io.BytesIO(content)).attachments.items()}
    except Exception as fault:
        raise NotReadable("PDF已损坏，读不出附件。") from fault
    credentials, receipts = ([part for name, parts in held.items() if name.endswith(kind) for part in parts] for kind in (CREDENTIAL, RECEIPT))
    if not credentials:
        raise NotReadable(f"PDF里没有附带证书凭证（{CREDENTIAL}），请扫描证书上的二维码查验。")
    if len(credentials) > 1 or len(receipts) > 1:
        raise NotReadable("PDF里附有多本证书的凭证，请把附件取出来，逐本查验。")
    try:
        return Given(credential=parse(credentials[0]), receipt=receipts[0].decode() if receipts else "")
    except (Malformed, UnicodeDecodeError) as fault:
        raise NotReadable("PDF附带的证书凭证读不懂。") from fault


def _in_picture(content: bytes) -> str:
    try:
        import zxingcpp
        from PIL import Image
    except ImportError as fault:
        raise NotReadable("没有安装识别图片的程序，请改为输入二维码的文字。") from fault
    try:
        found = zxingcpp.read_barcodes(Image.open(io.BytesIO(content)))
    except Exception as fault:
        raise NotReadable("图片打不开。") from fault
    texts = {one.text for one in found if "#" in one.text}
    if len(texts) != 1:
        raise NotReadable("图片里没有看到证书的二维码，或不止一个。")
    return str(texts.pop())
