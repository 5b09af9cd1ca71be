"""Looking for words in what is published: pairs of characters, and each engine's own index.

``index`` writes the passages of a release, in the transaction that stores it; ``forget`` takes them
away again when it is withdrawn. ``asking`` finds them.
"""

from budget.search.indexing import forget, index

__all__ = ["forget", "index"]
