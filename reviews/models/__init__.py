from reviews.models.experts import Expert, ExpertCriterion, ExpertRound, Invitation, Score
from reviews.models.notes import CommentTemplate, Note
from reviews.models.sharing import Assignment, SavedFilter
from reviews.models.traces import FilingTrace, UnitTrace

__all__ = [
    "Assignment",
    "CommentTemplate",
    "Expert",
    "ExpertCriterion",
    "ExpertRound",
    "FilingTrace",
    "Invitation",
    "Note",
    "SavedFilter",
    "Score",
    "UnitTrace",
]
