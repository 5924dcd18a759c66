"""What the database itself keeps of a support request (see `accounts.database`)."""

TRIGGERS = {
    "reports_supportevent_frozen": (
        "reports_supportevent",
        "UPDATE",
        "",
        "history is append-only",
    ),
    "reports_supportevent_kept": ("reports_supportevent", "DELETE", "", "history is append-only"),
}
