"""Pages about indicators: the library that the bureau keeps, and taking over from it."""
