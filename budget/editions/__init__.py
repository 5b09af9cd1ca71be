"""Editions: one file per place and year, each a frozen value and nothing else."""
