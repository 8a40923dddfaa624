"""The housekeeper: one process beside the workers, which does what nobody asks for."""

LISTENER = 3
"""The file descriptor at which the process finds the listening socket, where figures are given out."""
