"""试验记录: what has been done so far, written down at once, so that a campaign that was stopped goes on where it was."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

from touchstone.installation.place import state_dir


class Record:
    """One campaign's file: a line of JSON for the start, each step and each trial's outcome, and the end."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.lines: list[dict[str, Any]] = []
        if path.exists():
            # A line that was being written when the power went is not a line.
            for text in path.read_text(encoding="utf-8").splitlines():
                try:
                    self.lines.append(json.loads(text))
                except ValueError:
                    continue

    @property
    def ended(self) -> bool:
        return any("ended" in line for line in self.lines)

    @property
    def begun_on(self) -> date:
        return date.fromisoformat(self.path.stem)

    def outcomes(self) -> dict[str, dict[str, Any]]:
        """This method will give each trial's outcome, by its key; the last one where there are several."""
        return {line["trial"]: line["outcome"] for line in self.lines if "outcome" in line}

    def write(self, line: dict[str, Any]) -> None:
        """This method will append a line and see it on the disk."""
        import os

        line = {"at": datetime.now().astimezone().isoformat(timespec="seconds"), **line}
        self.lines.append(line)
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
            file.flush()
            os.fsync(file.fileno())


def current(*, again: bool) -> Record:
    """This function will give the record to write to: the latest one while it has not ended, else today's, empty when `again`."""
    folder = state_dir() / "campaign"
    folder.mkdir(parents=True, exist_ok=True)
    today = folder / f"{datetime.now().astimezone():%Y-%m-%d}.jsonl"
    if again:
        today.unlink(missing_ok=True)
        return Record(today)
    kept = sorted(folder.glob("????-??-??.jsonl"))
    if kept and not (latest := Record(kept[-1])).ended:
        return latest
    return Record(today)
