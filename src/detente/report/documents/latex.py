"""A document as LaTeX: an article whose numbers are macros, so that a rerun renews them, with figures as PDF."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from detente.report.documents.blocks import (
    Block,
    CodeBlock,
    Document,
    Figure,
    Heading,
    ItemList,
    NamedNumber,
    Paragraph,
    Run,
    TableBlock,
    plain,
)
from detente.report.documents.column_widths import column_shares, font_points
from detente.report.documents.figure_svg import drawn_picture, figure_svg
from detente.report.documents.latex_text import MacroNames, escape_latex, latex_runs

LEVELS = {1: "section", 2: "subsection", 3: "subsubsection"}
FONT_COMMANDS = {9.0: r"\footnotesize", 8.0: r"\scriptsize", 7.0: r"\scriptsize", 6.0: r"\tiny"}
NUMBERS_CAPTION = "The same in numbers"
MOST_TOGETHER = 16
"""A table of at most so many rows is not broken between pages."""
PREAMBLE = r"""\documentclass[10pt,a4paper]{article}
\usepackage{iftex}
\ifPDFTeX
  \usepackage[utf8]{inputenc}
  \usepackage[T1]{fontenc}
  \IfFileExists{lmodern.sty}{\usepackage{lmodern}}{}
\fi
\usepackage{textcomp}
\usepackage[margin=20mm]{geometry}
\usepackage{array}
\usepackage{booktabs}
\usepackage{longtable}
\usepackage{graphicx}
\usepackage[hidelinks]{hyperref}
\setlength{\parindent}{0pt}
\setlength{\parskip}{5pt plus 1pt}
\setlength{\emergencystretch}{3em}
\setlength{\LTcapwidth}{\linewidth}
\setlength{\LTpre}{4pt}
\setlength{\LTpost}{4pt}
\setlength{\intextsep}{6pt}
\setlength{\abovecaptionskip}{4pt}
\makeatletter
\renewcommand{\section}{\@startsection{section}{1}{0pt}{-10pt}{3pt}{\large\bfseries}}
\renewcommand{\subsection}{\@startsection{subsection}{2}{0pt}{-8pt}{2pt}{\normalsize\bfseries}}
\renewcommand{\subsubsection}{\@startsection{subsubsection}{3}{0pt}{-6pt}{1pt}{\small\bfseries}}
\makeatother
\setcounter{secnumdepth}{0}
% A letter that the fonts of pdfLaTeX have not: LuaLaTeX and XeLaTeX show it, pdfLaTeX its number.
\ifPDFTeX\newcommand{\detchar}[1]{{[}U+#1{]}}\else\newcommand{\detchar}[1]{\symbol{"#1}}\fi
"""


def render_latex(document: Document, figures_folder: str) -> tuple[str, dict[str, bytes]]:
    """The document as the text of a .tex file, and its figures as PDF by their names.

    Args:
        document: The document.
        figures_folder: The name of the folder beside it in which the figures lie.
    """
    writer = _Writer(document.numbers, figures_folder)
    body = "\n\n".join(part for block in document.blocks for part in writer.write(block))
    numbers = "\n".join(rf"\newcommand{{\{name}}}{{{value}}}" for name, value in writer.macros.values.items())
    title = escape_latex(document.title)
    # In a string of a PDF no command can stand, so the title is told by what hyperref makes of it.
    head = [
        PREAMBLE,
        "% The numbers of the brief: the answer by each test, then what each change makes of it.",
        f"{numbers}\n",
        rf"\hypersetup{{pdftitle={{{title}}}, pdflang={{en-GB}}}}",
        r"\begin{document}",
        rf"{{\LARGE\bfseries\raggedright {title}\par}}",
    ]
    return "\n".join(head) + f"\n\n{body}\n\n\\end{{document}}\n", writer.figures


class _Writer:
    """Writes blocks one after another, and keeps the macros and the figures that they use."""

    def __init__(self, document_numbers: Sequence[NamedNumber], figures_folder: str):
        self._folder = figures_folder
        self._source = ""
        self.macros = MacroNames(document_numbers)
        self.figures: dict[str, bytes] = {}

    def write(self, block: Block) -> Iterator[str]:
        """A block of any kind, after a comment with the id of what it comes from."""
        if block.source and block.source != self._source:
            yield f"% {re.sub(r'[^a-zA-Z0-9._-]', '-', block.source)}"
        self._source = block.source or self._source
        runs = partial(latex_runs, macros=self.macros)
        match block:
            case Heading():
                yield rf"\{LEVELS[block.level]}{{{escape_latex(block.text)}}}"
            case Paragraph():
                yield _styled(block, runs(block.runs))
            case ItemList():
                name = "enumerate" if block.is_ordered else "itemize"
                items = "\n".join(rf"\item {_guarded(runs(item))}" for item in block.items)
                tight = r"\setlength{\itemsep}{0pt}\setlength{\parskip}{0pt}"
                yield f"\\begin{{{name}}}\n{tight}\n{items}\n\\end{{{name}}}"
            case TableBlock():
                yield self._table(block)
            case Figure():
                yield self._figure(block)
                if block.has_named_numbers:
                    yield from (self._table(replace(table, caption=NUMBERS_CAPTION)) for table in block.tables)
            case CodeBlock():
                lines = (latex_runs((Run(line, is_code=True),), self.macros) for line in block.text.splitlines())
                yield "\\\\\n".join(lines)

    def _figure(self, figure: Figure) -> str:
        """A picture as a PDF file, where it stands in the text."""
        import vl_convert

        name = f"figure-{len(self.figures) + 1}.pdf"
        self.figures[name] = vl_convert.svg_to_pdf(figure_svg(drawn_picture(figure.picture)))
        return "\n".join(
            [
                r"\begin{figure}[!htbp]",
                r"\centering",
                rf"\includegraphics[width=\linewidth,height=0.85\textheight,keepaspectratio]{{{self._folder}/{name}}}",
                rf"\caption{{{escape_latex(figure.caption)}}}",
                r"\end{figure}",
            ]
        )

    def _table(self, table: TableBlock) -> str:
        """A table that may run over pages, its headings on each."""
        columns = len(table.headings)
        gaps = 2 * (columns - 1)
        room = rf"\dimexpr\linewidth-{gaps}\tabcolsep\relax"
        shares = column_shares(table)
        widths = "".join(rf">{{\raggedright\arraybackslash\hspace{{0pt}}}}p{{{share:.4f}{room}}}" for share in shares)
        head = " & ".join(latex_runs(plain(heading, strong=True), self.macros) for heading in table.headings)
        end = r" \\*" if len(table.rows) <= MOST_TOGETHER else r" \\"
        rows = "\n".join(" & ".join(latex_runs(cell, self.macros) for cell in row) + end for row in table.rows)
        top = rf"\toprule {head} \\ \midrule"
        caption = rf"\caption{{{escape_latex(table.caption)}}}\\" if table.caption else ""
        return "\n".join(
            [
                rf"{{{FONT_COMMANDS[font_points(table)]}\setlength{{\tabcolsep}}{{3pt}}",
                rf"\begin{{longtable}}{{@{{}}{widths}@{{}}}}",
                f"{caption}{top}\n\\endfirsthead\n{top}\n\\endhead\n\\bottomrule\n\\endlastfoot",
                rows,
                r"\end{longtable}}",
            ]
        )


def _styled(paragraph: Paragraph, text: str) -> str:
    if paragraph.style == "lead":
        return rf"{{\large {text}\par}}"
    return rf"{{\footnotesize {text}\par}}" if paragraph.style == "note" else _guarded(text)


def _guarded(text: str) -> str:
    """Text at whose head no bracket is taken for an option: a group that begins with one stays a group."""
    return text or r"\mbox{}"
