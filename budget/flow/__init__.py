"""办理: the pages on which people take a budget from step to step."""
