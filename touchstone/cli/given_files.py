"""给来的文件: is there a file where the command line says, and is it JSON?"""

import json
from pathlib import Path
from typing import Any

import click


class GivenFile(click.Path):
    """A file to be read, as a path; what is wrong with it is said in our words."""

    def __init__(self) -> None:
        super().__init__(path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        path = Path(value)
        try:
            with path.open("rb"):
                return path
        except FileNotFoundError:
            self.fail(f"没有文件“{value}”, 请核对路径。", param, ctx)
        except IsADirectoryError:
            self.fail(f"“{value}”是文件夹, 请写明其中的哪个文件。", param, ctx)
        except (OSError, ValueError):
            self.fail(f"文件“{value}”打不开, 请检查权限。", param, ctx)


def read_json(path: Path) -> Any:
    """This function will read a JSON file. :raises click.ClickException: for anything else."""
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError) as fault:
        raise click.ClickException(f"{path} 不是可以读取的JSON文件。") from fault
