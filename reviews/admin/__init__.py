"""The bureau's workbench: every page of the admin over what `filings` keeps."""

from reviews.admin import (
    change,
    consortium,
    credit,
    decision,
    history,
    objection,
    policy,
    template,
)

__all__ = [
    "change",
    "consortium",
    "credit",
    "decision",
    "history",
    "objection",
    "policy",
    "template",
]
