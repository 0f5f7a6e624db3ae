"""Pages of the methods, from their docstrings: an index, and for each package every public function and class."""

import ast
import inspect
import pkgutil
import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from types import ModuleType
from typing import Any

PACKAGES = {
    "games": "games",
    "games.strategies": "strategies",
    "games.repeated": "repeated-play",
    "networks": "networks",
    "bargaining": "bargaining",
    "institutions": "institutions",
    "inference": "inference",
    "sensitivity": "sensitivity",
    "chronology": "chronology",
    "sampling": "sampling",
    "offer_model": "offer-model",
}
"""The packages that have a page, and what it is called."""
INTERNAL = {
    *("counts_by_halves", "counts_by_series", "rulebook_bitsets", "truth_bitsets", "tournament_cost"),
    *("answers", "batch_cache", "channel_values", "deciding_side", "graph_operators", "learning", "stakes", "utility"),
    *("exponential_tilt", "plain_arrays", "stake_arrays", "graph_arrays", "reason_arrays"),
}
"""Modules that only others of the methods use."""
GUIDES = {
    "networks": ("../myerson.md", "Myerson values"),
    "games.repeated": ("../repeated-games.md", "Repeated games"),
    "games.strategies": ("../strategies.md", "Strategies"),
}
"""What there is to read besides, by package."""
ROOT = "detente.methods"
_HEADINGS = re.compile(r"^(Args|Returns|Raises|Examples?):\n((?:[ ]{4}.*\n?|\n)+)", re.MULTILINE)


def public_modules(package: str) -> list[ModuleType]:
    """The modules of a package that have something for users."""
    found = pkgutil.iter_modules(import_module(f"{ROOT}.{package}").__path__)
    names = [module.name for module in found if not module.ispkg and module.name not in INTERNAL]
    return [import_module(f"{ROOT}.{package}.{name}") for name in names]


