from reports.models.call import ReportCall
from reports.models.extension import Extension
from reports.models.report import AnnualReport, ReportComment, ReportEvent
from reports.models.rows import ChangeExplanation, MilestoneProgress, ReportProject
from reports.models.statistics import Picture, StatisticsReport

__all__ = [
    "AnnualReport",
    "ChangeExplanation",
    "Extension",
    "MilestoneProgress",
    "Picture",
    "ReportCall",
    "ReportComment",
    "ReportEvent",
    "ReportProject",
    "StatisticsReport",
]
