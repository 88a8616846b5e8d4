"""收发: which format is this file, and who reads and writes it? (Workbooks are read by `sheets`; here their rows become questions.)"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from touchstone.measurement.interchange.delivery import Delivery, Format, Incoming, Left, Loss, Outgoing, Refused, Shipment, attempt, stem_lost
from touchstone.measurement.interchange.elements import parse
from touchstone.measurement.interchange.gift.reading import read_gift
from touchstone.measurement.interchange.gift.writing import write_gift
from touchstone.measurement.interchange.moodle.reading import read_moodle
from touchstone.measurement.interchange.moodle.writing import write_moodle
from touchstone.measurement.interchange.qti.packages import read_package, read_single
from touchstone.measurement.interchange.qti.shipping import write_package
from touchstone.measurement.interchange.table import from_row, to_row

ZIP = b"PK\x03\x04"


def is_workbook(content: bytes, name: str) -> bool:
    """This function will say whether a file is a workbook, for `sheets` to read."""
    return content.startswith(ZIP) and name.lower().endswith(".xlsx")


def read_file(content: bytes, name: str) -> Delivery:
    """This function will read a file of any format but a workbook; what it is, its first bytes say, not its name.

    :raises Refused: for what cannot be read at all.
    """
    if not content.strip():
        raise Refused(0, "文件", "是空的。")
    if content.startswith(ZIP):
        return read_package(content)
    bare = content.lstrip(b"\xef\xbb\xbf \t\r\n")
    if bare.startswith(b"<") or content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return read_moodle(content) if parse(content).name == "quiz" else read_single(content, name)
    if b"{" in content or b"//" in content or b"::" in content:
        return read_gift(content)
    raise Refused(0, "文件", "不是QTI、GIFT、Moodle XML或试题导入表中的任何一种，请检查选错了没有。")


def read_table(rows: Iterable[tuple[int, Mapping[str, str], str]]) -> Delivery:
    """This function will read the rows of a workbook: (number, values, what is wrong with its cells)."""
    found = []
    for number, values, fault in rows:
        columns = {header: value.strip() for header, value in values.items() if value.strip()}
        try:
            if fault:
                raise Refused(number, "单元格", fault)
            question, losses = attempt(number, from_row, values, number)
        except Refused as refusal:
            found.append(Incoming("", number, "", refusal=refusal.loss, columns=columns))
            continue
        found.append(Incoming("", number, question.title, question, losses, columns=columns))
    return Delivery(Format.SHEET, tuple(found))


def write_file(questions: Sequence[Outgoing], form: Format, files: Mapping[str, bytes]) -> Shipment:
    """This function will write questions in a format other than a workbook."""
    if form is Format.GIFT:
        return _read_back(questions, write_gift)
    if form is Format.MOODLE:
        return _read_back(questions, lambda some: write_moodle(some, files))
    return write_package(questions, form, files)


def _read_back(questions: Sequence[Outgoing], write: Callable[[Sequence[Outgoing]], Shipment]) -> Shipment:
    """Write only what reads as it was written; a question that does not is left out with what its reader says."""
    faults = {place: fault for place, one in enumerate(questions) if (fault := _fault(one, write)) is not None}
    shipped = write([one for place, one in enumerate(questions) if place not in faults])
    rest = iter(shipped.left)
    left = [Left(one.identifier, (faults[place],), refused=True) if place in faults else next(rest) for place, one in enumerate(questions)]
    return replace(shipped, left=tuple(left))


def _fault(one: Outgoing, write: Callable[[Sequence[Outgoing]], Shipment]) -> Loss | None:
    alone = write([one])
    if alone.left[0].refused:
        return None  # said by the writer itself
    try:
        incoming = read_file(alone.content, "").incoming
    except Refused as refusal:
        return Loss(0, one.question.kind.label, f"写出的文件读不回来：{refusal.loss.what}，{refusal.loss.why}")
    if len(incoming) != 1:
        return Loss(0, one.question.kind.label, f"写出后会被读成{len(incoming)}道题。")
    found = incoming[0]
    if found.refusal is not None:
        return Loss(0, one.question.kind.label, f"这种格式写不下这道题：{found.refusal.what}，{found.refusal.why}")
    if stem_lost(one.question, found.taken):
        return Loss(0, one.question.kind.label, "题干的排版写不进这种格式。")
    return None


def table_rows(questions: Sequence[Outgoing]) -> tuple[list[dict[str, str]], tuple[Left, ...]]:
    """This function will write questions as rows of a workbook, with what each lost."""
    rows: list[dict[str, str]] = []
    left: list[Left] = []
    for one in questions:
        try:
            values, losses = to_row(one.question)
        except Refused as refusal:
            left.append(Left(one.identifier, (refusal.loss,), refused=True))
            continue
        rows.append(values)
        left.append(Left(one.identifier, losses))
    return rows, tuple(left)
