"""证书清单: which certificate numbers stand in a workbook that somebody sent?"""

import tempfile
from pathlib import Path

from touchstone.files.operations import check as check_file
from touchstone.kernel.law import Refusal
from touchstone.policy.certificates.revocation import LAW
from touchstone.sheets.child import read_rows
from touchstone.sheets.cleaning import clean_code
from touchstone.sheets.refusals import FileRefused
from touchstone.sheets.shapes import Shape

NUMBER = "证书编号"
_SHAPE = Shape("证书清单", "证书", (NUMBER,))


def numbers_of_workbook(name: str, content: bytes) -> list[str]:
    """This function will read the column 证书编号 of any workbook, in order, each once. :raises Refusal: for what is none, or has no such column."""
    check_file(name, content, ("xlsx",))
    with tempfile.TemporaryDirectory(prefix="touchstone-numbers-") as folder:
        path = Path(folder) / "sent.xlsx"
        path.write_bytes(content)
        try:
            with read_rows(path, _SHAPE) as reading:
                found = [clean_code(row.values.get(NUMBER, "")).text for row in reading.rows]
        except FileRefused as fault:
            raise Refusal(fault.sentence, LAW, f"工作簿中要有一列“{NUMBER}”。") from fault
    return [number for number in dict.fromkeys(found) if number]
