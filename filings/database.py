"""What the database itself keeps of a filing, whoever writes the row; see `accounts.database`."""

from accounts.database import lock

__all__ = ["TRIGGERS", "lock"]

# name: (table, moment, condition under which the statement is refused, what the refusal says)
TRIGGERS = {
    # Clause 5.3: the lead unit never changes, whoever writes the row.
    "filings_lead_frozen": (
        "filings_consortium",
        "UPDATE OF lead_unit_id",
        "NEW.lead_unit_id <> OLD.lead_unit_id",
        "the lead unit of a consortium never changes",
    ),
    "filings_uscc_frozen": (
        "accounts_unit",
        "UPDATE OF uscc",
        "NEW.uscc <> OLD.uscc",
        "a unit keeps its credit code: it is the key of the legal entity",
    ),
    "filings_event_frozen": ("filings_event", "UPDATE", "", "history is append-only"),
    "filings_event_kept": ("filings_event", "DELETE", "", "history is append-only"),
    "filings_letter_frozen": (
        "filings_letter",
        "UPDATE OF consortium_id, kind, year, serial, number, issued_on, addressee, subject, "
        "clause, reason, points, due_on, remedy",
        "",
        "a letter stays as it was issued",
    ),
    "filings_letter_kept": ("filings_letter", "DELETE", "", "a letter stays as it was issued"),
    "filings_submission_frozen": (
        "filings_submission",
        "UPDATE",
        "",
        "a submission stays as it was filed",
    ),
}
