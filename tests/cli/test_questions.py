"""试题命令: a file becomes another, with every loss on a line of its own."""

from pathlib import Path

from click.testing import CliRunner

from tests.measurement.interchange import samples
from touchstone.cli.questions import command
from touchstone.measurement.interchange.delivery import Format, Outgoing
from touchstone.measurement.interchange.doors import read_file, write_file
from touchstone.questions.workbook import read_workbook


def convert(*arguments: object):
    return CliRunner().invoke(command, ["convert", *map(str, arguments)])


def test_gift_becomes_qti_moodle_and_a_workbook(tmp_path: Path) -> None:
    source = tmp_path / "a.txt"
    source.write_text("::一:: 开机前要检查。 {T}\n\n::二:: 最硬的是 {=金刚石 ~木材}\n", encoding="utf-8")
    for name in ("b.zip", "b.xml", "b.xlsx", "b.gift"):
        told = convert(source, tmp_path / name)
        assert told.exit_code == 0, told.output
        content = (tmp_path / name).read_bytes()
        again = read_workbook(content) if name.endswith("xlsx") else read_file(content, name)
        assert [one.taken.kind for one in again.incoming] == ["true_false", "choice"]
    assert "读入2/2题（GIFT），写出2题（Excel）。" in convert(source, tmp_path / "b.xlsx").output


def test_what_is_lost_or_left_out_is_told_and_counts_as_failure(tmp_path: Path) -> None:
    source = tmp_path / "a.zip"
    source.write_bytes(write_file([Outgoing("q-1", samples.ORDER), Outgoing("q-2", samples.CHOICE)], Format.QTI30, {}).content)
    told = convert(source, tmp_path / "b.txt")
    assert told.exit_code == 1
    assert "写 q-1 没有写出：排序题：GIFT没有这种题型。" in told.output
    broken = tmp_path / "c.xml"
    broken.write_text("<quiz>", encoding="utf-8")
    told = convert(broken, tmp_path / "d.zip")
    assert told.exit_code == 1
    assert "不是完整的XML" in told.output
    assert convert(source, tmp_path / "d.abc").exit_code == 2
