"""内容包（QTI）: which items lie in a package, and is the package safe to open?

A package is a zip with `imsmanifest.xml`. Sizes, counts, ratios and names are checked before and while it is opened; nothing is written to disk.
"""

import io
import stat
import zipfile
import zlib
from collections.abc import Callable, Mapping

from touchstone.measurement.interchange.delivery import Delivery, Format, Incoming, Loss, Refused, attempt
from touchstone.measurement.interchange.elements import Element, parse
from touchstone.measurement.interchange.markup import media_path
from touchstone.measurement.interchange.qti.item import read_item

MOST_FILES = 5_000
MOST_BYTES = 200 * 1024 * 1024
MOST_ONE = 50 * 1024 * 1024
MOST_RATIO = 200
RATIO_COUNTS_FROM = 1024 * 1024
_STEP = 64 * 1024
_ITEMS = ("imsqti_item_xmlv2p0", "imsqti_item_xmlv2p1", "imsqti_item_xmlv2p2", "imsqti_item_xmlv3p0", "imsqti_apipitem_xmlv2p1")


class Package:
    """A zip whose members are read one by one within the limits. :raises Refused: when it is not safe or not whole."""

    def __init__(self, content: bytes) -> None:
        try:
            self.zip = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
            raise Refused(0, "压缩包", "打不开，请检查文件是否完整。") from None
        members = self.zip.infolist()
        if len(members) > MOST_FILES:
            raise Refused(0, "压缩包", f"有{len(members)}个文件，超过{MOST_FILES}个的上限。")
        self.members: dict[str, zipfile.ZipInfo] = {}
        for one in members:
            if one.is_dir():
                continue
            name = one.filename.replace("\\", "/")
            if name in self.members or not _plain_name(name):
                raise Refused(0, f"压缩包里的“{name[:80]}”", "名称重复，或指向包外，为安全起见不予接收。")
            if one.flag_bits & 0x1:
                raise Refused(0, f"压缩包里的“{name[:80]}”", "加了密，无法读取。")
            if stat.S_ISLNK(one.external_attr >> 16):
                raise Refused(0, f"压缩包里的“{name[:80]}”", "是指向别处的链接，为安全起见不予接收。")
            self._check(name, one.file_size, one.compress_size)
            self.members[name] = one
        if sum(one.file_size for one in self.members.values()) > MOST_BYTES:
            raise Refused(0, "压缩包", f"解开后超过{MOST_BYTES // 1048576}MB，请分成几份。")
        self.read_bytes = 0
        self._known: dict[str, bytes] = {}

    def _check(self, name: str, inflated: int, packed: int) -> None:
        if inflated > MOST_ONE or (inflated > RATIO_COUNTS_FROM and inflated > MOST_RATIO * max(packed, 1)):
            raise Refused(0, f"压缩包里的“{name[:80]}”", f"解开后过大，或压缩倍数超过{MOST_RATIO}倍，不像正常的题目，不予读取。")

    def read(self, name: str) -> bytes:
        """This method will give one file, counting what really comes out of the zip; one that many questions show comes out, and counts, once."""
        if name in self._known:
            return self._known[name]
        one = self.members[name]
        parts: list[bytes] = []
        size = 0
        try:
            with self.zip.open(one) as stream:
                while part := stream.read(_STEP):
                    size += len(part)
                    self.read_bytes += len(part)
                    if size > one.file_size or self.read_bytes > MOST_BYTES:
                        raise Refused(0, f"压缩包里的“{name[:80]}”", "比它声明的大，不予读取。")
                    parts.append(part)
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError):
            raise Refused(0, f"压缩包里的“{name[:80]}”", "已经损坏，解不开。") from None
        self._known[name] = b"".join(parts)
        return self._known[name]


def _plain_name(name: str) -> bool:
    return bool(name) and not name.startswith("/") and ".." not in name.split("/") and ":" not in name and "\x00" not in name


def read_package(content: bytes) -> Delivery:
    """This function will read every item of a content package. :raises Refused: for a package that cannot be taken as a whole."""
    package = Package(content)
    manifest_name = next((name for name in package.members if name.rsplit("/", 1)[-1] == "imsmanifest.xml" and name.count("/") <= 1), None)
    if manifest_name is None:
        raise Refused(0, "内容包", "压缩包里没有imsmanifest.xml，不知道哪些文件是题目。")
    base = manifest_name.rpartition("/")[0]
    manifest = parse(package.read(manifest_name))
    incoming: list[Incoming] = []
    losses: list[Loss] = []
    files: dict[str, bytes] = {}
    version = Format.QTI21
    for resource in (one for one in manifest.walk() if one.name == "resource"):
        kind = resource.get("type")
        if "test" in kind and "qti" in kind:
            losses.append(Loss(resource.line, f"试卷“{resource.get('href')[:80]}”", "只读题目，不读试卷的编排"))
            continue
        if kind not in _ITEMS:
            continue
        version = Format.QTI30 if kind.endswith("v3p0") else Format.QTI22 if kind.endswith("v2p2") else version
        path = media_path(base, resource.get("href"))
        if path is None or path not in package.members:
            refusal = Loss(resource.line, f"题目“{resource.get('href')[:80]}”", "清单里有，包里没有这个文件。")
            incoming.append(Incoming(resource.get("href"), resource.line, resource.get("identifier"), refusal=refusal))
            continue
        incoming.append(_one(package, path, files))
    if not incoming:
        raise Refused(0, "内容包", "清单里没有题目。")
    return Delivery(version, tuple(incoming), files, tuple(losses))


def _one(package: Package, path: str, files: dict[str, bytes]) -> Incoming:
    used: dict[str, bytes] = {}

    def source(address: str) -> str | None:
        name = media_path(path.rpartition("/")[0], address)
        if name is None or name not in package.members:
            return None
        used[name] = package.read(name)
        return name

    try:
        found = one_item(parse(package.read(path)), path, source, used)
    except Refused as refusal:
        return Incoming(path, refusal.loss.line, "", refusal=refusal.loss)
    if found.question is not None:
        files |= {one.name: used[one.name] for one in found.question.media}
    return found


def one_item(root: Element, place: str, source: Callable[[str], str | None], files: Mapping[str, bytes]) -> Incoming:
    """This function will read one item's document. What cannot be taken comes back as a refusal, not as an exception."""
    if root.name != "assessmentItem":
        what = {"assessmentTest": "这是试卷（assessmentTest），不是题目。", "assessmentStimulus": "这是共用材料，不是题目。"}
        refusal = Loss(root.line, f"<{root.name}>", what.get(root.name, "不是QTI的题目（assessmentItem）。"))
        return Incoming(place, root.line, root.get("identifier"), refusal=refusal)
    try:
        question, losses = attempt(root.line, read_item, root, source, files)
    except Refused as refusal:
        return Incoming(place, root.line, root.get("identifier"), refusal=refusal.loss)
    return Incoming(place, root.line, root.get("identifier"), question, tuple(losses))


def read_single(content: bytes, place: str) -> Delivery:
    """This function will read one item that was sent alone; its pictures did not come with it. :raises Refused: for what is not XML."""
    root = parse(content)
    version = Format.QTI21
    for value in (*root.attributes.values(), content[:4000].decode("utf-8", "replace")):
        if "v3p0" in value:
            version = Format.QTI30
        elif "v2p2" in value and version is Format.QTI21:
            version = Format.QTI22
    return Delivery(version, (one_item(root, place, lambda address: None, {}),))
