"""Tests of the performance package."""
