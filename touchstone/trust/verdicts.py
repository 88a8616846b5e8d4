"""查验结论: what was looked at, and what is good, bad or unknown about it?"""

from dataclasses import dataclass
from typing import Literal

Outcome = Literal["good", "bad", "unknown"]
LABELS: dict[str, str] = {
    "structure": "格式",
    "address": "地址",
    "issuer": "签发者",
    "signature": "签名",
    "second": "国密签名",
    "dates": "日期",
    "standing": "状态",
    "receipt": "存证",
    "identity": "证件号码",
}


@dataclass(frozen=True)
class Step:
    """One thing looked at, with a sentence for whoever asked. Without a `needed` one the whole can still be good."""

    key: str
    outcome: Outcome
    sentence: str
    needed: bool = True

    @property
    def label(self) -> str:
        """What was looked at, in a word."""
        return LABELS.get(self.key, self.key)


@dataclass(frozen=True)
class Verdict:
    """All steps; good when nothing is bad and everything needed is good."""

    steps: tuple[Step, ...]

    @property
    def outcome(self) -> Outcome:
        """The whole in a word."""
        if any(step.outcome == "bad" for step in self.steps) or not self.steps:
            return "bad"
        return "unknown" if any(step.needed and step.outcome == "unknown" for step in self.steps) else "good"

    @property
    def good(self) -> bool:
        return self.outcome == "good"

    def step(self, key: str) -> Step | None:
        """This method will give a step by its key."""
        return next((step for step in self.steps if step.key == key), None)

    def __add__(self, more: "Verdict") -> "Verdict":
        return Verdict(self.steps + more.steps)
