"""试验结果: what did one trial come to, in figures?"""

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from time import perf_counter
from typing import Any

Tell = Callable[[str], None]


@dataclass
class Outcome:
    """Figures of one trial. `acknowledged` is what somebody was told is done; of it `lost` is gone and `doubled` there twice.

    `faults` are further sentences of what was not as it must be, one of them being that the trial did not hit what it aimed at.
    """

    runs: int = 0
    acknowledged: int = 0
    lost: int = 0
    doubled: int = 0
    faults: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def expect(self, holds: bool, sentence: str) -> None:
        """This method will note a sentence as a fault unless it holds."""
        if not holds:
            self.faults.append(sentence)

    @property
    def clean(self) -> bool:
        return not (self.lost or self.doubled or self.faults)

    def as_record(self) -> dict[str, Any]:
        """This method will give the figures as they stand in the record."""
        return asdict(self)


def timed(run: Callable[..., Outcome], *arguments: Any) -> Outcome:
    """This function will run a trial and note how long it took."""
    begun = perf_counter()
    found = run(*arguments)
    found.seconds = perf_counter() - begun
    return found
