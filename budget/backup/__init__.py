"""备份与恢复: the whole site in one archive, proven by restoring it, put back all or not at all."""
