"""Demonstration data: invented units and persons, every state, dates relative to today.

Built in bulk, past the lifecycle, so that a hundred thousand consortia take minutes; the database's
constraints still hold for every row. The same seed on the same day gives the same data.
"""
