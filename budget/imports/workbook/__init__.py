"""Workbooks that others made: the tables of an edition read back into a document.

``budget.imports.xlsx`` opens the file without being harmed by it and reads its cells; ``heads``
finds which sheet is which table, ``known`` gathers what the sheets together say of names,
``skeleton`` and ``rows`` say which row is which, ``placing`` puts each number into its cell, and
``document`` makes the whole. What cannot be understood is refused with sheet and cell; no number
is dropped and nothing is read as zero.
"""

from budget.imports.workbook import rows
from budget.imports.workbook.document import WorkbookRead, read_workbook
from budget.imports.xlsx.refusal import UnreadableWorkbook

__all__ = ["UnreadableWorkbook", "WorkbookRead", "read_workbook", "rows"]
