"""Performance goals and indicators (预算绩效): their part of the book, tables and rules."""
