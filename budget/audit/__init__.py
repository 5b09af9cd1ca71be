"""审计: entries that are only ever added, each sealed by the digest of the one before."""
