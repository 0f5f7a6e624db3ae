"""From a project to the bytes of a .qdpx file."""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from detente.errors import DetenteError, printable
from detente.exchange.refi.elements import UNDATED, Project, Selection, guid, models, plain_guid
from detente.exchange.refi.plain_text import Count, beginning, collapsed, normalised, spans
from detente.exchange.refi.xml import DEPTH, NAMESPACE
from detente.text.safe_text import clean


def packed(project: Project) -> bytes:
    """The project as a .qdpx file, the same bytes for the same project.

    Raises:
        DetenteError: If it does not hold together, with everything that is wrong with it; or without pyrefiqda.
    """
    return _Writer(project).archive()


class _Writer:
    """A project on its way into an archive."""

    def __init__(self, project: Project):
        self.m = models()
        self.project = project
        self.title = collapsed(project.title) or "untitled"
        # One character for one, so that positions still fit.
        self.texts = {name: normalised(clean(text)) for name, text in project.texts.items()}
        self.taken: Counter[str] = Counter()
        codes = [tuple(map(collapsed, path)) for path in project.codes]
        coded = [tuple(map(collapsed, selection.code)) for selection in project.selections]
        self.codable = {*codes, *coded}
        # Each code after its parents, in the order of the project.
        self.tree = list(dict.fromkeys(path[: n + 1] for path in (*codes, *coded) for n in range(len(path))))
        self.children: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
        for path in self.tree:
            self.children.setdefault(path[:-1], []).append(path)
        self.described = {tuple(map(collapsed, path)): text for path, text in project.codes.items()}
        self.coders = list(dict.fromkeys(map(collapsed, (*project.coders, *(s.coder for s in project.selections)))))
        self.spans = {name: spans(text, Count(marks=True)) for name, text in self.texts.items()}
        self.by_document: dict[str, list[Any]] = {}

    def archive(self) -> bytes:
        from xsdata.formats.dataclass.serializers.config import SerializerConfig
        from xsdata_pydantic.bindings import XmlSerializer

        problems = [*self._of_names(), *self._of_selections()]
        if problems:
            raise DetenteError("\n".join(map(printable, problems)))
        xml = XmlSerializer(config=SerializerConfig(encoding="UTF-8")).render(self._model(), ns_map={None: NAMESPACE})
        members = {"project.qde": xml.encode()}
        for name, text in self.texts.items():
            members[f"sources/{self._guid('document', collapsed(name))}.txt"] = text.text.encode()
        buffer = BytesIO()
        with zipfile.ZipFile(buffer, "w") as file:
            for member, content in members.items():
                info = zipfile.ZipInfo(member, (1980, 1, 1, 0, 0, 0))
                info.create_system, info.external_attr, info.compress_type = 3, 0o644 << 16, zipfile.ZIP_DEFLATED
                file.writestr(info, content)
        return buffer.getvalue()

    def _guid(self, *names: str) -> str:
        return guid(self.title, *names)

    def _of_names(self) -> Iterator[str]:
        for kind, names in (
            ("document", [(collapsed(name),) for name in self.texts]),
            ("coder", [(collapsed(name),) for name in dict.fromkeys(self.project.coders)]),
            ("code", [tuple(map(collapsed, path)) for path in self.project.codes]),
        ):
            for path, times in Counter(names).items():
                if not all(path) or not path:
                    yield f"a {kind} has no name"
                elif times > 1:
                    yield f"{times} {kind}s would be called '{' > '.join(path)}'"
        if any(len(path) > DEPTH - 10 for path in self.tree):
            yield f"codes lie more than {DEPTH - 10} deep"
        for name, text in self.project.texts.items():
            if any("\ud800" <= c <= "\udfff" for c in text):
                yield f"document '{name}' holds half a character (a lone surrogate), which UTF-8 cannot"

    def _of_selections(self) -> Iterator[str]:
        """What is wrong with the selections; makes those that are right."""
        for selection in self.project.selections:
            here = f"selection {selection.id or selection.start} of '{selection.document}'"
            text = self.texts.get(selection.document)
            date = _dated(selection.date)
            if text is None:
                yield f"{here}: there is no such document"
                continue
            span = self.spans[selection.document](selection.start, selection.end)
            if span is None:
                yield f"{here}: {selection.start} to {selection.end} is no passage of its text"
            if date is None:
                yield f"{here}: '{selection.date}' is neither a date nor an xs:dateTime"
            if not selection.code or not all(map(collapsed, selection.code)):
                yield f"{here}: its code has no name"
            elif not collapsed(selection.coder):
                yield f"{here}: its coder has no name"
            elif span and date:
                made = self._selection(selection, text.text, span, date)
                self.by_document.setdefault(selection.document, []).append(made)

    def _selection(self, selection: Selection, text: str, span: tuple[int, int], date: Any) -> Any:
        code, coder = tuple(map(collapsed, selection.code)), collapsed(selection.coder)
        name = selection.id or "\n".join((collapsed(selection.document), str(span), *code, coder))
        id = plain_guid(name) or self._guid("coding", name)
        self.taken[id] += 1
        if self.taken[id] > 1:
            id = self._guid("coding", name, str(self.taken[id]))
        by = {"creating_user": self._guid("coder", coder), "creation_date_time": date}
        ref = self.m.CodeRefType(target_guid=self._guid("code", *code))
        return self.m.PlainTextSelectionType(
            guid=self._guid("selection", id),
            name=beginning(text, *span) or None,
            description=clean(selection.note) or None,
            start_position=span[0],
            end_position=span[1],
            coding=[self.m.CodingType(guid=id, code_ref=ref, **by)],
            **by,
        )

    def _model(self) -> Any:
        users = [self.m.UserType(guid=self._guid("coder", name), name=name) for name in self.coders]
        codes = [self._code(path) for path in self.children.get((), ())]
        sources = [self._source(name) for name in self.texts]
        return self.m.Project(
            name=self.title,
            origin="Detente",
            creation_date_time=_dated(""),
            users=self.m.UsersType(user=users) if users else None,
            code_book=self.m.ProjectCodeBookType(codes=self.m.ProjectCodesType(code=codes)) if codes else None,
            sources=self.m.SourcesType(text_source=sources) if sources else None,
        )

    def _code(self, path: tuple[str, ...]) -> Any:
        return self.m.ProjectCodeType(
            guid=self._guid("code", *path),
            name=path[-1],
            is_codable=path in self.codable,
            description=clean(self.described.get(path, "")) or None,
            code=[self._code(child) for child in self.children.get(path, ())],
        )

    def _source(self, name: str) -> Any:
        id = self._guid("document", collapsed(name))
        return self.m.TextSourceType(
            guid=id,
            name=collapsed(name),
            plain_text_path=f"internal://{id}.txt",
            plain_text_selection=self.by_document.get(name, []),
            creation_date_time=_dated(""),
        )


def _dated(text: str) -> Any:
    """A date or an xs:dateTime as pyrefiqda wants it; none as one that stands for none; None for anything else."""
    from xsdata.models.datatype import XmlDateTime

    try:
        return XmlDateTime.from_string(f"{text}T00:00:00" if "T" not in text and text else text or UNDATED)
    except ValueError:
        return None
