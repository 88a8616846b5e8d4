"""导航行: the shape of one navigation line: label, view name, icon, roles or kinds of office that see it (none: all)."""

from touchstone.policy.roles import OfficeKind, Role

Line = tuple[str, str, str, tuple[Role | OfficeKind, ...]]
