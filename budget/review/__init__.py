"""Pages for people inside: what the rules say of a draft, and the draft that they point into."""
