"""通读法规: which rules, dated values and documents does the whole of this package hold?

Used by the policy book, the coverage report and the tests; nothing here decides anything.
"""

import ast
import inspect
import pkgutil
import textwrap
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any

import touchstone.policy
from touchstone.kernel.law import Clause, Dated, Document
from touchstone.kernel.rules import Rule, all_rules


@cache
def modules() -> tuple[ModuleType, ...]:
    """This function will import every module of the law, in order of name."""
    found = pkgutil.walk_packages(touchstone.policy.__path__, "touchstone.policy.")
    return tuple(import_module(name) for name in sorted(entry.name for entry in found))


def rules() -> tuple[Rule, ...]:
    """This function will give every rule of the law, in order of key."""
    modules()
    return tuple(one for one in all_rules() if one.module.startswith("touchstone.policy."))


def dated_values() -> tuple[tuple[str, Dated[Any]], ...]:
    """This function will give every dated value of the law by its place (`module.NAME`), each once, in order."""
    seen: dict[int, tuple[str, Dated[Any]]] = {}
    for module in modules():
        for name, value in sorted(vars(module).items()):
            if isinstance(value, Dated):
                place = f"{module.__name__.removeprefix('touchstone.policy.')}.{name}"
                if id(value) not in seen or name in _assigned(module):
                    seen[id(value)] = (place, value)
    return tuple(sorted(seen.values(), key=lambda pair: pair[0]))


@cache
def _assigned(module: ModuleType) -> frozenset[str]:
    """This function will give the names a module assigns itself, as against those it imports."""
    tree = ast.parse(inspect.getsource(module))
    targets: list[ast.expr] = []
    for line in tree.body:
        targets += line.targets if isinstance(line, ast.Assign) else [line.target] if isinstance(line, ast.AnnAssign) else []
    return frozenset(target.id for target in targets if isinstance(target, ast.Name))


def function_of(one: Rule) -> Callable[..., Any]:
    """This function will give the function a rule was written as."""
    wrapped: Callable[..., Any] = getattr(import_module(one.module), one.key.rsplit(".", 1)[1])
    function: Callable[..., Any] = inspect.unwrap(wrapped)
    return function


def heading_of(module: str) -> str:
    """This function will give the Chinese name in the first line of a module, such as `申报条件`."""
    return (import_module(module).__doc__ or module).strip().split("\n")[0].split(":")[0]


def clauses_of(one: Rule) -> tuple[Clause, ...]:
    """This function will give the clauses a rule rests on: those of the values it reads and those it cites itself."""
    function = function_of(one)
    found: dict[str, Clause] = {}
    for clause in _clauses(function, set()):
        found.setdefault(str(clause), clause)
    return tuple(found.values())


def _clauses(function: Callable[..., Any], seen: set[str]) -> Iterator[Clause]:
    if function.__qualname__ in seen or not inspect.isfunction(function):
        return
    seen.add(function.__qualname__)
    names = function.__globals__
    for node in ast.walk(ast.parse(textwrap.dedent(inspect.getsource(function)))):
        if isinstance(node, ast.Call):
            yield from _cited(node, names)
        held = names.get(node.id) if isinstance(node, ast.Name) else _attribute(node, names)
        if isinstance(held, Dated):
            yield from (value.clause for value in held)
        elif isinstance(held, Clause):
            yield held
        elif inspect.isfunction(held) and held.__module__ == function.__module__:
            yield from _clauses(inspect.unwrap(held), seen)


def _attribute(node: ast.AST, names: dict[str, Any]) -> object:
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and inspect.ismodule(names.get(node.value.id)):
        return getattr(names[node.value.id], node.attr, None)
    return None


def _cited(call: ast.Call, names: dict[str, Any]) -> Iterator[Clause]:
    """This function will read `notice("…")`, `our_default("…")` and `DOCUMENT.clause("…")` with a literal label."""
    if not (call.args and isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, str)):
        return
    label = call.args[0].value
    if isinstance(call.func, ast.Name) and call.func.id in {"notice", "our_default"}:
        yield names[call.func.id](label)
    elif isinstance(call.func, ast.Attribute) and call.func.attr == "clause" and isinstance(call.func.value, ast.Name):
        document = names.get(call.func.value.id)
        if isinstance(document, Document):
            yield document.clause(label)
