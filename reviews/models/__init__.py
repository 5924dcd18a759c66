from reviews.models.experts import Expert, ExpertCriterion, ExpertRound, Invitation, Score
from reviews.models.sharing import Assignment, SavedFilter

__all__ = [
    "Assignment",
    "Expert",
    "ExpertCriterion",
    "ExpertRound",
    "Invitation",
    "SavedFilter",
    "Score",
]
