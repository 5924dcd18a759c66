from reports.models.call import ReportCall
from reports.models.report import AnnualReport, ReportComment, ReportEvent
from reports.models.rows import ChangeExplanation, MilestoneProgress, ReportProject
from reports.models.statistics import Picture, StatisticsReport

__all__ = [
    "AnnualReport",
    "ChangeExplanation",
    "MilestoneProgress",
    "Picture",
    "ReportCall",
    "ReportComment",
    "ReportEvent",
    "ReportProject",
    "StatisticsReport",
]
