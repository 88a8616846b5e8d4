"""收工作簿: may this workbook be opened at all, and where does it lie while it is looked at?"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from touchstone.files.operations import LARGEST
from touchstone.kernel.law import Clause, Refusal
from touchstone.sheets.archive import check_workbook
from touchstone.sheets.refusals import FileRefused


class WorkbookRefused(Refusal):
    """The workbook cannot be taken; nothing of it was kept."""


@contextmanager
def workbook_at_hand(name: str, content: bytes, clause: Clause) -> Iterator[Path]:
    """This context will check size, ending and archive of a workbook that was sent in and give a path under which `sheets` can read it.

    :raises WorkbookRefused: with the sentence of what is wrong, also for whatever `sheets` refuses inside.
    """
    if len(content) > LARGEST:
        sentence = f"“{name}”有{len(content) / 1048576:.0f}MB，超过{LARGEST // 1048576}MB的上限。"
        raise WorkbookRefused(sentence, clause, "请删去图片和多余的工作表，或分成几份上传。")
    if not name.lower().endswith(".xlsx"):
        raise WorkbookRefused(f"不能接收“{name}”。", clause, "请上传本页下载的模板（.xlsx）；旧格式请另存为.xlsx。")
    try:
        check_workbook(content)
        with tempfile.TemporaryDirectory(prefix="workbook-") as folder:
            path = Path(folder) / "workbook.xlsx"
            path.write_bytes(content)
            yield path
    except FileRefused as refused:
        raise WorkbookRefused(refused.sentence, clause, "没有保存任何内容。") from refused
