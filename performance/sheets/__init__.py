"""The entry sheets of performance goals: the unit's, its projects', and their indicators."""
