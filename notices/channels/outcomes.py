"""How an attempt to send a copy can end, other than well. Every channel tells these three apart."""


class NotSentError(Exception):
    """No copy left; it is worth trying again later."""


class InDoubtError(Exception):
    """A copy may have left: the connection broke when it was handed over."""


class UndeliverableError(Exception):
    """No copy left, and none ever will: there is no address, or none that can be written to."""
