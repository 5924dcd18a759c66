"""The audit trail: who read which document and who wrote which row, from where, when, and what
it said before and after.

Writes are caught by triggers of the database (`triggers`), so that `update()`, bulk writes and raw
SQL leave a trace like everything else; `context` knows who is at work, `connections` tells it to
the database. `chain` seals the entries, so that a later edit or gap is found.
"""
