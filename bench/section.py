"""报告的一节: how does one measurement that was taken alone come into docs/benchmarks.md, the others staying as they are?"""

import re
from pathlib import Path

REPORT = Path(__file__).resolve().parents[1] / "docs" / "benchmarks.md"


def put_section(lines: list[str]) -> None:
    """Put a section, whose first line is its title, in the place of the one of that title, or after the last."""
    title, text = lines[0], REPORT.read_text(encoding="utf-8")
    made = "\n".join(lines).strip()
    own = re.compile(rf"{re.escape(title)}\n.*?(?=\n## |\n整次运行|\Z)", re.DOTALL)
    kept, found = own.subn(lambda _: made + "\n", text)
    REPORT.write_text((kept if found else f"{text.rstrip()}\n\n{made}").rstrip() + "\n", encoding="utf-8")
