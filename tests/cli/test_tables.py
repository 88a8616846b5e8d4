"""建表: are the tables that an empty database gets in seconds those of the models, and is Django left as it was?"""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.state import ProjectState

from touchstone.cli.tables import _only_what_changes_drawn


def test_every_model_finds_its_table_and_columns(db: None) -> None:
    """空库几秒建成的表，与模型逐列相符，没有待做的升级。"""
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        for model in (one for one in apps.get_models() if one._meta.managed):
            assert model._meta.db_table in tables
            columns = {column.name for column in connection.introspection.get_table_description(cursor, model._meta.db_table)}
            assert columns == {field.column for field in model._meta.local_concrete_fields}
            named = {one.name for one in (*model._meta.indexes, *model._meta.constraints)}
            assert named <= connection.introspection.get_constraints(cursor, model._meta.db_table).keys()


def test_the_short_way_is_taken_only_inside() -> None:
    """建完表，Django恢复原样，出错也一样。"""
    names = ("_find_reload_model", "add_model", "add_field")
    before = [getattr(ProjectState, name) for name in names]
    with pytest.raises(ZeroDivisionError), _only_what_changes_drawn():
        assert [getattr(ProjectState, name) for name in names] != before
        raise ZeroDivisionError
    assert [getattr(ProjectState, name) for name in names] == before
