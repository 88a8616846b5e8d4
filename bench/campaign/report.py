"""试验报告: how does a campaign read, for someone who was not there?"""

from pathlib import Path
from typing import Any

from bench.campaign.record import Record
from bench.campaign.trials import TRIALS, Trial

REPORT = Path(__file__).resolve().parents[2] / "docs" / "campaign.md"


def clean(outcome: dict[str, Any]) -> bool:
    """This function will say whether nothing was lost, doubled or otherwise wrong."""
    return not (outcome["lost"] or outcome["doubled"] or outcome["faults"])


def report(record: Record, machine: str) -> str:
    """This function will word the report of the trials done so far."""
    found = record.outcomes()
    bad = [one.title for one in TRIALS if one.key in found and not clean(found[one.key])]
    missing = [one.title for one in TRIALS if one.key not in found]
    verdict = "各项均为零。" if not bad and not missing else ""
    verdict += f"有不符的：{'、'.join(bad)}。" if bad else ""
    verdict += f"没有做完的：{'、'.join(missing)}。" if missing else ""
    rows = [_line(one, found[one.key]) for one in TRIALS if one.key in found]
    parts = [
        "# 故障与负载试验",
        "",
        "由 `make campaign` 生成，全部在一台机器上、用真实进程和真实数据库；终止均为 `kill -9`。",
        "",
        f"- 日期：{record.begun_on.isoformat()}",
        f"- 机器：{machine}",
        f"- 结论：{verdict}",
        "",
        "| 试验 | 次数 | 已告知完成 | 丢失 | 重复 | 其他不符 | 用时 |",
        "|---|---|---|---|---|---|---|",
        *rows,
        "",
        "“已告知完成”是已提交的行、已发的回执、已告知的证书编号等；负载一行的次数是请求数。",
    ]
    for one in TRIALS:
        if one.key in found:
            parts += _section(one, found[one.key])
    return "\n".join([*parts, ""])


def _line(one: Trial, outcome: dict[str, Any]) -> str:
    figures = (outcome["runs"], outcome["acknowledged"], outcome["lost"], outcome["doubled"], len(outcome["faults"]))
    return f"| {one.title} | {' | '.join(f'{figure:,}' for figure in figures)} | {outcome['seconds']:.0f}秒 |"


def _section(one: Trial, outcome: dict[str, Any]) -> list[str]:
    lines = ["", f"## {one.title}", "", f"做法：{one.doing}。", "", f"核对：{one.checked}。", ""]
    lines += [f"- {words}" for words in outcome["words"]]
    return lines + [f"- **不符**：{words}" for words in outcome["faults"]]
