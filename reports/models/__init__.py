from reports.models.call import CallPaper, ReportCall
from reports.models.extension import Extension
from reports.models.report import AnnualReport, ReportComment, ReportEvent
from reports.models.rows import ChangeExplanation, MilestoneProgress, ReportProject
from reports.models.support import SupportEvent, SupportFile, SupportRequest

__all__ = [
    "AnnualReport",
    "CallPaper",
    "ChangeExplanation",
    "Extension",
    "MilestoneProgress",
    "ReportCall",
    "ReportComment",
    "ReportEvent",
    "ReportProject",
    "SupportEvent",
    "SupportFile",
    "SupportRequest",
]
