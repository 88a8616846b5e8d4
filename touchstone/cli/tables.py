"""建表: how does an empty database come by its tables in seconds?

Whenever a migration adds a model or a field, Django draws all models anew that hang together with it, which are all of them: seventy-five of eighty
seconds. To add to a model, or to change what no other refers to, only that one needs to be drawn anew. Before anything else is done, and at the end,
all are. A database that has tables goes Django's own way; the tests stand on tables made here.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from typing import Any


def bring_tables_up_to_date(verbosity: int = 0) -> None:
    """Run the migrations that wait, on an empty database the short way. Django has been set up."""
    from django.core.management import call_command
    from django.db import connection

    with connection.cursor() as cursor:
        empty = "django_migrations" not in connection.introspection.table_names(cursor)
    with _only_what_changes_drawn() if empty else nullcontext():
        call_command("migrate", verbosity=verbosity, interactive=False)


@contextmanager
def _only_what_changes_drawn() -> Iterator[None]:
    from django.db.migrations.state import ProjectState

    names = ("_find_reload_model", "add_model", "add_field")
    own = {name: getattr(ProjectState, name) for name in names}

    def found(state: ProjectState, app: str, model: str, delay: bool = False) -> set[tuple[str, str]]:
        """Name the models to draw anew: one where others do not matter (Django calls it delay); else all, and first those drawn alone till now."""
        if delay:
            state.is_delayed = True
            return {(app, model.lower())}
        state.clear_delayed_apps_cache()
        return own["_find_reload_model"](state, app, model)  # type: ignore[no-any-return]

    def adding(step: Callable[..., None]) -> Callable[..., None]:
        """Give a step of the state's that draws the model it adds, or adds to, alone."""

        def go(state: ProjectState, *given: Any, **named: Any) -> None:
            state._find_reload_model = lambda app, model, delay=False: found(state, app, model, delay=True)  # type: ignore[attr-defined]
            step(state, *given, **named)
            del state._find_reload_model  # type: ignore[attr-defined]

        return go

    ProjectState._find_reload_model = found  # type: ignore[attr-defined]
    for name in ("add_model", "add_field"):
        setattr(ProjectState, name, adding(own[name]))
    try:
        yield
    finally:
        for name in names:
            setattr(ProjectState, name, own[name])


if __name__ == "__main__":
    import django

    django.setup()
    bring_tables_up_to_date()
