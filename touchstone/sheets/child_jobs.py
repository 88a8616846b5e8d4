"""隔离进程: what does the limited process do?

Started by `child`. Reads one order from standard input, answers in lines of JSON. The limits are set before any parser is
imported.
"""

import json
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

_ROWS_A_LINE = 200


def main() -> None:
    """This function will carry out the order and end with `finished` or `refused`."""
    order = json.loads(sys.stdin.buffer.read())
    _limit(*order["limits"])
    from touchstone.sheets.archive import check_workbook
    from touchstone.sheets.refusals import FileRefused

    try:
        check_workbook(Path(order["path"]))
        for answer in JOBS[order["job"]](order):
            _say(answer)
        _say({"finished": True})
    except FileRefused as refusal:
        _say({"refused": type(refusal).__name__, "sentence": refusal.sentence})


def _limit(memory_bytes: int, cpu_seconds: int) -> None:
    try:
        import resource
    except ImportError:  # not on Windows; wall time still holds
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _say(answer: dict[str, Any]) -> None:
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
    sys.stdout.buffer.flush()


def _read(order: dict[str, Any]) -> Iterator[dict[str, Any]]:
    from touchstone.sheets.reading import read_workbook
    from touchstone.sheets.shapes import Shape

    head, rows = read_workbook(Path(order["path"]), Shape.from_json(order["shape"]))
    yield {"sheet": head.sheet, "marks": head.marks, "notes": head.notes, "rows_at_most": head.rows_at_most}
    while chunk := list(islice(rows, _ROWS_A_LINE)):
        yield {"rows": [[row.number, row.values, [[f.column, f.sentence] for f in row.faults]] for row in chunk]}


def _read_sheets(order: dict[str, Any]) -> Iterator[dict[str, Any]]:
    from touchstone.sheets.reading import read_workbook
    from touchstone.sheets.refusals import NoRows
    from touchstone.sheets.shapes import Shape

    parts = [read_workbook(Path(order["path"]), Shape.from_json(shape)) for shape in order["shapes"]]
    yield {"rows_at_most": sum(head.rows_at_most for head, _ in parts)}
    for place, (_, rows) in enumerate(parts):
        try:
            while chunk := list(islice(rows, _ROWS_A_LINE)):
                yield {"place": place, "rows": [[row.number, row.values, [[f.column, f.sentence] for f in row.faults]] for row in chunk]}
        except NoRows:
            continue


def _check(order: dict[str, Any]) -> Iterator[dict[str, Any]]:
    from touchstone.sheets.reading import read_workbook
    from touchstone.sheets.shapes import Shape

    for shape in order["shapes"]:
        head, _ = read_workbook(Path(order["path"]), Shape.from_json(shape))
        yield {"sheet": head.sheet}


def _return(order: dict[str, Any]) -> Iterator[dict[str, Any]]:
    from touchstone.sheets.returning import add_results
    from touchstone.sheets.shapes import Shape

    parts = [(Shape.from_json(shape), {int(number): sentence for number, sentence in results.items()}) for shape, results in order["parts"]]
    add_results(Path(order["path"]), Path(order["target"]), parts)
    yield {"written": sum(len(results) for _, results in parts)}


JOBS = {"read": _read, "read_sheets": _read_sheets, "check": _check, "return": _return}

if __name__ == "__main__":
    main()
