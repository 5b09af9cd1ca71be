"""打印与下载: what people print or take along of a budget before it is public.

Word files and marked previews of the draft, the sheets that are signed by hand, the printed 批复.
"""
