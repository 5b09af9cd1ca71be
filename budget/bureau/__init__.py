"""The pages of the budget division: years, departments and units, codes, settings of rules."""
