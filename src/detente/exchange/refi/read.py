"""From an archive that has been looked through to a project."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from detente.errors import CaseError, Problem, printable_text
from detente.exchange.refi.archive import ProjectArchive
from detente.exchange.refi.elements import (
    NO_DATE,
    UNKNOWN_CODER,
    CodedSelection,
    RefiProject,
    load_models,
    normalise_guid,
)
from detente.exchange.refi.plain_text import (
    NamedSelection,
    PositionCounting,
    SourceText,
    collapse_spaces,
    find_words,
    has_ambiguous_positions,
    likeliest_counting,
    misplaced_name_words,
    normalise_text,
    position_converter,
)
from detente.exchange.refi.xml import check_project
from detente.text.english import clip_text, count_noun, join_words

MAX_CHARACTERS_SEARCHED = 3 * 10**8
"""So many characters are looked at, in all, for the names of selections that do not begin as they are called."""


def project_from_archive(archive: ProjectArchive) -> RefiProject:
    """The project in an archive.

    Raises:
        CaseError: With everything that is wrong with it.
        DetenteError: Without pyrefiqda.
    """
    return _ProjectReader(archive).read_model()


class _ProjectReader:
    """A project on its way out of an archive."""

    def __init__(self, archive: ProjectArchive):
        self.archive = archive
        self.problems: list[Problem] = []
        self.notes: list[str] = []
        self.codes: dict[tuple[str, ...], str] = {}
        self.code_paths: dict[str, tuple[str, ...]] = {}
        self.texts: dict[str, str] = {}
        self.selections: list[CodedSelection] = []
        self.characters_searched = 0
        self.unsearched: list[str] = []

    def read_model(self) -> RefiProject:
        model = self._parse_model()
        self.user_names = self._read_user_names(model.users.user if model.users else ())
        self.notes_by_guid = {_guid_key(note.guid): note for note in (model.notes.note if model.notes else ())}
        for code in model.code_book.codes.code if model.code_book else ():
            self._add_code(code, ())
        if model.sources:
            for source in model.sources.text_source:
                self._add_document(source, source.name)
            self._note_media(model.sources)
        other_parts = ("variables", "cases", "links", "sets", "graphs")
        present_parts = [name for name in other_parts if getattr(model, name) is not None]
        if present_parts:
            self.notes.append(f"Left out, since only coded texts are read: {join_words(present_parts)}.")
        if self.problems:
            raise CaseError(self.problems)
        coders = dict.fromkeys((*self.user_names.values(), *(selection.coder for selection in self.selections)))
        return RefiProject(
            collapse_spaces(model.name) or "untitled",
            self.texts,
            tuple(coders),
            self.codes,
            tuple(self.selections),
            tuple(map(printable_text, self.notes)),
        )

    def _parse_model(self) -> Any:
        """project.qde as pyrefiqda's model; the parser under it is expat, which has already read it once."""
        from xsdata.exceptions import ConverterWarning, ParserError
        from xsdata.formats.dataclass.parsers.config import ParserConfig
        from xsdata.formats.dataclass.parsers.handlers import XmlEventHandler
        from xsdata_pydantic.bindings import XmlParser

        name = self.archive.project_member
        content = self.archive.read_member(name)
        check_project(
            content,
            lambda message, remedy, line, column: self.archive.make_problem(
                message, remedy, member=name, line=line, column=column
            ),
        )
        parser = XmlParser(config=ParserConfig(fail_on_unknown_properties=False), handler=XmlEventHandler)
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error", ConverterWarning)
                model: Any = parser.from_bytes(content, load_models().Project)
        except (ConverterWarning, ParserError, ValueError, TypeError, KeyError, AttributeError) as error:
            reason = clip_text(" ".join(str(error).split()), 200)
            problem = self.archive.make_problem(f"is no REFI-QDA project: {reason}", "export it again", member=name)
            raise CaseError([problem]) from error
        return model

    def _read_user_names(self, users: Iterable[Any]) -> dict[str, str]:
        """The name of each user by GUID; those without a name are told apart by number."""
        names: dict[str, str] = {}
        for user in users:
            name = collapse_spaces(user.name or user.id or "")
            if name in names.values():
                self.notes.append(f"Two coders are called '{name}': read as one.")
            nameless_count = sum(other.startswith(UNKNOWN_CODER) for other in names.values())
            names[_guid_key(user.guid)] = name or (
                f"{UNKNOWN_CODER} ({nameless_count + 1})" if nameless_count else UNKNOWN_CODER
            )
        return names

    def _add_code(self, code: Any, ancestors: tuple[str, ...]) -> None:
        path = (*ancestors, collapse_spaces(code.name) or code.guid)
        if path in self.codes:
            self.notes.append(f"Two codes are called '{' > '.join(path)}': read as one.")
        self.codes[path] = self.codes.get(path) or code.description or ""
        self.code_paths[_guid_key(code.guid)] = path
        for child in code.code:
            self._add_code(child, path)

    def _add_document(self, source: Any, given_name: str | None) -> None:
        name = wanted_name = collapse_spaces(given_name or "") or source.guid
        number = 1
        while name in self.texts:
            number += 1
            name = f"{wanted_name} ({number})"
        if name != wanted_name:
            self.notes.append(f"Another document is called '{wanted_name}': this one is read as '{name}'.")
        selections = source.plain_text_selection
        raw = self._raw_text(source, name, f"left out with its selections{self._lost_codings_phrase(selections)}")
        whole_codings = [self._describe_coding(coding) for coding in source.coding]
        self._note_omission(whole_codings, name, "code the document as a whole", "codes the document as a whole")
        if raw is None:
            return
        text = normalise_text(raw)
        self.texts[name] = text.text
        self._read_selections(name, text, selections)

    def _read_selections(self, name: str, text: SourceText, file_selections: Sequence[Any]) -> None:
        """Adds the codings of the selections in a text; names those that are left out."""
        to_code_points = position_converter(text, self._choose_counting(name, text, file_selections))
        outside: list[str] = []
        dangling: list[str] = []
        for selection in file_selections:
            place = to_code_points(selection.start_position, selection.end_position)
            place = self._place_by_name(name, text, selection, place, outside) if selection.coding else None
            for coding in selection.coding if place else ():
                code = self.code_paths.get(_guid_key(coding.code_ref.target_guid))
                if code is None:
                    dangling.append(self._describe_coding(coding, selection))
                elif place:
                    self.selections.append(self._make_selection(name, place, code, selection, coding))
        if self.unsearched:
            explanation = "are not called as they begin, and taken as they stand"
            self.notes.append(f"In '{name}', selections {explanation}: {'; '.join(self.unsearched)}.")
            self.unsearched.clear()
        uncoded = [_format_positions(selection) for selection in file_selections if not selection.coding]
        self._note_omission(uncoded, name, "carry no code", "carries no code", "selection")
        self._note_omission(outside, name, "lie outside its text or are empty", "lies outside its text or is empty")
        self._note_omission(dangling, name, "refer to no code of the file", "refers to no code of the file")

    def _place_by_name(
        self, name: str, text: SourceText, selection: Any, place: tuple[int, int] | None, outside: list[str]
    ) -> tuple[int, int] | None:
        """Where a selection belongs by the words that it is called by; None, which is told, where that is not clear."""
        starts = self._starts_of_name(text, selection, place)
        if not starts:
            outside += (
                [self._describe_coding(coding, selection) for coding in selection.coding] if place is None else []
            )
            return place
        called = clip_text(collapse_spaces(selection.name), 60)
        location = f"In '{name}', the selection at {_format_positions(selection)} is called '{called}'"
        if len(starts) > 1:
            starts_phrase = join_words(map(str, starts[:8]), "or")
            codings_phrase = "; ".join(self._describe_coding(coding) for coding in selection.coding)
            self.notes.append(
                f"{location}, which stands not there but at {starts_phrase}: left out ({codings_phrase}); "
                "select it again."
            )
            return None
        first, last = place or (selection.start_position, selection.end_position)
        move_phrase = f"moved by {starts[0] - first:+d} characters"
        self.notes.append(f"{location}, which stands not there but at {starts[0]}: {move_phrase}.")
        return starts[0], min(starts[0] + max(last - first, 1), len(text.text))

    def _starts_of_name(self, text: SourceText, selection: Any, place: tuple[int, int] | None) -> list[int]:
        """Where the words stand that a selection is called by, if elsewhere; as far as so much is looked at."""
        words = misplaced_name_words(text, selection.name or "", place)
        self.characters_searched += len(text.text) if words else 0
        if words and self.characters_searched > MAX_CHARACTERS_SEARCHED:
            self.unsearched += [_format_positions(selection)] if place else []
            return []
        return find_words(text, words, place) if words else []

    def _describe_coding(self, coding: Any, selection: Any = None) -> str:
        """A coding in words: its code, its coder and its positions."""
        code = self.code_paths.get(_guid_key(coding.code_ref.target_guid), ("a code that is not there",))
        user = coding.creating_user or (selection and (selection.creating_user or selection.modifying_user))
        coder = self.user_names.get(_guid_key(user or ""))
        coder_phrase = f" by {coder}" if coder else ""
        position_phrase = f" at {_format_positions(selection)}" if selection else ""
        return f"'{' > '.join(code)}'{coder_phrase}{position_phrase}"

    def _lost_codings_phrase(self, selections: Iterable[Any]) -> str:
        """The codings of selections, as an end of a sentence that leaves them out."""
        descriptions = [self._describe_coding(coding) for selection in selections for coding in selection.coding]
        return f": {count_noun(len(descriptions), 'coding')} ({'; '.join(descriptions)})" if descriptions else ""

    def _note_omission(
        self, descriptions: list[str], name: str, plural_clause: str, singular_clause: str, noun: str = "coding"
    ) -> None:
        if descriptions:
            verb = singular_clause if len(descriptions) == 1 else plural_clause
            self.notes.append(
                f"In '{name}', {count_noun(len(descriptions), noun)} {verb}: left out ({'; '.join(descriptions)})."
            )

    def _choose_counting(self, name: str, text: SourceText, selections: Iterable[Any]) -> PositionCounting:
        named_selections = [NamedSelection(s.name or "", s.start_position, s.end_position) for s in selections]
        counting, agreeing_count, compared_count = likeliest_counting(text, named_selections)
        if counting != PositionCounting():
            self.notes.append(
                f"Positions in '{name}' are taken as {counting}: so {agreeing_count} of {compared_count} selections "
                "begin as they are called."
            )
        elif not agreeing_count and has_ambiguous_positions(text) and _has_visible_selection(text, named_selections):
            self.notes.append(f"Nothing shows how positions in '{name}' are counted: taken as {counting}.")
        return counting

    def _make_selection(
        self, name: str, place: tuple[int, int], code: tuple[str, ...], selection: Any, coding: Any
    ) -> CodedSelection:
        user = coding.creating_user or selection.creating_user or selection.modifying_user
        date = coding.creation_date_time or selection.creation_date_time or selection.modified_date_time
        refs = (*selection.note_ref, *coding.note_ref)
        notes = [selection.description or "", *(self._note_text(ref.target_guid) for ref in refs)]
        return CodedSelection(
            name,
            *place,
            code,
            self.user_names.get(_guid_key(user or ""), UNKNOWN_CODER),
            "\n".join(filter(None, notes)),
            "" if str(date or NO_DATE) == NO_DATE else str(date).removesuffix("T00:00:00"),
            _guid_key(coding.guid),
        )

    def _note_text(self, id: str) -> str:
        note = self.notes_by_guid.get(_guid_key(id))
        if note is None:
            return ""
        has_text = note.plain_text_content or note.plain_text_path
        raw = self._raw_text(note, note.name or "a note", "left out") if has_text else note.description
        return normalise_text(raw or "").text

    def _raw_text(self, source: Any, name: str, loss_phrase: str) -> str | None:
        """The text of a source or note as it stands; None, with what is lost or a problem, where there is none."""
        if source.plain_text_content is not None:
            return str(source.plain_text_content)
        path = source.plain_text_path
        if not path:
            self.notes.append(f"'{name}' has no plain text in the file: {loss_phrase}.")
            return None
        scheme, _, inner_path = path.rpartition("://")
        if scheme not in ("", "internal") or path.startswith("/") or path[1:2] == ":":
            self.notes.append(
                f"The text of '{name}' is not in the file but at '{clip_text(path, 120)}': {loss_phrase}."
            )
            return None
        inner_path = inner_path.lstrip("/")
        member = self.archive.source_member(inner_path)
        if member is None:
            message = f"the text of '{clip_text(name, 80)}' is not in the file: no {clip_text(inner_path, 80)}"
            self.problems.append(self.archive.make_problem(message, "export it again, with its sources"))
            return None
        try:
            return _decode_text(self.archive.read_member(member))
        except CaseError as error:
            self.problems += error.problems
        except UnicodeDecodeError as error:
            message = f"is not UTF-8 from byte {error.start}, and the text of '{clip_text(name, 80)}'"
            self.problems.append(self.archive.make_problem(message, "save it as UTF-8", member=member))
        return None

    def _note_media(self, sources: Any) -> None:
        for kind, selection_field, media in (
            ("picture", "picture_selection", sources.picture_source),
            ("PDF", "pdfselection", sources.pdfsource),
            ("recording", "audio_selection", sources.audio_source),
            ("recording", "video_selection", sources.video_source),
        ):
            for source in media:
                name = collapse_spaces(source.name or "") or source.guid
                coded_transcripts = [
                    transcript for transcript in getattr(source, "transcript", ()) if transcript.transcript_selection
                ]
                loss_phrase = self._lost_codings_phrase(
                    [*getattr(source, selection_field), source, *_transcript_selections(coded_transcripts)]
                )
                if getattr(source, "representation", None) is not None:
                    self.notes.append(f"Of the PDF '{name}' the text is read, and the rest left out{loss_phrase}.")
                    self._add_document(source.representation, name)
                else:
                    self.notes.append(f"'{name}' is a {kind}: left out with its selections{loss_phrase}.")


