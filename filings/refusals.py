"""How the rooms say no: a sentence for people, never an error page."""


class Refused(Exception):
    """Something can't be done now; `message` says why, and what to do where that helps."""

    def __init__(self, message):
        super().__init__(message)
        self.message = message


class NotPermitted(Refused):
    """This person may not do it."""


class Conflict(Refused):
    """Somebody else was quicker; `message` says who did what and when."""
