"""征集查询: what can be asked about projects, calls and selections? Writes nothing."""

from touchstone.calls.queries.selections import passed_gates, selections_of

__all__ = ["passed_gates", "selections_of"]
