"""Renderers: one file per format, each a function from a finished document to files."""
