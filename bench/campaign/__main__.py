"""全量试验: run every trial in full, go on where a stopped run was, and write a dated report.

`python -m bench.campaign [--again] [--small] [trial …]`: what each trial came to is kept at once under the data folder, so that a run
that was stopped goes on with the trials that are missing; `--again` starts anew.
"""

import json
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from bench.campaign.trials import TRIALS, Trial
from bench.place import machine
from touchstone.installation.place import ROOT, state_dir

REPORT = ROOT / "docs" / "campaign.md"
LONGEST = 1800  # seconds that one trial may take


def main() -> int:
    small, again = "--small" in sys.argv, "--again" in sys.argv
    named = [word for word in sys.argv[1:] if not word.startswith("-")]
    trials = [one for one in TRIALS if not named or one.key in named]
    kept = state_dir() / "campaign" / f"{datetime.now().astimezone():%Y-%m-%d}{'-small' if small else ''}.jsonl"
    kept.parent.mkdir(parents=True, exist_ok=True)
    if again:
        kept.unlink(missing_ok=True)
    done = _read(kept)
    for one in trials:
        if one.key in done:
            print(f"== {one.title}：本日已做过")
            continue
        done[one.key] = _run(one, small)
        with kept.open("a", encoding="utf-8") as lines:
            lines.write(json.dumps({"trial": one.key, "outcome": done[one.key]}, ensure_ascii=False) + "\n")
    if not named and not small:
        REPORT.write_text("\n".join(_report(done)) + "\n", encoding="utf-8")
        print(f"已写入 {REPORT.relative_to(ROOT)}")
    return 0 if all(_clean(done[one.key]) for one in trials) else 1


def _read(kept: Path) -> dict[str, dict[str, Any]]:
    lines = kept.read_text(encoding="utf-8").splitlines() if kept.exists() else []
    return {line["trial"]: line["outcome"] for line in map(json.loads, lines)}


def _run(one: Trial, small: bool) -> dict[str, Any]:
    print(f"== {one.title}", flush=True)
    command = [sys.executable, "-W", "ignore", "-m", "bench.campaign.trial", *(["--small"] if small else []), one.key]
    outcome: dict[str, Any] | None = None
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            said = json.loads(line)
            outcome = said.get("outcome", outcome)
            print(f"   {said['step']}" if "step" in said else f"   {said['outcome']['seconds']:.0f}秒", flush=True)
        process.wait(LONGEST)
    return outcome or {"runs": 0, "acknowledged": 0, "lost": 0, "doubled": 0, "faults": ["试验没有做完"], "words": [], "seconds": 0.0}


def _clean(outcome: dict[str, Any]) -> bool:
    return not (outcome["lost"] or outcome["doubled"] or outcome["faults"])


def _report(done: dict[str, dict[str, Any]]) -> list[str]:
    lines = ["# 故障与负载试验", "", "由 `make campaign` 生成。", "", f"- 日期：{datetime.now().astimezone():%Y-%m-%d}", f"- 机器：{machine()}", ""]
    lines += ["|  | 次数 | 已告知完成 | 丢失 | 重复 | 用时 | 结论 |", "|---|---|---|---|---|---|---|"]
    for one in TRIALS:
        found = done[one.key]
        verdict = "通过" if _clean(found) else "未通过"
        figures = f"{found['runs']} | {found['acknowledged']} | {found['lost']} | {found['doubled']} | {found['seconds']:.0f}秒"
        lines.append(f"| {one.title} | {figures} | {verdict} |")
    for one in TRIALS:
        found = done[one.key]
        lines += ["", f"## {one.title}", "", f"做法：{one.doing}。", "", f"核对：{one.checked}。", ""]
        lines += [f"- {word}" for word in [*found["words"], *(f"**{fault}**" for fault in found["faults"])]]
    return lines


if __name__ == "__main__":
    sys.exit(main())
