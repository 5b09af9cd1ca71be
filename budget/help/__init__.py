"""帮助: the guides for users as pages of the site, from the files that docs/ holds."""
