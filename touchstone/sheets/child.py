"""隔离读表: how is a stranger's file parsed without endangering the process that asks?

Every parse runs in a process of its own with limits on memory, CPU time and wall time. Rows come back as lines of JSON; a
child that dies becomes a sentence.
"""

import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import touchstone
from touchstone.sheets.refusals import KINDS, FileRefused, ReadingStopped
from touchstone.sheets.shapes import CellSentence, Head, Row, Shape

_ROOT = Path(touchstone.__file__).resolve().parent.parent
_SMALLER = "请删去多余的工作表、图片和空白区域的格式，或分成几份，再上传。"


@dataclass(frozen=True)
class Limits:
    """What one child may use. `wall_seconds` is how long we wait for its next answer, not how long we take with it."""

    memory_bytes: int = 1024 * 1024 * 1024
    cpu_seconds: int = 60
    wall_seconds: float = 90.0


DEFAULT_LIMITS = Limits()


@dataclass(frozen=True)
class Reading:
    """A workbook being read: its head at once, its rows as they come. Consume `rows` inside the `with`."""

    head: Head
    rows: Iterator[Row]


@contextmanager
def read_rows(path: Path, shape: Shape, limits: Limits = DEFAULT_LIMITS) -> Iterator[Reading]:
    """This function will read a workbook in a child process and stream its rows.

    :raises FileRefused: at once for version, layout and archive; while iterating when the child is stopped.
    """
    answers = run("read", {"path": str(path), "shape": shape.as_json()}, limits)
    try:
        head = next(answers, None)
        if head is None:
            raise ReadingStopped(f"文件读到一半就停了，没有保存任何内容。{_SMALLER}")
        yield Reading(Head(head["sheet"], head["marks"], tuple(head["notes"]), head["rows_at_most"]), _rows(answers))
    finally:
        answers.close()


def read_sheets(path: Path, shapes: Sequence[Shape], limits: Limits = DEFAULT_LIMITS) -> Iterator[int | tuple[Shape, Row]]:
    """This function will read several sheets of one workbook in one child: first the number of rows at most, then each row with its shape; a sheet
    without rows gives none. :raises FileRefused: as `read_rows`."""
    answers = run("read_sheets", {"path": str(path), "shapes": [shape.as_json() for shape in shapes]}, limits)
    try:
        for answer in answers:
            if "rows" not in answer:
                yield int(answer["rows_at_most"])
                continue
            for row in _rows(iter([answer])):
                yield shapes[answer["place"]], row
    finally:
        answers.close()


def check_sheets(path: Path, shapes: Sequence[Shape], limits: Limits = DEFAULT_LIMITS) -> None:
    """This function will pass a workbook whose version, and the layout of every sheet named, can be read. :raises FileRefused: for any other."""
    for _ in run("check", {"path": str(path), "shapes": [shape.as_json() for shape in shapes]}, limits):
        pass


def _rows(answers: Iterator[dict[str, Any]]) -> Iterator[Row]:
    for answer in answers:
        for number, values, faults in answer["rows"]:
            yield Row(number, values, tuple(CellSentence(column, sentence) for column, sentence in faults))


def run(job: str, arguments: dict[str, Any], limits: Limits = DEFAULT_LIMITS) -> Generator[dict[str, Any], None, None]:
    """This function will run one job of `child_jobs` in a limited process and yield what it answers.

    :raises FileRefused: what the child refused, or `ReadingStopped` when it was stopped.
    """
    with tempfile.TemporaryFile() as complaints:
        process = subprocess.Popen(
            [sys.executable, "-X", "utf8", "-m", "touchstone.sheets.child_jobs"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=complaints,
            env={"PATH": os.environ.get("PATH", ""), "PYTHONPATH": str(_ROOT), "LANG": "C.UTF-8"},
        )
        overdue = threading.Event()
        order = {"job": job, "limits": [limits.memory_bytes, limits.cpu_seconds], **arguments}
        try:
            yield from _answers(process, order, limits.wall_seconds, overdue)
            process.wait()
            if overdue.is_set():
                raise ReadingStopped(f"读取用时超过{limits.wall_seconds:.0f}秒，已经停止，没有保存任何内容。{_SMALLER}")
            raise ReadingStopped(f"读取文件所需的内存或时间超过上限，已经停止，没有保存任何内容。{_SMALLER}")
        except _Finished:
            return
        finally:
            process.kill()
            process.wait()
            if process.stdout is not None:
                process.stdout.close()


class _Finished(Exception):
    """The child said that it had come to its end."""


def _answers(process: "subprocess.Popen[bytes]", order: dict[str, Any], wall_seconds: float, overdue: threading.Event) -> Iterator[dict[str, Any]]:
    if process.stdin is None or process.stdout is None:
        raise ReadingStopped(f"读取程序没有启动，没有保存任何内容。{_SMALLER}")
    try:
        with process.stdin as stdin:
            stdin.write(json.dumps(order).encode())
    except BrokenPipeError:
        return
    while True:
        timer = threading.Timer(wall_seconds, _stop, (process, overdue))
        timer.daemon = True
        timer.start()
        try:
            line = process.stdout.readline()
        finally:
            timer.cancel()
        try:
            answer = json.loads(line)
        except ValueError:  # nothing, or half a line: the child was stopped
            return
        if "refused" in answer:
            raise KINDS.get(answer["refused"], FileRefused)(answer["sentence"])
        if "finished" in answer:
            raise _Finished
        yield answer


def _stop(process: "subprocess.Popen[bytes]", overdue: threading.Event) -> None:
    overdue.set()
    process.kill()


def return_workbook(path: Path, target: Path, shape: Shape, results: dict[int, str], limits: Limits = DEFAULT_LIMITS) -> None:
    """This function will write the person's own workbook to `target` with a result per row (row number → sentence, "" passed).

    :raises FileRefused: when the file cannot be taken or the child is stopped.
    """
    return_sheets(path, target, [(shape, results)], limits)


def return_sheets(path: Path, target: Path, parts: Sequence[tuple[Shape, dict[int, str]]], limits: Limits = DEFAULT_LIMITS) -> None:
    """This function will do what `return_workbook` does for several sheets of one workbook. :raises FileRefused: as that."""
    order = {"path": str(path), "target": str(target), "parts": [(shape.as_json(), results) for shape, results in parts]}
    for _ in run("return", order, limits):
        pass
