"""The public's interface for programs (/api/v1/): read-only, and made from releases alone."""
