"""What a request asked of the database."""


def queries(asked) -> list[str]:
    """The statements that `CaptureQueriesContext` saw, without the marks of transactions."""
    statements = [query["sql"] for query in asked]
    return [sql for sql in statements if not sql.startswith(("SAVEPOINT", "RELEASE"))]
