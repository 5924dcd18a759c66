"""Somebody's deadlines as a calendar (RFC 5545) that other programs read."""

from collections.abc import Iterable
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from filings.deadlines import Deadline

# How long a program may wait before it asks again.
REFRESH = timedelta(hours=6)


def written(deadlines: Iterable[Deadline], language: str) -> bytes:
    """The calendar in a language: one event of a whole day for each deadline that has a day.

    An event keeps its UID for as long as the deadline lives, so that a moved day moves it.
    """
    with translation.override(language):
        calendar = Calendar()
        calendar.add("prodid", "-//Nanjing innovation consortia//Deadlines//EN")
        calendar.add("version", "2.0")
        calendar.add("x-wr-calname", _("Deadlines of innovation consortia"))
        calendar.add("x-wr-timezone", settings.TIME_ZONE)
        calendar.add("refresh-interval", REFRESH, parameters={"value": "DURATION"})
        now = timezone.now()
        for deadline in deadlines:
            if deadline.day:
                calendar.add_component(_event(deadline, now))
        return calendar.to_ical()


def _event(deadline: Deadline, now) -> Event:
    event = Event()
    event.add("uid", f"{deadline.key}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("dtstamp", now)
    event.add("dtstart", deadline.day)
    event.add("dtend", deadline.day + timedelta(days=1))
    event.add("summary", _summary(deadline))
    event.add("description", _description(deadline))
    event.add("url", settings.SITE_URL + deadline.url)
    event.add("transp", "TRANSPARENT")
    return event


def _summary(deadline: Deadline) -> str:
    return _("%(what)s: %(name)s") % {"what": deadline.label, "name": deadline.subject}


def _description(deadline: Deadline) -> str:
    lines = [_("It ends with that day, at 24:00 in Shanghai.")]
    if deadline.owed_by:
        lines.append(_("To be done by: %(who)s") % {"who": deadline.owed_by})
    return "\n".join([*lines, settings.SITE_URL + deadline.url])
