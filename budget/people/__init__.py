"""Pages about people: one's own account, and accounts, grants and duties for administrators."""
