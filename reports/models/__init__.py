from reports.models.call import ReportCall
from reports.models.report import AnnualReport, ReportEvent, ReportComment
from reports.models.rows import ChangeExplanation, MilestoneProgress, ReportProject

__all__ = [
    "AnnualReport",
    "ChangeExplanation",
    "MilestoneProgress",
    "ReportCall",
    "ReportEvent",
    "ReportProject",
    "ReportComment",
]
