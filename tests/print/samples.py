"""样例: records that the tests of `print` share, and how a PDF is read back."""

import io
import re
from datetime import date

import pypdf

from touchstone.print.certificate import Certificate
from touchstone.print.sign_in import Room, Seat

RARE = "王璟㛃𬍛𫖯"
DOTTED = "阿卜杜拉·买买提"
LONG = "迪丽热巴·迪力木拉提·阿布都热合曼"
MARKUP = '#panic("x") *甲* _乙_ [丙] $丁$ \\ <戊> @己 // 庚'
NAMES = (RARE, DOTTED, LONG, "林小明", "周芳")
ROOM = Room(
    "上海某某电气有限公司", "沪技认〔2024〕第0001号", "电工", "三级/高级工", "理论知识考试", "浦东考点", "第01考场", "2024年6月15日 09:00—10:30"
)


def certificate(**changes) -> Certificate:
    values = {
        "name": RARE, "id_kind": "居民身份证", "id_number": "310199199001010017", "occupation": "电工", "trade": "",
        "level": "三级/高级工", "number": "Y000031000001243000001", "body": "上海某某电气有限公司", "issued_on": date(2024, 6, 28),
        "verify_url": "http://127.0.0.1:8000/v/Y000031000001243000001", **changes,
    }  # fmt: skip
    return Certificate(**values)


def seats(count: int) -> list[Seat]:
    return [Seat(f"{n + 1:02d}", f"310124000{n:04d}", NAMES[n % 5], "310***********0017", n // 6 + 1, n % 6 + 1) for n in range(count)]


def pages(pdf: bytes) -> list[str]:
    """The text of every page without blanks."""
    return [re.sub(r"\s", "", page.extract_text()) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def lines(pdf: bytes) -> list[str]:
    """The lines of all pages as they stand on paper."""
    return [line for page in pypdf.PdfReader(io.BytesIO(pdf)).pages for line in page.extract_text().splitlines()]


def fonts(pdf: bytes) -> dict[str, bool]:
    """Every font of the document → is it embedded?"""
    found = {}
    for page in pypdf.PdfReader(io.BytesIO(pdf)).pages:
        for font in page["/Resources"].get("/Font", {}).values():
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            descriptor = inner["/FontDescriptor"].get_object()
            found[str(inner["/BaseFont"])] = any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))
    return found


def sizes(pdf: bytes) -> set[tuple[int, int]]:
    """Paper sizes in millimetres."""
    boxes = [page.mediabox for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]
    return {(round(float(box.width) / 72 * 25.4), round(float(box.height) / 72 * 25.4)) for box in boxes}
