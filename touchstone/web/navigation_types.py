"""导航行: the shape of one line: label, view name, icon, roles or kinds of office that see it (none: all; a set: who is all of it)."""

from touchstone.policy.roles import OfficeKind, Role

Seer = Role | OfficeKind
Line = tuple[str, str, str, tuple[Seer | frozenset[Seer], ...]]
