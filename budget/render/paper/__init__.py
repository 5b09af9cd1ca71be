"""Setting the document on paper, page by page. Nothing outside imports WeasyPrint.

Importing a module of this package may load Pango; ``budget.render.pdf`` does so when the first PDF
is asked for, and says what is missing where it cannot be had.
"""