def public_objects(module: ModuleType) -> dict[str, Any]:
    """The public functions and classes that a module defines, in its order."""
    tree = ast.parse(inspect.getsource(module))
    names = [node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    return {name: getattr(module, name) for name in names if not name.startswith("_")}


def public_members(thing: type) -> dict[str, Any]:
    """The public methods and properties of a class, in its order."""
    return {
        name: getattr(member, "fget", None) or getattr(member, "func", None) or getattr(member, "__func__", member)
        for name, member in vars(thing).items()
        if not name.startswith("_")
        and (isinstance(member, classmethod | property) or callable(member) or hasattr(member, "func"))
    }


def anchors(package: str) -> dict[tuple[str, str], str]:
    """Where each module, and each thing in it, stands on its page: its heading in lower case, numbered if it recurs."""
    found, seen = {}, Counter[str]()
    for module in public_modules(package):
        for name in ("", *public_objects(module)):
            heading = (name or _short(module)).lower()
            found[_short(module), name] = f"{heading}-{seen[heading]}" if seen[heading] else heading
            seen[heading] += 1
    return found


def _short(module: ModuleType) -> str:
    """The last word of a module's name."""
    return module.__name__.rpartition(".")[2]


def package_page(package: str) -> str:
    """The page of a package: module by module, each function and class."""
    doc = inspect.getdoc(import_module(f"{ROOT}.{package}")) or ""
    modules = public_modules(package)
    for (name, thing), anchor in anchors(package).items():
        doc = doc if thing else doc.replace(f"`{name}`", f"[`{name}`](#{anchor})")
    parts = [f"# {package}", doc]
    if package in GUIDES:
        parts.append("Read first: [{1}]({0}).".format(*GUIDES[package]))
    for module in modules:
        parts += [f"## {_short(module)}", f"`{module.__name__}`", inspect.getdoc(module) or ""]
        for name, thing in public_objects(module).items():
            parts += _entry(name, thing)
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _entry(name: str, thing: Any) -> Iterator[str]:
    """A function, or a class with its members."""
    node = ast.parse(inspect.getsource(thing)).body[0]
    yield f"### {name}"
    yield f"```python\n{_signature(node)}\n```"
    yield _described(thing)
    if isinstance(node, ast.ClassDef):
        members = [f"- `{_head(member)}`: {_summary(member)}" for member in public_members(thing).values()]
        yield "\n".join(members)


def _signature(node: ast.stmt) -> str:
    """How a thing is declared; of a class also its fields, each with what is said of it."""
    if isinstance(node, ast.FunctionDef):
        return ast.unparse(ast.FunctionDef(node.name, node.args, [], [], node.returns, lineno=0)).removesuffix(":")
    assert isinstance(node, ast.ClassDef)
    lines = [f"class {node.name}({', '.join(map(ast.unparse, node.bases))})".replace("()", "")]
    for statement, following in zip(node.body, [*node.body[1:], None], strict=True):
        if isinstance(statement, ast.AnnAssign) and not ast.unparse(statement.target).startswith("_"):
            said = following.value.value if isinstance(following, ast.Expr) else ""
            comment = "  # " + " ".join(str(said).split()) if said else ""
            lines.append(f"    {ast.unparse(statement)}{comment}")
    return "\n".join(lines)


def _head(member: Callable[..., Any]) -> str:
    """A method with its arguments; a property by its name."""
    node = ast.parse(inspect.cleandoc("\n" + inspect.getsource(member))).body[0]
    assert isinstance(node, ast.FunctionDef)
    decorators = {ast.unparse(decorator) for decorator in node.decorator_list}
    if decorators & {"property", "cached_property"}:
        return node.name
    node.args.args = node.args.args[1:]
    return f"{node.name}({ast.unparse(node.args)})"


def _summary(thing: Any) -> str:
    """The first paragraph of a docstring on one line."""
    return " ".join((inspect.getdoc(thing) or "").split("\n\n")[0].split())


def _described(thing: Any) -> str:
    """A docstring in Markdown: arguments and errors as lists, the example in a fenced block."""

    def heading(found: re.Match[str]) -> str:
        body = inspect.cleandoc("\n" + found[2])
        if found[1].startswith("Example"):
            return f"```python\n{body}\n\n```\n\n"
        entries = [" ".join(entry.split()) for entry in re.split(r"\n(?=\S)", body)]
        if found[1] == "Returns":
            return f"Returns: {' '.join(entries)}\n\n"
        items = [re.sub(r"^([\w, ]+):", r"`\1`:", entry) for entry in entries]
        return f"{found[1]}:\n\n" + "\n".join(f"- {item}" for item in items) + "\n\n"

    return _HEADINGS.sub(heading, (inspect.getdoc(thing) or "") + "\n")


def described_arguments(function: Callable[..., Any]) -> set[str]:
    """The arguments that a docstring describes."""
    bodies = [found[2] for found in _HEADINGS.finditer((inspect.getdoc(function) or "") + "\n") if found[1] == "Args"]
    return {
        word
        for body in bodies
        for words in re.findall(r"^ {4}(\w[\w, ]*):", body, re.MULTILINE)
        for word in words.split(", ")
    }


def index_page() -> str:
    """The index over all packages: what each module is for, and what it has."""
    doc = inspect.getdoc(import_module(ROOT)) or ""
    for package, page in PACKAGES.items():
        doc = doc.replace(f"`{package}` |", f"[`{package}`]({page}.md) |")
    lines = ["# Methods", "", doc.strip(), "", "## Guides", ""]
    lines += [f"- [{title}]({file})" for file, title in GUIDES.values()]
    for package, page in PACKAGES.items():
        lines += ["", f"## [{package}]({page}.md)", ""]
        at = anchors(package)
        for module in public_modules(package):
            name = _short(module)
            things = [
                f"[`{thing}`]({page}.md#{anchor})" for (where, thing), anchor in at.items() if where == name and thing
            ]
            heading = f"- **[{name}]({page}.md#{at[name, '']})**: {_summary(module)}"
            lines.append(f"{heading} {', '.join(things)}".rstrip())
    return "\n".join(lines) + "\n"


def method_pages() -> dict[str, Callable[[], str]]:
    """Each page of the methods, and what writes it."""
    return {
        "methods/index.md": index_page,
        **{f"methods/{page}.md": partial(package_page, package) for package, page in PACKAGES.items()},
    }
