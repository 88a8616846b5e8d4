"""签到表: who came into the room, and who signed?"""

from collections.abc import Iterable
from dataclasses import dataclass

from touchstone.print.lists import ListColumn, Sheet, print_list


@dataclass(frozen=True)
class Room:
    """The room of one part of a sitting; every text is written out as it is to be printed."""

    body: str
    plan_number: str
    occupation: str
    level: str
    subject: str
    venue: str
    room: str
    when: str

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """What stands above the rows."""
        return (
            ("评价机构", self.body),
            ("计划编号", self.plan_number),
            ("职业（工种）", self.occupation),
            ("等级", self.level),
            ("科目", self.subject),
            ("时间", self.when),
            ("考点", self.venue),
            ("考场", self.room),
        )


@dataclass(frozen=True)
class Seat:
    """A candidate on a seat. `row` and `column` count from the front left and are used by the chart only; `form` is the paper that lies there."""

    number: str
    ticket: str
    name: str
    id_number: str = ""
    row: int = 0
    column: int = 0
    form: str = ""


_COLUMNS = (
    ListColumn("座位", 13, "code", True),
    ListColumn("准考证号", 32, "code"),
    ListColumn("姓名", 36, "name"),
    ListColumn("证件号码", 36, "code"),
    ListColumn("考生签名"),
    ListColumn("备注", 16),
)


def print_sign_in(room: Room, seats: Iterable[Seat]) -> bytes:
    """This function will print the sign-in list of one room, in the order given; numbers come masked from the caller."""
    shown = [(seat.number, seat.ticket, seat.name, seat.id_number, "", "") for seat in seats]
    sheet = Sheet(
        title="考生签到表",
        columns=_COLUMNS,
        facts=room.facts,
        totals=f"应到 {len(shown)} 人　　实到 ＿＿＿ 人　　缺考 ＿＿＿ 人　　违纪 ＿＿＿ 人",
        notes=("开考30分钟后在缺考者签名栏画“×”；代签无效。",),
        signatures=("监考（考评）人员", "监考（考评）人员", "内部督导员"),
        footer=f"{room.plan_number}　{room.room}　考生签到表",
        pad=8,
    )
    return print_list(sheet, shown)
