"""命令行: what can be done from a terminal?

Each command is one module here that offers a click command (or group) called `command`; `COMMANDS` names them.
Modules are imported only when asked for, and Django is started only by those that call `start_django`.
"""

from importlib import import_module
from importlib.util import find_spec

import click

COMMANDS = {
    "catalogue": "catalogue",
    "certificates": "certificates",
    "city": "city",
    "db": "database",
    "demo": "demo",
    "draw": "draw",
    "filings": "filings",
    "keys": "keys",
    "log": "log",
    "papers": "papers",
    "policy": "policy",
    "questions": "questions",
    "serve": "serve",
    "setup": "setup",
    "stop": "stop",
    "story": "story",
    "verify": "verify",
}


class LazyGroup(click.Group):
    """A group whose commands are imported when they are used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands this installation has."""
        return [name for name, module in COMMANDS.items() if find_spec(f"{__name__}.{module}")]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the module of the command."""
        if cmd_name not in self.list_commands(ctx):
            return None
        command = import_module(f"{__name__}.{COMMANDS[cmd_name]}").command
        assert isinstance(command, click.Command), f"{COMMANDS[cmd_name]}.command is not a click command"
        return command


def start_django() -> None:
    """Make settings and models ready; the embedded database starts here if nothing else is named."""
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "touchstone.settings")
    django.setup()


def leave_django() -> None:
    """Close every connection this process holds, those waiting in the pool too, so that the server can be stopped."""
    from django.db import connections

    for connection in connections.all(initialized_only=True):
        connection.close()
        if hasattr(connection, "close_pool"):
            connection.close_pool()


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """试金石: 职业技能等级认定平台。"""
