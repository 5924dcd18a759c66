from notices.models.delivery import Delivery
from notices.models.message import Message
from notices.models.preference import Preference

__all__ = ["Delivery", "Message", "Preference"]
