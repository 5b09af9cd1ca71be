"""填报工作簿: the sheets of one part of a budget as an XLSX file, written and read back.

``writing`` makes the file, empty or filled; ``reading`` gives what somebody changed in it as rows
for ``budget.sheets.planning``, which compares them with what is stored by now. The file remembers
what it was made of: hidden pages hold the budget, the keys of rows, and the texts as they were.
"""
