"""The bureau's side of calls, reports and support."""

from reports.admin.call import ReportCallAdmin
from reports.admin.report import AnnualReportAdmin
from reports.support.admin import SupportRequestAdmin

__all__ = ["AnnualReportAdmin", "ReportCallAdmin", "SupportRequestAdmin"]
