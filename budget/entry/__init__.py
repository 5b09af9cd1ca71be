"""填报: the pages on which a department's people fill in a budget. Thin: sheets know the rules."""
