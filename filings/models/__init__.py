from filings.models.casework import ChangeDuty, CreditEvent, CreditFile
from filings.models.change import Change, ChangeConfirmation
from filings.models.checklist import ASKED_BY, ChecklistAnswer, ChecklistItem
from filings.models.choices import (
    AFTER_FILING,
    OF_RESULTS,
    ChainRole,
    ChangeKind,
    ClosingReason,
    Confirmation,
    CouncilKind,
    DocumentKind,
    GoalKind,
    LeadKind,
    PlatformKind,
    PlatformLevel,
)
from filings.models.closing import ClosingResult, ClosingSubmission, ClosingSummary
from filings.models.consortium import Consortium
from filings.models.credit import CreditCase, CreditRecord
from filings.models.decision import Letter, NoticeEntry, PublicNotice
from filings.models.document import Document, RequiredDocument, Upload
from filings.models.grade import ReportGrade
from filings.models.history import Comment, Event, Justification, Submission, Untold
from filings.models.member import Member
from filings.models.numbering import FilingCounter, LetterCounter
from filings.models.operation import Objection
from filings.models.policy import ExpertReview, FocusField, Policy
from filings.models.provincial import ProvincialApplication
from filings.models.renaming import Renaming
from filings.models.run import SweepRun
from filings.models.search import SearchEntry
from filings.models.task import KeyTask, Milestone

__all__ = [
    "AFTER_FILING",
    "ASKED_BY",
    "OF_RESULTS",
    "ChainRole",
    "Change",
    "ChangeConfirmation",
    "ChangeDuty",
    "ChangeKind",
    "ChecklistAnswer",
    "ChecklistItem",
    "ClosingReason",
    "ClosingResult",
    "ClosingSubmission",
    "ClosingSummary",
    "Comment",
    "Confirmation",
    "Consortium",
    "CouncilKind",
    "CreditCase",
    "CreditEvent",
    "CreditFile",
    "CreditRecord",
    "Document",
    "DocumentKind",
    "Event",
    "ExpertReview",
    "FilingCounter",
    "FocusField",
    "GoalKind",
    "Justification",
    "KeyTask",
    "LeadKind",
    "Letter",
    "LetterCounter",
    "Member",
    "Milestone",
    "NoticeEntry",
    "Objection",
    "PlatformKind",
    "PlatformLevel",
    "Policy",
    "ProvincialApplication",
    "PublicNotice",
    "Renaming",
    "ReportGrade",
    "RequiredDocument",
    "SearchEntry",
    "Submission",
    "SweepRun",
    "Untold",
    "Upload",
]
