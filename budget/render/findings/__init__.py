"""Reports of what rules found, for people and programs: as text, JSON, a page and a workbook.

``view`` puts a report into words once; the others only lay the words out.
"""
