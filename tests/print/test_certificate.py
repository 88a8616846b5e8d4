"""证书: does paper show every field, every rare character, and a code that leads to verification?"""

import io

import pytest
import zxingcpp
from PIL import Image

from tests.print.samples import DOTTED, LONG, MARKUP, RARE, certificate, fonts, pages, sizes
from touchstone.print.certificate import certificate_files, picture_certificate, print_certificate, print_certificates
from touchstone.print.glyphs import missing
from touchstone.print.press import CannotPrint


def photo(kind: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (358, 441), "white").save(out, kind)
    return out.getvalue()


@pytest.mark.parametrize("name", [RARE, DOTTED, LONG, MARKUP], ids=["生僻字", "间隔号", "长姓名", "排版符号"])
def test_every_field_can_be_read_back_and_fonts_are_embedded(name: str) -> None:
    pdf = print_certificate(certificate(name=name, trade="互联网信息审核员"))
    (text,) = pages(pdf)
    for words in (
        name, "职业技能等级证书", "居民身份证", "310199199001010017", "电工", "互联网信息审核员", "三级/高级工",
        "Y000031000001243000001", "上海某某电气有限公司", "盖章", "2024年6月28日",
    ):  # fmt: skip
        assert words.replace(" ", "") in text
    assert fonts(pdf)
    assert all(fonts(pdf).values())
    assert sizes(pdf) == {(210, 297)}


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:8000/v/Y000031000001243000001", "https://example.org/v#" + "aB3-_" * 60], ids=["短地址", "签名地址"]
)
def test_the_code_leads_to_the_address(url: str) -> None:
    picture = Image.open(io.BytesIO(picture_certificate(certificate(verify_url=url), ppi=150)))
    assert [code.text for code in zxingcpp.read_barcodes(picture)] == [url]


def test_the_code_is_still_read_in_black_and_white() -> None:
    picture = Image.open(io.BytesIO(picture_certificate(certificate(), ppi=150))).convert("1")
    assert [code.text for code in zxingcpp.read_barcodes(picture.convert("L"))] == [certificate().verify_url]


def test_the_same_record_gives_the_same_bytes() -> None:
    assert print_certificate(certificate()) == print_certificate(certificate())
    assert print_certificate(certificate()) != print_certificate(certificate(name="周芳"))


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_photo_is_printed(kind: str) -> None:
    assert len(pages(print_certificate(certificate(photo=photo(kind))))) == 1


def test_a_broken_photo_is_a_sentence() -> None:
    with pytest.raises(CannotPrint) as refusal:
        print_certificate(certificate(photo=b"\xff\xd8\xffbroken"))
    assert "照片读不出来" in refusal.value.sentence


def test_a_batch_keeps_its_order_in_one_file_and_in_many() -> None:
    batch = [certificate(name=f"考生{n}", number=f"Y00003100000124300000{n}") for n in range(3)]
    texts = pages(print_certificates(batch))
    assert [f"考生{n}" in text for n, text in enumerate(texts)] == [True] * 3
    assert [name for name, _ in certificate_files(batch)] == [f"{one.number}.pdf" for one in batch]


def test_a_character_without_a_glyph_is_refused_not_printed_as_a_box() -> None:
    assert missing("王\U0003134f") == ["\U0003134f"]
    with pytest.raises(CannotPrint) as refusal:
        print_certificate(certificate(name="王\U0003134f"))
    assert "U+3134F" in refusal.value.sentence
    assert refusal.value.sentence.endswith("。")


def test_a_void_copy_is_marked() -> None:
    assert "样张" in pages(print_certificate(certificate(mark="样张")))[0]
