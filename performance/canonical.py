"""Goals can be frozen with the book that they are part of."""

from budget.canonical import PARTS
from performance.goals import Goals
from performance.parts import GOALS

PARTS.add(GOALS, Goals)
