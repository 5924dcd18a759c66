"""The closing summary: what a consortium reached against the goals of its filing (clauses 1, 2)."""
