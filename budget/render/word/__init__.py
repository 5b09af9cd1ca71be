"""The document as a Word file, made with python-docx: for circulation inside the house."""
