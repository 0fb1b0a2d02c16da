"""The types that come with the package are of what is in it."""

import ast
import inspect
from pathlib import Path

import xiangma

STUBS = ast.parse((Path(xiangma.__file__).parent / "__init__.pyi").read_text(encoding="utf-8"))


def arguments(function: ast.FunctionDef) -> list[str]:
    return [a.arg for a in [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]]


def test_functions_have_the_arguments_that_their_types_say():
    stubs = {node.name: node for node in STUBS.body if isinstance(node, ast.FunctionDef)}
    functions = {name for name in xiangma.__all__ if inspect.isbuiltin(getattr(xiangma, name))}
    assert set(stubs) == functions
    for name, stub in stubs.items():
        parameters = inspect.signature(getattr(xiangma, name)).parameters.values()
        assert [p.name for p in parameters] == arguments(stub), name
        keyword = [p.name for p in parameters if p.kind is p.KEYWORD_ONLY]
        assert keyword == [a.arg for a in stub.args.kwonlyargs], name


def test_classes_have_the_members_that_their_types_say():
    stubs = {node.name: node for node in STUBS.body if isinstance(node, ast.ClassDef)}
    for name in xiangma.__all__:
        thing = getattr(xiangma, name)
        if not inspect.isclass(thing) or name == "XiangmaError":
            continue
        told = {node.name for node in stubs[name].body if isinstance(node, ast.FunctionDef)}
        there = {member for member in vars(thing) if not member.startswith("_")}
        assert {member for member in told if not member.startswith("_")} == there, name
        assert all(hasattr(thing, member) for member in told), name
