"""Which rows of a table stand on which page, when merged cells reach over several rows.

A merged cell that is cut by the end of a page is printed again on the next one, so its height
counts on every page that shows it. Rows are given the heights that they were measured to have;
what a part of them needs is then found as table layout finds it: the last row that a merged cell
covers makes up what the cell lacks. Heights are CSS pixels. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Label:
    """A merged cell: where it begins, how many rows it covers, what its text needs.

    ``frame`` is its padding and borders, ``line`` the height of one of its ``lines``.
    """

    row: int
    column: int
    span: int
    frame: float
    line: float
    lines: int

    @property
    def end(self) -> int:
        """The first row below it."""
        return self.row + self.span

    def height(self, lines: int) -> float:
        """Return what it needs with so many lines."""
        return self.frame + self.line * lines


@dataclass(frozen=True, slots=True)
class Room:
    """What pages offer to rows: the first, each other one, and what stands under the last row."""

    first: float
    other: float
    tail: float

    @property
    def least(self) -> float:
        """What a merged cell may need to be repeated whole on every page."""
        return min(self.first, self.other)


@dataclass(frozen=True, slots=True)
class Part:
    """The rows [start, end) of one page.

    ``lines`` says which lines [from, to) a merged cell shows here, for those cells alone whose
    text is longer than a page and therefore runs on. ``tall`` marks a single row that needs more
    than a page.
    """

    start: int
    end: int
    lines: Mapping[Label, tuple[int, int]] = field(default_factory=dict)
    tall: bool = False


def parts(rows: Sequence[float], labels: Sequence[Label], room: Room) -> tuple[Part, ...]:
    """Return the pages of a table with rows of these heights; none for a table without rows."""
    return tuple(_Paging(rows, labels, room).parts())


class _Paging:
    """Fills page after page."""

    def __init__(self, rows: Sequence[float], labels: Sequence[Label], room: Room) -> None:
        self.rows = rows
        self.labels = labels
        self.room = room
        self.left = {label: label.lines for label in labels if self.is_long(label)}

    def is_long(self, label: Label) -> bool:
        """Return whether a merged cell does not fit any page, so that its text runs on."""
        return label.height(label.lines) > self.room.least

    def parts(self) -> Iterator[Part]:
        """Yield the pages in order."""
        start = 0
        while start < len(self.rows):
            part = self.part(start)
            for label, (_, end) in part.lines.items():
                self.left[label] = label.lines - end
            yield part
            start = part.end

    def part(self, start: int) -> Part:
        """Return the page that begins with a row: as many rows as fit, at least one."""
        available = self.room.other if start else self.room.first
        end = start + 1
        while end < len(self.rows) and self.needed(start, end + 1) <= available:
            end += 1
        end = self.with_text_left(start, end)
        lines = {label: self.shown(label, start, end) for label in self.running(start, end)}
        return Part(start, end, lines, tall=self.needed(start, end) > available)

    def needed(self, start: int, end: int) -> float:
        """Return the height of rows [start, end), with the tail if they are the last."""
        heights: list[float] = []
        for row in range(start, end):
            height = self.rows[row]
            for label in self.labels:
                if row == min(label.end, end) - 1 and label.row <= row:
                    above = sum(heights[max(label.row, start) - start :])
                    height = max(height, self.label_height(label, start, end) - above)
            heights.append(height)
        return sum(heights) + (self.room.tail if end == len(self.rows) else 0)

    def label_height(self, label: Label, start: int, end: int) -> float:
        """Return what a merged cell needs within rows [start, end)."""
        if label not in self.left:
            return label.height(label.lines)
        begun, ended = self.shown(label, start, end)
        return label.height(ended - begun)

    def shown(self, label: Label, start: int, end: int) -> tuple[int, int]:
        """Return the lines of a long text that rows [start, end) show.

        As many as fit a page; all that are left beside the last row, if it stands alone.
        """
        begun = label.lines - self.left[label]
        alone = end - start == 1 and end == label.end
        fitting = int((self.room.least - label.frame) // label.line)
        return begun, label.lines if alone else min(label.lines, begun + fitting)

    def with_text_left(self, start: int, end: int) -> int:
        """Return an end that keeps a row back for long text that is still to come."""
        for label in self.running(start, end):
            _, shown = self.shown(label, start, end)
            if end >= label.end and shown < label.lines and label.end - 1 > start:
                end = label.end - 1
        return end

    def running(self, start: int, end: int) -> Iterable[Label]:
        """Return the long merged cells that rows [start, end) show."""
        return [label for label in self.left if label.row < end and label.end > start]
