"""考试当日表单: the sheets of a sitting that are signed by hand: hand-over of papers, record of the room, staff's sign-in, internal supervision."""

from collections.abc import Sequence
from dataclasses import dataclass

from touchstone.print.lists import ListColumn, Sheet, print_list
from touchstone.print.sign_in import Room


@dataclass(frozen=True)
class Counts:
    """Who was to come and who came; a blank to fill in where it is not known yet."""

    seated: str
    present: str = "＿＿＿"
    absent: str = "＿＿＿"

    @property
    def words(self) -> str:
        return f"应到 {self.seated} 人　　实到 {self.present} 人　　缺考 {self.absent} 人"


def _filled(rows: Sequence[Sequence[str]], columns: int, least: int) -> list[list[str]]:
    """The rows there are, and empty ones to write on."""
    found = [list(row) for row in rows]
    return found + [[""] * columns for _ in range(least - len(found))]


def print_hand_over(room: Room, rows: Sequence[Sequence[str]], steps: Sequence[str], seated: int) -> bytes:
    """This function will print the sheet of how the papers changed hands: what is on record, else a line for each step to fill in."""
    columns = (
        ListColumn("环节", 16, "code", True),
        ListColumn("时间", 30, "code"),
        ListColumn("密封袋", 16, "code", True),
        ListColumn("份数", 14, "code", True),
        ListColumn("密封情况", 20, "code", True),
        ListColumn("交接人"),
        ListColumn("接收人"),
        ListColumn("说明", 28),
    )
    shown = rows or [[step, "", "", "", "", "", "", ""] for step in steps]
    sheet = Sheet(
        title="试卷交接单",
        columns=columns,
        facts=room.facts,
        totals=f"应到 {seated} 人",
        notes=("试卷由两人交接，当场清点，各自签名；份数不符、密封异常的写明原因和处置。",),
        signatures=("监考（考评）人员", "内部督导员"),
        footer=f"{room.plan_number}　{room.room}　试卷交接单",
        pad=10,
    )
    return print_list(sheet, _filled(shown, len(columns), 5))


def print_room_record(room: Room, rows: Sequence[Sequence[str]], counts: Counts) -> bytes:
    """This function will print the record of the room (考场情况记录单): what was told on the spot, and room to write on."""
    columns = (
        ListColumn("时间", 18, "code", True),
        ListColumn("类别", 30),
        ListColumn("座位", 13, "code", True),
        ListColumn("考生", 26, "name"),
        ListColumn("情况和处置"),
        ListColumn("记录人", 22, "name"),
    )
    sheet = Sheet(
        title="考场情况记录单",
        columns=columns,
        facts=room.facts,
        totals=counts.words + f"　　记录 {len(rows)} 项",
        notes=("没有异常的写“正常”；违纪违规的写明事实、证据和当场处置，由当事人知悉。",),
        signatures=("监考（考评）人员", "监考（考评）人员", "内部督导员"),
        footer=f"{room.plan_number}　{room.room}　考场情况记录单",
        pad=9,
    )
    return print_list(sheet, _filled(rows, len(columns), 9))


def print_staff_sign_in(room: Room, people: Sequence[tuple[str, str]], least: int = 6) -> bytes:
    """This function will print the sign-in of those who serve (name, duty); names drawn by lot stay blank until the hour."""
    columns = (
        ListColumn("序号", 14, "code", True),
        ListColumn("姓名", 32, "name"),
        ListColumn("岗位", 40),
        ListColumn("到场时间", 28, "code", True),
        ListColumn("本人签名"),
        ListColumn("备注", 26),
    )
    rows = [[str(place), name, duty, "", "", ""] for place, (name, duty) in enumerate(people, 1)]
    sheet = Sheet(
        title="考务、考评人员签到表",
        columns=columns,
        facts=room.facts,
        notes=("本人签名，代签无效；随机派遣的考评人员到场后填写姓名。",),
        signatures=("内部督导员",),
        footer=f"{room.plan_number}　{room.room}　考务、考评人员签到表",
        pad=10,
    )
    return print_list(sheet, _filled(rows, len(columns), least))


def print_supervision(room: Room, items: Sequence[str], counts: Counts) -> bytes:
    """This function will print the sheet of the internal supervisor: each item yes or no, and words."""
    columns = (
        ListColumn("序号", 14, "code", True),
        ListColumn("检查内容"),
        ListColumn("是", 14, "code", True),
        ListColumn("否", 14, "code", True),
        ListColumn("问题和处理", 46),
    )
    rows = [[str(place), item, "□", "□", ""] for place, item in enumerate(items, 1)]
    sheet = Sheet(
        title="内部质量督导表",
        columns=columns,
        facts=room.facts,
        totals=counts.words,
        notes=("逢考必督：督导员全程在场，逐项检查；有问题的写明处理，紧急情况立即报告机构负责人。",),
        signatures=("内部督导员", "机构负责人"),
        footer=f"{room.plan_number}　{room.room}　内部质量督导表",
        pad=7,
    )
    return print_list(sheet, rows)
