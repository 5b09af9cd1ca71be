"""What differs between two documents, or between two books: figures, words, lines. Pure.

``differences`` compares documents as they are displayed and needs nothing else, so it serves
released versions and drafts alike; ``line_differences`` compares the ledgers that two books were
made with. Both rank by amount: what weighs most is told first.
"""

from budget.differing.documents import (
    Differences,
    FigureChange,
    WordsChange,
    differences,
)
from budget.differing.lines import LineChange, line_differences
from budget.differing.measures import MeasureChange, measure_differences
from budget.differing.presence import Presence
from budget.differing.words import Piece, PieceKind, pieces

__all__ = [
    "Differences",
    "FigureChange",
    "LineChange",
    "MeasureChange",
    "Piece",
    "PieceKind",
    "Presence",
    "WordsChange",
    "differences",
    "line_differences",
    "measure_differences",
    "pieces",
]
