"""Which packages make up the system, in the order in which discovery visits them.

The order is part of the contract: registries keep it, so reports and documents come out the same
on every machine. No Django here: pure tests read it too.
"""

PACKAGES: tuple[str, ...] = ("budget", "performance")
