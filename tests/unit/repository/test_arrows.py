"""Imports go one way: no file is led back to by what it imports. Late imports and those for types alone count too."""

import ast
from pathlib import Path

ROOT = Path(__file__).parents[3]
#: Circles that are left, each with its reason. None.
LEFT: dict[frozenset[str], str] = {}


def imports(root: Path, package: str) -> dict[str, set[str]]:
    """What every file of the package imports of it, wherever in the file that is written."""
    files = {}
    for path in (root / package).rglob("*.py"):
        *folders, name = path.relative_to(root).with_suffix("").parts
        files[".".join(folders if name == "__init__" else [*folders, name])] = path
    found: dict[str, set[str]] = {}
    for module, path in files.items():
        names = set[str]()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module is not None:
                assert not node.level, f"{module} imports by dots"
                whole = {f"{node.module}.{alias.name}" for alias in node.names}
                names |= {name if name in files else node.module for name in whole}
        found[module] = {name for name in names if name in files and name != module}
    return found


def circles(arrows: dict[str, set[str]]) -> list[frozenset[str]]:
    """Files that lead to each other, directly or by way of others (Tarjan's strongly connected components)."""
    place: dict[str, int] = {}
    lowest: dict[str, int] = {}
    path: list[str] = []
    found: list[frozenset[str]] = []

    def visit(name: str) -> None:
        place[name] = lowest[name] = len(place)
        path.append(name)
        for other in sorted(arrows[name]):
            if other not in place:
                visit(other)
            if other in path:
                lowest[name] = min(lowest[name], lowest[other])
        if lowest[name] == place[name]:
            start = path.index(name)
            group = frozenset(path[start:])
            del path[start:]
            if len(group) > 1:
                found.append(group)

    for name in sorted(arrows):
        if name not in place:
            visit(name)
    return found


def test_no_file_imports_one_that_leads_back_to_it() -> None:
    arrows = imports(ROOT, "mesomap")
    assert len(arrows["mesomap.ui.main_window"]) > 10
    assert set(circles(arrows)) == LEFT.keys()


def test_a_circle_is_found_however_it_is_hidden(tmp_path: Path) -> None:
    files = {
        "__init__": "",
        "a": "from ring.b import x\n",
        "b": "def later():\n    from ring import c\n",
        "c": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import ring.a\n",
        "d": "from ring import a, b, c\n",
        "e": "from ring.d import a\n",
    }
    (tmp_path / "ring").mkdir()
    for name, text in files.items():
        (tmp_path / "ring" / f"{name}.py").write_text(text, encoding="utf-8")
    assert circles(imports(tmp_path, "ring")) == [frozenset({"ring.a", "ring.b", "ring.c"})]
