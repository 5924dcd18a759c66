from reports.models.call import CallPaper, ReportCall
from reports.models.extension import Extension
from reports.models.report import AnnualReport, ReportEvent
from reports.models.rows import ChangeExplanation, MilestoneProgress, PlanMilestone, ReportProject
from reports.models.statistics import Picture, StatisticsReport
from reports.models.submission import ReportComment, ReportDocument, ReportNote, ReportSubmission
from reports.models.support import SupportEvent, SupportFile, SupportRequest
from reports.models.unit import UnitPart

__all__ = [
    "AnnualReport",
    "CallPaper",
    "ChangeExplanation",
    "Extension",
    "MilestoneProgress",
    "Picture",
    "PlanMilestone",
    "ReportCall",
    "ReportComment",
    "ReportDocument",
    "ReportEvent",
    "ReportNote",
    "ReportProject",
    "ReportSubmission",
    "StatisticsReport",
    "SupportEvent",
    "SupportFile",
    "SupportRequest",
    "UnitPart",
]
