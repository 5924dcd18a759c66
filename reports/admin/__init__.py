"""The bureau's side of calls, reports, support and statistics."""

from reports.admin.call import ReportCallAdmin
from reports.admin.report import AnnualReportAdmin
from reports.statistics.admin import PictureAdmin
from reports.statistics.admin_papers import StatisticsReportAdmin
from reports.support.admin import SupportRequestAdmin

__all__ = [
    "AnnualReportAdmin",
    "PictureAdmin",
    "ReportCallAdmin",
    "StatisticsReportAdmin",
    "SupportRequestAdmin",
]
