"""What make runs to prepare a machine: native libraries, fonts, a browser, a throw-away database.

Nothing here is part of the product, and nothing of the product imports it.
"""
