"""Files that come in: read first, checked, then stored in one transaction."""
