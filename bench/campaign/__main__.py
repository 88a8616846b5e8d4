"""全部试验: run every trial in full, go on where a stopped campaign was, and write docs/campaign.md.

`python -m bench.campaign [--again] [trial …]`: `--again` starts anew; naming trials runs only those.
"""

import json
import subprocess
import sys

from bench import place
from bench.campaign import record as records
from bench.campaign.report import REPORT, clean, report
from bench.campaign.trials import TRIALS, Trial, trial
from touchstone.installation.place import ROOT

LONGEST = 3600.0  # seconds for one trial


def main() -> int:
    """Run what is not done yet; 1 when any figure is not zero, or a trial did not come to its end."""
    wanted = [trial(word) for word in sys.argv[1:] if not word.startswith("-")] or list(TRIALS)
    record = records.current(again="--again" in sys.argv)
    done = record.outcomes()
    if done:
        print(f"接着 {record.path.name} 做：已完成{len(done)}项。重新开始请加 --again。", flush=True)
    for one in wanted:
        if one.key in done:
            print(f"== {one.title}：已完成，不再做", flush=True)
            continue
        print(f"== {one.title}", flush=True)
        record.write({"trial": one.key, "begun": True})
        _run(one, record)
    found = record.outcomes()
    whole = all(one.key in found for one in TRIALS)
    if whole and not record.ended:
        record.write({"ended": True})
    REPORT.write_text(report(record, place.machine()), encoding="utf-8")
    print(f"已写入 {REPORT.relative_to(ROOT)}", flush=True)
    return 0 if all(one.key in found and clean(found[one.key]) for one in wanted) else 1


def _run(one: Trial, record: records.Record) -> None:
    """Run a trial in a process of its own and write down what it says, line by line."""
    command = [sys.executable, "-W", "ignore", "-m", "bench.campaign.trial", one.key]
    log = record.path.with_suffix(".log")
    with log.open("ab") as words, subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=words, text=True) as process:
        assert process.stdout is not None
        try:
            for text in process.stdout:
                line = json.loads(text)
                record.write(line)
                print(f"   {line.get('step') or _figures(line['outcome'])}", flush=True)
            process.wait(LONGEST)
        except BaseException:
            process.terminate()
            process.wait(60)
            raise
    if one.key not in record.outcomes():
        print(f"   没有做完（代码{process.returncode}），详见 {log}", flush=True)


def _figures(outcome: dict[str, object]) -> str:
    return f"丢失{outcome['lost']}，重复{outcome['doubled']}，其他不符{outcome['faults'] or 0}"


if __name__ == "__main__":
    sys.exit(main())