def _has_visible_selection(text: SourceText, selections: list[NamedSelection]) -> bool:
    """Whether there is more than white space in a selection, as the standard counts."""
    to_code_points = position_converter(text, PositionCounting())
    places = (to_code_points(selection.start, selection.end) for selection in selections)
    return any(place and text.text[slice(*place)].strip() for place in places)


def _decode_text(content: bytes) -> str:
    """The text of a file in UTF-8 or UTF-16, with its byte order mark if it has one."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "\ufeff" + content.decode("utf-16")
    if not len(content) % 2 and b"\0" in content[:2]:  # UTF-16 without a mark: every other byte of plain text is 0
        return content.decode("utf-16-be" if content[:1] == b"\0" else "utf-16-le")
    return content.decode("utf-8")


def _transcript_selections(transcripts: Iterable[Any]) -> Iterator[Any]:
    for transcript in transcripts:
        yield from transcript.transcript_selection


def _format_positions(selection: Any) -> str:
    """The positions of a selection as the file gives them."""
    start, end = getattr(selection, "start_position", None), getattr(selection, "end_position", None)
    return f"{start} to {end}"


def _guid_key(id: str | None) -> str:
    """A GUID in one form, for programs write it in several; anything else as it stands."""
    return normalise_guid(id or "") or (id or "").strip()
