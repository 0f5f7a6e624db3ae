"""From an archive that has been looked through to a project."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from detente.errors import CaseError, Problem, printable
from detente.exchange.refi.archive import Archive
from detente.exchange.refi.elements import UNDATED, UNKNOWN, Project, Selection, models, plain_guid
from detente.exchange.refi.plain_text import (
    Count,
    Named,
    Text,
    ambiguous,
    collapsed,
    likeliest,
    normalised,
    other_words,
    spans,
    stand,
)
from detente.exchange.refi.xml import check_project
from detente.text.english import clipped, count, listed

MOST_LOOKED_AT = 3 * 10**8
"""So many characters are looked at, in all, for the names of selections that do not begin as they are called."""


def unpacked(archive: Archive) -> Project:
    """The project in an archive.

    Raises:
        CaseError: With everything that is wrong with it.
        DetenteError: Without pyrefiqda.
    """
    return _Reader(archive).project()


class _Reader:
    """A project on its way out of an archive."""

    def __init__(self, archive: Archive):
        self.archive = archive
        self.problems: list[Problem] = []
        self.notes: list[str] = []
        self.codes: dict[tuple[str, ...], str] = {}
        self.paths: dict[str, tuple[str, ...]] = {}
        self.texts: dict[str, str] = {}
        self.selections: list[Selection] = []
        self.looked_at = 0
        self.unsought: list[str] = []

    def project(self) -> Project:
        model = self._parsed()
        self.users = self._users(model.users.user if model.users else ())
        self.remarks = {_key(note.guid): note for note in (model.notes.note if model.notes else ())}
        for code in model.code_book.codes.code if model.code_book else ():
            self._code(code, ())
        if model.sources:
            for source in model.sources.text_source:
                self._document(source, source.name)
            self._media(model.sources)
        others = ("variables", "cases", "links", "sets", "graphs")
        others_there = [name for name in others if getattr(model, name) is not None]
        if others_there:
            self.notes.append(f"Left out, since only coded texts are read: {listed(others_there)}.")
        if self.problems:
            raise CaseError(self.problems)
        coders = dict.fromkeys((*self.users.values(), *(selection.coder for selection in self.selections)))
        return Project(
            collapsed(model.name) or "untitled",
            self.texts,
            tuple(coders),
            self.codes,
            tuple(self.selections),
            tuple(map(printable, self.notes)),
        )

    def _parsed(self) -> Any:
        """project.qde as pyrefiqda's model; the parser under it is expat, which has already read it once."""
        from xsdata.exceptions import ConverterWarning, ParserError
        from xsdata.formats.dataclass.parsers.config import ParserConfig
        from xsdata.formats.dataclass.parsers.handlers import XmlEventHandler
        from xsdata_pydantic.bindings import XmlParser

        name = self.archive.project
        content = self.archive.read(name)
        check_project(
            content,
            lambda said, remedy, line, column: self.archive.problem(
                said, remedy, member=name, line=line, column=column
            ),
        )
        parser = XmlParser(config=ParserConfig(fail_on_unknown_properties=False), handler=XmlEventHandler)
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error", ConverterWarning)
                model: Any = parser.from_bytes(content, models().Project)
        except (ConverterWarning, ParserError, ValueError, TypeError, KeyError, AttributeError) as error:
            reason = clipped(" ".join(str(error).split()), 200)
            problem = self.archive.problem(f"is no REFI-QDA project: {reason}", "export it again", member=name)
            raise CaseError([problem]) from error
        return model

    def _users(self, users: Iterable[Any]) -> dict[str, str]:
        """The name of each user by GUID; those without a name are told apart by number."""
        names: dict[str, str] = {}
        for user in users:
            name = collapsed(user.name or user.id or "")
            if name in names.values():
                self.notes.append(f"Two coders are called '{name}': read as one.")
            nameless = sum(other.startswith(UNKNOWN) for other in names.values())
            names[_key(user.guid)] = name or (f"{UNKNOWN} ({nameless + 1})" if nameless else UNKNOWN)
        return names

    def _code(self, code: Any, above: tuple[str, ...]) -> None:
        path = (*above, collapsed(code.name) or code.guid)
        if path in self.codes:
            self.notes.append(f"Two codes are called '{' > '.join(path)}': read as one.")
        self.codes[path] = self.codes.get(path) or code.description or ""
        self.paths[_key(code.guid)] = path
        for child in code.code:
            self._code(child, path)

    def _document(self, source: Any, given: str | None) -> None:
        name = wanted = collapsed(given or "") or source.guid
        number = 1
        while name in self.texts:
            number += 1
            name = f"{wanted} ({number})"
        if name != wanted:
            self.notes.append(f"Another document is called '{wanted}': this one is read as '{name}'.")
        found = source.plain_text_selection
        raw = self._raw(source, name, f"left out with its selections{self._codings_of(found)}")
        whole = [self._told(coding) for coding in source.coding]
        self._left_out(whole, name, "code the document as a whole", "codes the document as a whole")
        if raw is None:
            return
        text = normalised(raw)
        self.texts[name] = text.text
        self._read_selections(name, text, found)

    def _read_selections(self, name: str, text: Text, found: Sequence[Any]) -> None:
        """Adds the codings of the selections in a text; names those that are left out."""
        span = spans(text, self._count(name, text, found))
        outside: list[str] = []
        dangling: list[str] = []
        for selection in found:
            place = span(selection.start_position, selection.end_position)
            place = self._called(name, text, selection, place, outside) if selection.coding else None
            for coding in selection.coding if place else ():
                code = self.paths.get(_key(coding.code_ref.target_guid))
                if code is None:
                    dangling.append(self._told(coding, selection))
                elif place:
                    self.selections.append(self._selection(name, place, code, selection, coding))
        if self.unsought:
            taken = "are not called as they begin, and taken as they stand"
            self.notes.append(f"In '{name}', selections {taken}: {'; '.join(self.unsought)}.")
            self.unsought.clear()
        uncoded = [_at(selection) for selection in found if not selection.coding]
        self._left_out(uncoded, name, "carry no code", "carries no code", "selection")
        self._left_out(outside, name, "lie outside its text or are empty", "lies outside its text or is empty")
        self._left_out(dangling, name, "refer to no code of the file", "refers to no code of the file")

    def _called(
        self, name: str, text: Text, selection: Any, place: tuple[int, int] | None, outside: list[str]
    ) -> tuple[int, int] | None:
        """Where a selection belongs by the words that it is called by; None, which is told, where that is not clear."""
        starts = self._stand(text, selection, place)
        if not starts:
            outside += [self._told(coding, selection) for coding in selection.coding] if place is None else []
            return place
        here = f"In '{name}', the selection at {_at(selection)} is called '{clipped(collapsed(selection.name), 60)}'"
        if len(starts) > 1:
            where = listed(map(str, starts[:8]), "or")
            told = "; ".join(self._told(coding) for coding in selection.coding)
            self.notes.append(f"{here}, which stands not there but at {where}: left out ({told}); select it again.")
            return None
        first, last = place or (selection.start_position, selection.end_position)
        moved = f"moved by {starts[0] - first:+d} characters"
        self.notes.append(f"{here}, which stands not there but at {starts[0]}: {moved}.")
        return starts[0], min(starts[0] + max(last - first, 1), len(text.text))

    def _stand(self, text: Text, selection: Any, place: tuple[int, int] | None) -> list[int]:
        """Where the words stand that a selection is called by, if elsewhere; as far as so much is looked at."""
        words = other_words(text, selection.name or "", place)
        self.looked_at += len(text.text) if words else 0
        if words and self.looked_at > MOST_LOOKED_AT:
            self.unsought += [_at(selection)] if place else []
            return []
        return stand(text, words, place) if words else []

    def _told(self, coding: Any, selection: Any = None) -> str:
        """A coding in words: its code, its coder and its positions."""
        code = self.paths.get(_key(coding.code_ref.target_guid), ("a code that is not there",))
        user = coding.creating_user or (selection and (selection.creating_user or selection.modifying_user))
        by = self.users.get(_key(user or ""))
        return f"'{' > '.join(code)}'{f' by {by}' if by else ''}{f' at {_at(selection)}' if selection else ''}"

    def _codings_of(self, selections: Iterable[Any]) -> str:
        """The codings of selections, as an end of a sentence that leaves them out."""
        told = [self._told(coding) for selection in selections for coding in selection.coding]
        return f": {count(len(told), 'coding')} ({'; '.join(told)})" if told else ""

    def _left_out(self, told: list[str], name: str, they: str, it: str, noun: str = "coding") -> None:
        if told:
            verb = it if len(told) == 1 else they
            self.notes.append(f"In '{name}', {count(len(told), noun)} {verb}: left out ({'; '.join(told)}).")

    def _count(self, name: str, text: Text, found: Iterable[Any]) -> Count:
        named = [Named(s.name or "", s.start_position, s.end_position) for s in found]
        best, agreeing, compared = likeliest(text, named)
        if best != Count():
            self.notes.append(
                f"Positions in '{name}' are taken as {best}: so {agreeing} of {compared} selections begin as they are "
                "called."
            )
        elif not agreeing and ambiguous(text) and _seen(text, named):
            self.notes.append(f"Nothing shows how positions in '{name}' are counted: taken as {best}.")
        return best

    def _selection(
        self, name: str, place: tuple[int, int], code: tuple[str, ...], selection: Any, coding: Any
    ) -> Selection:
        user = coding.creating_user or selection.creating_user or selection.modifying_user
        date = coding.creation_date_time or selection.creation_date_time or selection.modified_date_time
        refs = (*selection.note_ref, *coding.note_ref)
        notes = [selection.description or "", *(self._remark(ref.target_guid) for ref in refs)]
        return Selection(
            name,
            *place,
            code,
            self.users.get(_key(user or ""), UNKNOWN),
            "\n".join(filter(None, notes)),
            "" if str(date or UNDATED) == UNDATED else str(date).removesuffix("T00:00:00"),
            _key(coding.guid),
        )

    def _remark(self, id: str) -> str:
        note = self.remarks.get(_key(id))
        if note is None:
            return ""
        there = note.plain_text_content or note.plain_text_path
        raw = self._raw(note, note.name or "a note", "left out") if there else note.description
        return normalised(raw or "").text

    def _raw(self, source: Any, name: str, lost: str) -> str | None:
        """The text of a source or note as it stands; None, with what is lost or a problem, where there is none."""
        if source.plain_text_content is not None:
            return str(source.plain_text_content)
        path = source.plain_text_path
        if not path:
            self.notes.append(f"'{name}' has no plain text in the file: {lost}.")
            return None
        scheme, _, inner = path.rpartition("://")
        if scheme not in ("", "internal") or path.startswith("/") or path[1:2] == ":":
            self.notes.append(f"The text of '{name}' is not in the file but at '{clipped(path, 120)}': {lost}.")
            return None
        inner = inner.lstrip("/")
        member = self.archive.source(inner)
        if member is None:
            message = f"the text of '{clipped(name, 80)}' is not in the file: no {clipped(inner, 80)}"
            self.problems.append(self.archive.problem(message, "export it again, with its sources"))
            return None
        try:
            return _decoded(self.archive.read(member))
        except CaseError as error:
            self.problems += error.problems
        except UnicodeDecodeError as error:
            message = f"is not UTF-8 from byte {error.start}, and the text of '{clipped(name, 80)}'"
            self.problems.append(self.archive.problem(message, "save it as UTF-8", member=member))
        return None

    def _media(self, sources: Any) -> None:
        for kind, selected, media in (
            ("picture", "picture_selection", sources.picture_source),
            ("PDF", "pdfselection", sources.pdfsource),
            ("recording", "audio_selection", sources.audio_source),
            ("recording", "video_selection", sources.video_source),
        ):
            for source in media:
                name = collapsed(source.name or "") or source.guid
                texts = [each for each in getattr(source, "transcript", ()) if each.transcript_selection]
                lost = self._codings_of([*getattr(source, selected), source, *_selections(texts)])
                if getattr(source, "representation", None) is not None:
                    self.notes.append(f"Of the PDF '{name}' the text is read, and the rest left out{lost}.")
                    self._document(source.representation, name)
                else:
                    self.notes.append(f"'{name}' is a {kind}: left out with its selections{lost}.")


def _seen(text: Text, selections: list[Named]) -> bool:
    """Whether there is more than white space in a selection, as the standard counts."""
    span = spans(text, Count())
    places = (span(selection.start, selection.end) for selection in selections)
    return any(place and text.text[slice(*place)].strip() for place in places)


def _decoded(content: bytes) -> str:
    """The text of a file in UTF-8 or UTF-16, with its byte order mark if it has one."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "\ufeff" + content.decode("utf-16")
    if not len(content) % 2 and b"\0" in content[:2]:  # UTF-16 without a mark: every other byte of plain text is 0
        return content.decode("utf-16-be" if content[:1] == b"\0" else "utf-16-le")
    return content.decode("utf-8")


def _selections(transcripts: Iterable[Any]) -> Iterator[Any]:
    for transcript in transcripts:
        yield from transcript.transcript_selection


def _at(selection: Any) -> str:
    """The positions of a selection as the file gives them."""
    start, end = getattr(selection, "start_position", None), getattr(selection, "end_position", None)
    return f"{start} to {end}"


def _key(id: str | None) -> str:
    """A GUID in one form, for programs write it in several; anything else as it stands."""
    return plain_guid(id or "") or (id or "").strip()
