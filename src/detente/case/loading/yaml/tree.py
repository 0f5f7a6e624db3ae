"""YAML 1.2 files read into trees that remember where everything stood, or into problems with their places."""

from __future__ import annotations

from yaml import YAMLError

from detente.case.loading.yaml.composer import MAX_FILE_PROBLEMS, UnreadableYaml, YamlComposer
from detente.case.loading.yaml.hints import (
    replace_unreadable,
    syntax_error_causes,
)
from detente.case.loading.yaml.node import MAX_NODES, YamlNode
from detente.errors import FilePosition, Problem, UnreadableFile
from detente.files.bounded_read import decode_utf8


def read_yaml_tree(
    content: bytes, file: str, rank: int, problems: list[Problem], max_nodes: int = MAX_NODES
) -> YamlNode | None:
    """The tree of one YAML document, or None if there is none to be had; problems are added to the list.

    Args:
        content: The content of the file.
        file: How to name it in messages.
        rank: Its rank among the files of the case.
        problems: The list to add to.
        most: How many values it may hold, aliases counted.
    """
    try:
        text = decode_utf8(content)
    except UnreadableFile as error:
        problems.append(error.as_problem(file, rank))
        return None
    text, unreadable_characters = replace_unreadable(text, file, rank, MAX_FILE_PROBLEMS)
    problems += unreadable_characters
    try:
        return _compose_tree(text, FilePosition(rank, file, 1, 1), problems, max_nodes)
    except UnreadableYaml as unreadable:
        problems.append(unreadable.problem)
    except YAMLError as error:
        problem = _syntax_problem(error, file, rank)
        line = problem.place.line
        likely_causes = syntax_error_causes(text, file, rank, line)[:MAX_FILE_PROBLEMS]
        problems += likely_causes
        likely_causes += [problem for problem in unreadable_characters if problem.place.line == line]
        # What is behind it is told in its place; a comment only may be.
        problems += [] if any(cause.severity == "error" for cause in likely_causes) else [problem]
    return None


def _compose_tree(text: str, start: FilePosition, problems: list[Problem], max_nodes: int) -> YamlNode | None:
    """The root node; what is nested too deep for libyaml itself is located as what is nested too deep for us.

    Since version 0.2.6 (with PyYAML 6.0.4) libyaml gives up at its own limit, and may have looked that far ahead before
    it tells of anything. What stands before that place is beyond our limit already.
    """
    problem_count = len(problems)
    try:
        return YamlComposer(text, start, problems, max_nodes).compose()
    except YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        if mark is None or "nesting depth" not in f"{getattr(error, 'problem', '')}":
            raise
        del problems[problem_count:]
        YamlComposer(text[: mark.index], start, problems, max_nodes).compose()
        raise


def _syntax_problem(error: YAMLError, file: str, rank: int) -> Problem:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    place = FilePosition(rank, file, mark.line + 1, mark.column + 1) if mark else FilePosition(rank, file, 1, 1)
    message = getattr(error, "problem", None) or "this is not YAML"
    context = getattr(error, "context", None)
    remedy = "check the indentation, colons and brackets here and just above"
    if "mapping values are not allowed" in message:
        remedy = "text with a colon in it needs quotes"
    elif "cannot start any token" in message:
        remedy = "text that begins with this character needs quotes; indent with spaces, not tabs"
    return Problem(place, "", f"{message} {context}" if context else message, remedy)
