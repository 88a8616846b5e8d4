"""全市规模的城市: how long does `touchstone city grow --scale city` take on an empty database, beside its limit?

`python -m bench.growth [--put]`: the command itself, in a place of its own, once (a quarter of an hour).
"""

import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

from bench import place
from bench.section import put_section
from touchstone.installation.place import ROOT

LIMIT = 15 * 60  # seconds
COMMAND = ["city", "grow", "--scale", "city"]


def main() -> int:
    """Grow a city, tell how long it took; 1 when it took longer than the limit."""
    with TemporaryDirectory(prefix="ts-") as folder:
        environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | {"TOUCHSTONE_STATE": folder}
        program = [str(Path(sys.executable).with_name("touchstone"))]
        begun, load = monotonic(), os.getloadavg()[0]
        found = subprocess.run([*program, *COMMAND], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True)
        seconds = monotonic() - begun
        subprocess.run([*program, "db", "stop", "--force"], cwd=ROOT, env=environment, check=False)
    counts = next(line.strip() for line in found.stdout.splitlines() if "评价机构" in line and "存证" in line)
    lines = section(seconds, load, counts)
    print("\n".join(lines))
    if "--put" in sys.argv:
        put_section(lines)
    return int(seconds > LIMIT)


def section(seconds: float, load: float, counts: str) -> list[str]:
    """This function will give the section of the report."""
    verdict = "不超过" if seconds <= LIMIT else "超过"
    return [
        "## 十四、建成全市规模的城市",
        "",
        f"`touchstone {' '.join(COMMAND)}`，空库，含建表：{seconds / 60:.1f} 分钟，上限 {LIMIT // 60} 分钟，{verdict}。"
        f"测于 {datetime.now().astimezone():%Y-%m-%d}，开始时系统负载 {load:.1f}（{place.machine()}），一次。",
        "",
        f"{counts}。",
    ]


if __name__ == "__main__":
    sys.exit(main())
