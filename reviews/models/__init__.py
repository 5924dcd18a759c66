from reviews.models.experts import Expert, ExpertCriterion, ExpertRound, Invitation, Score
from reviews.models.sharing import Assignment, SavedFilter
from reviews.models.traces import FilingTrace, UnitTrace

__all__ = [
    "Assignment",
    "Expert",
    "ExpertCriterion",
    "ExpertRound",
    "FilingTrace",
    "Invitation",
    "SavedFilter",
    "Score",
    "UnitTrace",
]
