"""档案卷: how are the papers of one volume bound behind its cover, spine and catalogue, with running page numbers?"""

import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import typst

from touchstone.print.press import CannotPrint, photo_ending, press

_PAGES = re.compile(r"only has (\d+) page")
_BEYOND = 999_999
MISSING, NOTHING = "缺", "无"


@dataclass(frozen=True)
class Leaf:
    """Something bound in: a PDF with all its pages, or one picture, with the words that stand above a picture."""

    content: bytes
    name: str = ""

    @property
    def is_pdf(self) -> bool:
        return self.content.startswith(b"%PDF-")


@dataclass(frozen=True)
class Paper:
    """One line of the catalogue with what is bound for it. Without leaves, `lacking` says why: it is missing (缺), or, where `mark` is 无, there
    was nothing to make it of."""

    title: str
    number: str = ""
    owner: str = ""
    day: str = ""
    remark: str = ""
    lacking: str = ""
    mark: str = MISSING
    leaves: tuple[Leaf, ...] = ()

    @property
    def is_missing(self) -> bool:
        return bool(self.lacking) and self.mark == MISSING


@dataclass(frozen=True)
class Binding:
    """One volume: every text is written out as it is to be printed. `facts` stand on the cover, `spine` on the spine,
    `closing` and `signatures` on the closing sheet."""

    number: str
    volume: str
    place: str
    body: str
    facts: tuple[tuple[str, str], ...]
    spine: tuple[str, ...]
    closing: tuple[str, ...]
    signatures: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Line:
    """A line of the catalogue as it was bound: the first page and how many; none for what is lacking."""

    paper: Paper
    first: int
    pages: int


@dataclass(frozen=True)
class Bound:
    """A bound volume: the PDF, its catalogue, and how many pages its papers have."""

    pdf: bytes
    lines: tuple[Line, ...]
    pages: int


def pages_of(pdf: bytes) -> int:
    """This function will count the pages of a PDF. :raises CannotPrint: when it cannot be read, or is locked."""
    with tempfile.TemporaryDirectory(prefix="touchstone-count-") as folder:
        (Path(folder) / "one.pdf").write_bytes(pdf)
        (Path(folder) / "count.typ").write_text(f'#image("one.pdf", page: {_BEYOND})', encoding="utf-8")
        try:
            typst.compile(str(Path(folder) / "count.typ"), root=folder, ignore_system_fonts=True)
        except typst.TypstError as fault:
            told = _PAGES.search(" ".join(str(hint) for hint in fault.hints))
            if told:
                return int(told[1])
    raise CannotPrint("PDF读不出来（可能已加密或损坏），没有并入。")


def print_volume(binding: Binding, papers: Sequence[Paper]) -> Bound:
    """This function will bind a volume. Page numbers run from the first paper; cover, spine, catalogue and closing sheet are not counted.

    :raises CannotPrint: when a PDF or a picture cannot be read.
    """
    files: dict[str, bytes] = {}
    leaves, lines, page = [], [], 1
    for paper in papers:
        first = page
        for leaf in paper.leaves:
            count = pages_of(leaf.content) if leaf.is_pdf else 1
            file = f"leaf{len(files)}.{'pdf' if leaf.is_pdf else photo_ending(leaf.content)}"
            files[file] = leaf.content
            leaves.append({"file": file, "picture": not leaf.is_pdf, "first": page, "pages": count, "name": leaf.name})
            page += count
        lines.append(Line(paper, first, page - first))
    payload = {
        "title": f"{binding.number} {binding.volume}",
        "number": binding.number,
        "volume": binding.volume,
        "place": binding.place,
        "body": binding.body,
        "facts": binding.facts,
        "spine": binding.spine,
        "closing": (_counted(lines, page - 1), *binding.closing),
        "signatures": binding.signatures,
        "catalogue": [_catalogued(line) for line in lines],
        "leaves": leaves,
    }
    return Bound(press("volume.typ", payload, photos=files, tagged=False), tuple(lines), page - 1)


def _catalogued(line: Line) -> dict[str, str]:
    paper, last = line.paper, line.first + line.pages - 1
    shown = str(line.first) if line.pages == 1 else f"{line.first}-{last}"
    return {
        "title": paper.title, "number": paper.number, "owner": paper.owner, "day": paper.day,
        "remark": paper.remark, "lacking": paper.lacking, "mark": paper.mark, "pages": shown,
    }  # fmt: skip


def _counted(lines: Sequence[Line], pages: int) -> str:
    lacking = [line.paper.title for line in lines if line.paper.is_missing]
    bound = sum(1 for line in lines if not line.paper.lacking)
    words = f"本卷目录列{len(lines)}件，其中在卷{bound}件，共{pages}页。"
    return words + (f"缺{len(lacking)}件：{'、'.join(lacking)}，原因见卷内目录备注。" if lacking else "没有缺件。")
