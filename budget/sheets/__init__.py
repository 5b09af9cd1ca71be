"""Entry sheets: one declaration each; reading, planning and applying changes to them.

Everything that is entered goes through ``changing.apply``: from a page, a pasted block, an entry
workbook or a command. What a sheet is, is declared once in a file of its own (``s30_basic``).
"""
