"""The bureau's workbench: every page of the admin over what `filings` keeps."""

from reviews.admin import (
    change,
    closing,
    consortium,
    credit,
    decision,
    duty,
    expert,
    history,
    objection,
    policy,
    provincial,
    renaming,
    runs,
    template,
)

__all__ = [
    "change", "closing", "consortium", "credit", "decision", "duty", "expert", "history",
    "objection", "policy", "provincial", "renaming", "runs", "template",
]  # fmt: skip
