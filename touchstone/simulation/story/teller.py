"""讲述: at what time does the next step happen, who acts, and what is said about it?"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from touchstone.accounts.actor import Actor
from touchstone.kernel.law import Clause
from touchstone.kernel.periods import Calendar
from touchstone.simulation.cast import actor_of


@dataclass
class Teller:
    """The story's clock, stage and voice; `out` is the folder that papers are left in."""

    at: datetime
    out: Path
    say: Callable[[str], None]
    told: int = 0

    @property
    def day(self) -> date:
        return self.at.date()

    def who(self, username: str) -> Actor:
        """This method will give someone of the cast as they act today."""
        return actor_of(username, self.day)

    def step(self, words: str, clause: Clause) -> None:
        """This method will say that a step was done, and by which clause."""
        self.told += 1
        self.say(f"{self.told:>3}. {self.at:%Y-%m-%d %H:%M}  {words}（{clause.short}）")

    def note(self, words: str) -> None:
        """This method will add a line of detail to the last step."""
        self.say(f"        {words}")

    def wait(self, working_days: int, *, hour: int = 9) -> None:
        """This method will let working days pass, to a given hour."""
        day = Calendar().add_working_days(self.day, working_days)
        self.at = self.at.replace(year=day.year, month=day.month, day=day.day, hour=hour, minute=0)

    def until(self, day: date, *, hour: int = 9) -> None:
        """This method will let the clock go on to a day."""
        self.at = self.at.replace(year=day.year, month=day.month, day=day.day, hour=hour, minute=0)

    def keep(self, name: str, content: bytes) -> Path:
        """This method will leave a paper in the folder."""
        path = self.out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return path
