"""What the bureau's room asks before a move of a filing; found by `filings.apps` at the start."""

from filings.guards import also
from filings.states import Action
from reviews.experts import enough_scores

also(Action.RECOMMEND, enough_scores)
