from reviews.models.experts import Expert, ExpertCriterion, ExpertInvitation, ExpertRound, Score
from reviews.models.notes import CommentTemplate, Note
from reviews.models.sharing import Assignment, SavedFilter
from reviews.models.traces import FilingTrace, UnitTrace

__all__ = [
    "Assignment",
    "CommentTemplate",
    "Expert",
    "ExpertCriterion",
    "ExpertInvitation",
    "ExpertRound",
    "FilingTrace",
    "Note",
    "SavedFilter",
    "Score",
    "UnitTrace",
]
