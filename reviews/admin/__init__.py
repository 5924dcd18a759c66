"""The bureau's workbench: every page of the admin over what `filings` keeps."""

from reviews.admin import (
    change,
    consortium,
    credit,
    decision,
    duty,
    expert,
    history,
    objection,
    policy,
    renaming,
    runs,
    template,
)

__all__ = [
    "change", "consortium", "credit", "decision", "duty", "expert", "history", "objection",
    "policy", "renaming", "runs", "template",
]  # fmt: skip
