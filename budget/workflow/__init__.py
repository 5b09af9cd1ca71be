"""流程: the one table of steps, and the one function that takes them."""
