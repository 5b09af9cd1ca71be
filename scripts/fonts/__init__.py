"""The project's own fonts: gathered, cut down, and shown to fontconfig without the machine's.

Result, all under build/fonts: `faces/*.otf`, `fonts.conf` (what FONTCONFIG_FILE points at) and
`fonts.json` (each face with its digest, and one digest of the whole set).
"""
