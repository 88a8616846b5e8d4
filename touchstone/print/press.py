"""印制: how does a payload become PDF bytes?

What people wrote reaches typst only as strings inside JSON, never as source: `#`, `*` and `[` in a name are letters.
"""

import json
import re
import shutil
import tempfile
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst

from touchstone.print.glyphs import STAND_IN, font_folder, missing

_SOURCES = Path(__file__).parent / "sources"
_AS_IT_IS = {"qr", "attached"}
"""What is drawn or attached and not set as text."""
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ud800-\udfff]")


class CannotPrint(Exception):
    """A document that must not be printed as it is. `sentence` says why and what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@lru_cache(maxsize=1)
def _fonts() -> Any:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(font_folder())])


def press(
    source: str,
    payload: Mapping[str, Any],
    *,
    strict: bool = False,
    photos: Mapping[str, bytes] | None = None,
    tagged: bool = True,
) -> bytes:
    """This function will set one document as PDF. `strict`: refuse characters that the fonts lack; else print 〓 and a foot note.

    `photos` are JPEG or PNG by file name, for sources that show them. `tagged` adds the structure that screen readers use; long
    lists leave it out, because it makes them twenty times larger.

    :raises CannotPrint: with a sentence.
    """
    return _set(source, payload, strict, photos, {"format": "pdf", "pdf_tags": tagged})


def picture(source: str, payload: Mapping[str, Any], *, photos: Mapping[str, bytes] | None = None, ppi: float = 110) -> bytes:
    """This function will set a document of one page as PNG, for showing on a page. :raises CannotPrint: with a sentence."""
    return _set(source, payload, True, photos, {"format": "png", "ppi": ppi})


def _set(source: str, payload: Mapping[str, Any], strict: bool, photos: Mapping[str, bytes] | None, options: dict[str, Any]) -> bytes:
    lacking: list[str] = []
    shown = _printable(dict(payload), strict, lacking)
    shown["lacking"] = sorted(set(lacking))
    if not photos:
        return _compile(_SOURCES, source, shown, options)
    with tempfile.TemporaryDirectory(prefix="touchstone-print-") as folder:
        root = Path(folder)
        for typ in _SOURCES.glob("*.typ"):
            shutil.copy(typ, root)
        for name, photo in photos.items():
            (root / name).write_bytes(photo)
        return _compile(root, source, shown, options)


def photo_ending(photo: bytes) -> str:
    """This function will give the file ending of a photo from its first bytes."""
    return "png" if photo.startswith(b"\x89PNG") else "jpg"


def _compile(root: Path, source: str, payload: Mapping[str, Any], options: dict[str, Any]) -> bytes:
    try:
        paper = typst.compile(
            str(root / source),
            root=str(root),
            font_paths=_fonts(),
            ignore_system_fonts=True,
            sys_inputs={"payload": json.dumps(payload, ensure_ascii=False)},
            **options,
        )
    except typst.TypstError as fault:
        if "image" in str(fault):
            raise CannotPrint("照片读不出来，无法印制。请重新上传JPG或PNG照片后再打印。") from fault
        raise
    if not isinstance(paper, bytes):
        raise TypeError("typst gave no single document")
    return paper


def _printable(value: Any, strict: bool, lacking: list[str]) -> Any:
    if isinstance(value, str):
        return _text(value, strict, lacking)
    if isinstance(value, Mapping):
        return {key: value[key] if key in _AS_IT_IS else _printable(value[key], strict, lacking) for key in value}
    if isinstance(value, list | tuple):
        return [_printable(item, strict, lacking) for item in value]
    return value


def _text(text: str, strict: bool, lacking: list[str]) -> str:
    tidy = _CONTROL.sub("", text)
    unknown = missing(tidy)
    if unknown and strict:
        codes = "、".join(f"“{letter}”（U+{ord(letter):04X}）" for letter in unknown)
        raise CannotPrint(f"字库里没有{codes}，印出来会缺字，因此没有印制。请核对是否录错；确为证件用字的，请报市职鉴中心补字后再印。")
    for letter in unknown:
        tidy = tidy.replace(letter, STAND_IN)
    lacking += [f"U+{ord(letter):04X}" for letter in unknown]
    return tidy
