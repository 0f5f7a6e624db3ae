"""What the tests of documents share: a document of hostile words."""

from __future__ import annotations

from detente.report.documents.blocks import (
    CodeBlock,
    Document,
    Figure,
    Heading,
    ItemList,
    Paragraph,
    Run,
    TableBlock,
    plain,
)
from detente.report.documents.figure_svg import DrawnPicture
from detente.report.documents.picture_tables import picture_tables
from detente.results.pictures import (
    Bar,
    Network,
    NetworkNode,
    Networks,
    NetworkTie,
    RangeRow,
    RangeRows,
    StackedBar,
    StackedBars,
    TallyPart,
    TallyRow,
    Timeline,
    TimeMark,
    TimeRow,
    UnitTally,
)

CASES = ("two-leagues", "cmea-ec", "nato-csto")
SIGNS = r"""\ { } $ & # ^ _ ~ % " ' ` < > | * [ ] @ - – — − … ‘ ’ “ ” ½ × ± →"""
LETTERS = "é ñ ü ł ő ş ð ß Ø İ Ж λ ש 中 😀 e\u0301 \u00a0 \u00ad"
CONTROLS = "a\u202eb\u202c \x07 \x1b[31m \x00 \ufffe one\ntwo\r\nthree\tfour"
COMMANDS = r"\input{/etc/passwd} \write18{x} ]]> --> <!-- <b>x</b> # 1. - ``` | a | **b** \end{document}"
HOSTILE = f"{SIGNS} {LETTERS} {CONTROLS} {COMMANDS}"


def pictures(text: str) -> list[DrawnPicture]:
    """A picture of each form that is drawn, with the same text at every place."""
    row = RangeRow(text, (Bar(0.1, 0.4), None), note=text, group=text, standing="built in")
    dots = RangeRow(text, (Bar(-0.2, 0.1, 0.0), Bar(0.3, 0.3)), is_base=True)
    nodes = (NetworkNode(text, 0.0, 0.2, 0), NetworkNode(text, 1.0, 0.9, 1), NetworkNode(text, 0.5, 0.5))
    return [
        RangeRows(text, text, (text, text), (row,), "likelihood", text),
        RangeRows(text, text, (text, text), (dots, row), "signed"),
        RangeRows(text, text, ("",), (), "share"),
        StackedBars(text, text, (text, "b"), (StackedBar(text, (0.004, 0.996)), StackedBar("", (0.0, 1.0)))),
        Timeline(
            text,
            (
                TimeRow(text, (TimeMark(2001.2, 2001.2, "offer", 0, text), TimeMark(2003, 2009.5, "spell")), text),
                TimeRow("", (TimeMark(2002, 2002, "reply", 1), TimeMark(2004, 2004, "event"))),
            ),
            text,
            text,
            (("offer", 0, text), ("reply", 1, text)),
        ),
        UnitTally(text, (TallyRow(text, (TallyPart("yes", 130, text), TallyPart("half", 3, text)), text),), text),
        UnitTally(text, (TallyRow(text, (TallyPart("no", 3, "c"), TallyPart("unclear", 0, "d"))),)),
        Networks(text, (Network(text, nodes, (NetworkTie(0, 1), NetworkTie(1, 2, True))), Network("", (), ()))),
    ]


def document_of(text: str) -> Document:
    """A document with the same text in every kind of block."""
    runs = (Run(text), Run(text, strong=True), Run(text, is_code=True), Run("5", True, number_name=text), Run(" "))
    table = TableBlock((text, "b", ""), ((runs, (), plain(text)), (plain(text), plain("1"), ())), text, text)
    return Document(
        text,
        text,
        (
            Heading(1, text, text),
            Heading(3, text, text),
            Paragraph(runs, "lead", text),
            Paragraph(runs, "note"),
            Paragraph((), "body", ""),
            ItemList((runs, plain(text), ()), is_ordered=True, source=text),
            ItemList((plain(text),)),
            table,
            CodeBlock(text),
            *(
                Figure(picture, text, picture_tables(picture, text, text), text, has_named_numbers=index == 0)
                for index, picture in enumerate(pictures(text))
            ),
        ),
        (("5", text), ("6", f"{text} 2")),
    )
