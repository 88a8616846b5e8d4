"""导航行: the shape of one navigation line: label, view name, icon, roles that see it (none: all)."""

from touchstone.policy.roles import Role

Line = tuple[str, str, str, tuple[Role, ...]]
