"""From a project to the bytes of a .qdpx file."""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from detente.errors import DetenteError, printable_text
from detente.exchange.refi.elements import NO_DATE, CodedSelection, RefiProject, load_models, make_guid, normalise_guid
from detente.exchange.refi.plain_text import (
    PositionCounting,
    collapse_spaces,
    normalise_text,
    position_converter,
    selection_name,
)
from detente.exchange.refi.xml import MAX_DEPTH, PROJECT_NAMESPACE
from detente.text.safe_text import clean_text


def project_bytes(project: RefiProject) -> bytes:
    """The project as a .qdpx file, the same bytes for the same project.

    Raises:
        DetenteError: If it does not hold together, with everything that is wrong with it; or without pyrefiqda.
    """
    return _ProjectWriter(project).archive_bytes()


class _ProjectWriter:
    """A project on its way into an archive."""

    def __init__(self, project: RefiProject):
        self.models = load_models()
        self.project = project
        self.title = collapse_spaces(project.title) or "untitled"
        # One character for one, so that positions still fit.
        self.texts = {name: normalise_text(clean_text(text)) for name, text in project.texts.items()}
        self.guid_counts: Counter[str] = Counter()
        codes = [tuple(map(collapse_spaces, path)) for path in project.codes]
        coded = [tuple(map(collapse_spaces, selection.code_path)) for selection in project.selections]
        self.codable_paths = {*codes, *coded}
        # Each code after its parents, in the order of the project.
        self.code_paths = list(dict.fromkeys(path[: n + 1] for path in (*codes, *coded) for n in range(len(path))))
        self.children: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
        for path in self.code_paths:
            self.children.setdefault(path[:-1], []).append(path)
        self.descriptions = {tuple(map(collapse_spaces, path)): text for path, text in project.codes.items()}
        self.coders = list(
            dict.fromkeys(map(collapse_spaces, (*project.coders, *(s.coder for s in project.selections))))
        )
        self.converters = {
            name: position_converter(text, PositionCounting(counts_byte_order_mark=True))
            for name, text in self.texts.items()
        }
        self.selections_by_document: dict[str, list[Any]] = {}

    def archive_bytes(self) -> bytes:
        from xsdata.formats.dataclass.serializers.config import SerializerConfig
        from xsdata_pydantic.bindings import XmlSerializer

        problems = [*self._name_problems(), *self._selection_problems()]
        if problems:
            raise DetenteError("\n".join(map(printable_text, problems)))
        xml = XmlSerializer(config=SerializerConfig(encoding="UTF-8")).render(
            self._project_element(), ns_map={None: PROJECT_NAMESPACE}
        )
        members = {"project.qde": xml.encode()}
        for name, text in self.texts.items():
            members[f"sources/{self._make_guid('document', collapse_spaces(name))}.txt"] = text.text.encode()
        buffer = BytesIO()
        with zipfile.ZipFile(buffer, "w") as file:
            for member, content in members.items():
                info = zipfile.ZipInfo(member, (1980, 1, 1, 0, 0, 0))
                info.create_system, info.external_attr, info.compress_type = 3, 0o644 << 16, zipfile.ZIP_DEFLATED
                file.writestr(info, content)
        return buffer.getvalue()

    def _make_guid(self, *names: str) -> str:
        return make_guid(self.title, *names)

    def _name_problems(self) -> Iterator[str]:
        for kind, names in (
            ("document", [(collapse_spaces(name),) for name in self.texts]),
            ("coder", [(collapse_spaces(name),) for name in dict.fromkeys(self.project.coders)]),
            ("code", [tuple(map(collapse_spaces, path)) for path in self.project.codes]),
        ):
            for path, times in Counter(names).items():
                if not all(path) or not path:
                    yield f"a {kind} has no name"
                elif times > 1:
                    yield f"{times} {kind}s would be called '{' > '.join(path)}'"
        if any(len(path) > MAX_DEPTH - 10 for path in self.code_paths):
            yield f"codes lie more than {MAX_DEPTH - 10} deep"
        for name, text in self.project.texts.items():
            if any("\ud800" <= c <= "\udfff" for c in text):
                yield f"document '{name}' holds half a character (a lone surrogate), which UTF-8 cannot"

    def _selection_problems(self) -> Iterator[str]:
        """What is wrong with the selections; makes those that are right."""
        for selection in self.project.selections:
            location = f"selection {selection.id or selection.start} of '{selection.document}'"
            text = self.texts.get(selection.document)
            date = _parse_date(selection.date)
            if text is None:
                yield f"{location}: there is no such document"
                continue
            span = self.converters[selection.document](selection.start, selection.end)
            if span is None:
                yield f"{location}: {selection.start} to {selection.end} is no passage of its text"
            if date is None:
                yield f"{location}: '{selection.date}' is neither a date nor an xs:dateTime"
            if not selection.code_path or not all(map(collapse_spaces, selection.code_path)):
                yield f"{location}: its code has no name"
            elif not collapse_spaces(selection.coder):
                yield f"{location}: its coder has no name"
            elif span and date:
                element = self._selection_element(selection, text.text, span, date)
                self.selections_by_document.setdefault(selection.document, []).append(element)

    def _selection_element(self, selection: CodedSelection, text: str, span: tuple[int, int], date: Any) -> Any:
        code, coder = tuple(map(collapse_spaces, selection.code_path)), collapse_spaces(selection.coder)
        name = selection.id or "\n".join((collapse_spaces(selection.document), str(span), *code, coder))
        id = normalise_guid(name) or self._make_guid("coding", name)
        self.guid_counts[id] += 1
        if self.guid_counts[id] > 1:
            id = self._make_guid("coding", name, str(self.guid_counts[id]))
        creation = {"creating_user": self._make_guid("coder", coder), "creation_date_time": date}
        code_ref = self.models.CodeRefType(target_guid=self._make_guid("code", *code))
        return self.models.PlainTextSelectionType(
            guid=self._make_guid("selection", id),
            name=selection_name(text, *span) or None,
            description=clean_text(selection.note) or None,
            start_position=span[0],
            end_position=span[1],
            coding=[self.models.CodingType(guid=id, code_ref=code_ref, **creation)],
            **creation,
        )

    def _project_element(self) -> Any:
        users = [self.models.UserType(guid=self._make_guid("coder", name), name=name) for name in self.coders]
        codes = [self._code_element(path) for path in self.children.get((), ())]
        sources = [self._source_element(name) for name in self.texts]
        return self.models.Project(
            name=self.title,
            origin="Detente",
            creation_date_time=_parse_date(""),
            users=self.models.UsersType(user=users) if users else None,
            code_book=self.models.ProjectCodeBookType(codes=self.models.ProjectCodesType(code=codes))
            if codes
            else None,
            sources=self.models.SourcesType(text_source=sources) if sources else None,
        )

    def _code_element(self, path: tuple[str, ...]) -> Any:
        return self.models.ProjectCodeType(
            guid=self._make_guid("code", *path),
            name=path[-1],
            is_codable=path in self.codable_paths,
            description=clean_text(self.descriptions.get(path, "")) or None,
            code=[self._code_element(child) for child in self.children.get(path, ())],
        )

    def _source_element(self, name: str) -> Any:
        id = self._make_guid("document", collapse_spaces(name))
        return self.models.TextSourceType(
            guid=id,
            name=collapse_spaces(name),
            plain_text_path=f"internal://{id}.txt",
            plain_text_selection=self.selections_by_document.get(name, []),
            creation_date_time=_parse_date(""),
        )


def _parse_date(text: str) -> Any:
    """A date or an xs:dateTime as pyrefiqda wants it; none as one that stands for none; None for anything else."""
    from xsdata.models.datatype import XmlDateTime

    try:
        return XmlDateTime.from_string(f"{text}T00:00:00" if "T" not in text and text else text or NO_DATE)
    except ValueError:
        return None
