"""The public's pages: read-only, and made from releases alone, never from the working tables."""
