"""Code lists and the organisation as tables in files: read, previewed, taken in, given out.

The administrators' pages and the bureau's work over the same declarations: a table is a ``Rows``
(``rows``), a cell a widget (``widgets``), a file XLSX or CSV (``formats``).
"""
