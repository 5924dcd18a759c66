"""What the database itself keeps of calls and reports (see `accounts.database`)."""

# name: (table, moment, condition under which the statement is refused, what the refusal says)
TRIGGERS = {
    "reports_extension_frozen": ("reports_extension", "UPDATE", "", "history is append-only"),
    "reports_extension_kept": ("reports_extension", "DELETE", "", "history is append-only"),
    "reports_submission_frozen": (
        "reports_reportsubmission",
        "UPDATE",
        "",
        "submissions are kept as they were",
    ),
    "reports_submission_kept": (
        "reports_reportsubmission",
        "DELETE",
        "",
        "submissions are kept as they were",
    ),
    # A call was made public: what it says stays, but for a later due day (`reports.extensions`).
    "reports_call_frozen": (
        "reports_reportcall",
        "UPDATE",
        "OLD.published_at IS NOT NULL AND (NEW.published_at IS NULL "
        "OR NEW.reporting_year <> OLD.reporting_year OR NEW.plan_year <> OLD.plan_year "
        "OR NEW.title <> OLD.title OR NEW.text <> OLD.text OR NEW.opens_on <> OLD.opens_on "
        "OR NEW.due_on < OLD.due_on)",
        "a published call stays as it is; only its due day may be moved, and only later",
    ),
    "reports_supportevent_frozen": (
        "reports_supportevent",
        "UPDATE",
        "",
        "history is append-only",
    ),
    "reports_supportevent_kept": ("reports_supportevent", "DELETE", "", "history is append-only"),
}
