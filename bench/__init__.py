"""What speed and memory the product has, measured side by side in one run (docs/bench.md)."""
