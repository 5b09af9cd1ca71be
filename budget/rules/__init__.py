"""Rules: what a document and its book must agree in, each a small function with its own code.

A family is a module. Rules say what must hold; how a breach is measured, traced to its cause and
told is the same for all (``equations``, ``diagnosis``, ``report``).
"""
