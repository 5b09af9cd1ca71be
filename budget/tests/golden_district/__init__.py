"""What documents of the invented departments must say, worked out without the system's code."""
