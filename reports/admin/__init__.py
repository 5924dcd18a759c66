"""The bureau's side of calls and reports."""

from reports.admin.call import ReportCallAdmin
from reports.admin.report import AnnualReportAdmin

__all__ = ["AnnualReportAdmin", "ReportCallAdmin"]
