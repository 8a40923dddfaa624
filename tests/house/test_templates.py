"""Templates: each belongs to a view, names mirror the areas, and nothing stands in one that a policy would block."""

import ast
import re
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import StrictUndefined, nodes
from jinja2.visitor import NodeVisitor

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "templates"
ALL = sorted(path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html"))
SHARED = {"layouts", "components", "errors"}


def _tree(app: Flask, name: str) -> nodes.Template:
    return app.jinja_env.parse((TEMPLATES / name).read_text())


def _strings(tree: nodes.Node) -> set[str]:
    return {node.value for node in tree.find_all(nodes.Const) if isinstance(node.value, str)}


def _named_in_code() -> set[str]:
    return {
        node.value
        for path in (ROOT / "app" / "web").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and re.fullmatch(r"[\w/]+\.html", node.value)
    }


def test_every_template_belongs_to_a_view_or_to_another(app: Flask) -> None:
    used = _named_in_code() | {name for template in ALL for name in _strings(_tree(app, template))}
    assert [name for name in ALL if name not in used] == []


def test_every_template_that_is_named_is_there(app: Flask) -> None:
    named = _named_in_code() | {n for t in ALL for n in _strings(_tree(app, t)) if re.fullmatch(r"[\w/]+\.html", n)}
    assert sorted(named - set(ALL)) == []


def test_folders_are_areas(app: Flask) -> None:
    folders = {name.partition("/")[0] for name in ALL} - SHARED
    assert folders <= set(app.blueprints)


def test_a_name_that_is_not_there_is_an_error(app: Flask) -> None:
    assert app.jinja_env.undefined is StrictUndefined
    assert app.jinja_env.autoescape is not False


@pytest.mark.parametrize("name", ALL)
def test_nothing_stands_in_a_template_that_the_policy_blocks(name: str) -> None:
    text = (TEMPLATES / name).read_text()
    assert not re.search(r"\sstyle\s*=|<style\b", text)
    assert not re.search(r"<[^>]*\son[a-z]+\s*=", text)
    assert not re.search(r"javascript:", text, re.IGNORECASE)
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)
    assert not re.search(r"\|\s*safe\b|\bautoescape\b|\bMarkup\b", text)
    assert not re.search(r"""(?:src|href|action)=["']?(?:https?:)?//""", text)


class _Names(NodeVisitor):
    """The names that a template reads."""

    def __init__(self) -> None:
        self.read: set[str] = set()

    def visit_Name(self, node: nodes.Name) -> None:  # noqa: N802 -- the visitor's own way of naming
        if node.ctx == "load":
            self.read.add(node.name)

    def visit_Extends(self, node: nodes.Extends) -> None:  # noqa: N802
        self.generic_visit(node)


@pytest.mark.parametrize("name", ALL)
def test_every_import_of_a_template_is_used(app: Flask, name: str) -> None:
    tree = _tree(app, name)
    imported = {
        entry[1] if isinstance(entry, tuple) else entry
        for node in tree.find_all(nodes.FromImport)
        for entry in node.names
    }
    names = _Names()
    names.visit(tree)
    assert sorted(imported - names.read) == []


def test_every_macro_is_used(app: Flask) -> None:
    trees = {name: _tree(app, name) for name in ALL}
    macros = {(name, macro.name) for name, tree in trees.items() for macro in tree.find_all(nodes.Macro)}
    used = set()
    for name, tree in trees.items():
        for node in tree.find_all(nodes.FromImport):
            source = node.template.value if isinstance(node.template, nodes.Const) else ""
            used |= {(source, entry[0] if isinstance(entry, tuple) else entry) for entry in node.names}
        names = _Names()
        names.visit(tree)
        used |= {(name, read) for read in names.read}
    assert sorted(macros - used) == []


def test_every_address_that_a_template_asks_for_is_there(app: Flask) -> None:
    asked = {
        (name, str(call.args[0].value))
        for name in ALL
        for call in _tree(app, name).find_all(nodes.Call)
        if isinstance(call.node, nodes.Name)
        and call.node.name in {"url_for", "place"}
        and call.args
        and isinstance(call.args[0], nodes.Const)
    }
    assert len(asked) > 20
    assert sorted((name, endpoint) for name, endpoint in asked if endpoint not in app.view_functions) == []


def test_every_asset_is_asked_for_and_there(app: Flask) -> None:
    asked = {
        call.args[0].value
        for name in ALL
        for call in _tree(app, name).find_all(nodes.Call)
        if isinstance(call.node, nodes.Name) and call.node.name == "asset" and isinstance(call.args[0], nodes.Const)
    }
    ours = {path.relative_to(ROOT / "static").as_posix() for path in (ROOT / "static").glob("*/*") if path.is_file()}
    assert asked - {"bootstrap.css", "icons.svg"} == ours


def test_there_is_no_copy_of_bootstrap_here() -> None:
    files = [path for path in (ROOT / "static").rglob("*") if path.is_file()]
    assert files
    for path in files:
        assert "bootstrap" not in path.name.lower()
        assert b"Bootstrap  v" not in path.read_bytes()
        assert b"Bootstrap v" not in path.read_bytes()
