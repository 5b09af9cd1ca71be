"""审核台: one budget opened on what changed, a department's units, sums of any set of units."""
