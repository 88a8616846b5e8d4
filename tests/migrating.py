"""建表: how do the tables of a test database come about by every migration, in seconds?

Whenever a migration adds a model or a field, Django draws all models anew that hang together with it, which are all of them: seventy-five of eighty
seconds. To add to a model, or to change what no other refers to, only that one needs to be drawn anew. Before anything else is done, and at the end,
all are.
"""

import sys
from collections.abc import Callable
from typing import Any

from django.core.management import execute_from_command_line
from django.db.migrations.state import ProjectState

find_all: Callable[..., set[tuple[str, str]]] = ProjectState._find_reload_model  # type: ignore[attr-defined]


def draw_only_what_changes() -> None:
    """Let migrations of this process go the short way."""
    ProjectState._find_reload_model = found  # type: ignore[attr-defined]
    for name in ("add_model", "add_field"):
        setattr(ProjectState, name, adding(getattr(ProjectState, name)))


def found(state: ProjectState, app: str, model: str, delay: bool = False) -> set[tuple[str, str]]:
    """Name the models to draw anew: one where others do not matter (`delay`, in Django's words); else all, and first those drawn alone till now."""
    if delay:
        state.is_delayed = True
        return {(app, model.lower())}
    state.clear_delayed_apps_cache()
    return find_all(state, app, model)


def adding(step: Callable[..., None]) -> Callable[..., None]:
    """Give a step of the state's that draws the model it adds, or adds to, alone."""

    def go(state: ProjectState, *given: Any, **named: Any) -> None:
        state._find_reload_model = lambda app, model, delay=False: found(state, app, model, delay=True)  # type: ignore[attr-defined]
        step(state, *given, **named)
        del state._find_reload_model  # type: ignore[attr-defined]

    return go


if __name__ == "__main__":
    draw_only_what_changes()
    execute_from_command_line(sys.argv)
