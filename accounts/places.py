"""Where a unit sits: Nanjing's districts by GB/T 2260, the new area, and the rest of the world."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Place(models.TextChoices):
    XUANWU = "320102", _("Xuanwu District")
    QINHUAI = "320104", _("Qinhuai District")
    JIANYE = "320105", _("Jianye District")
    GULOU = "320106", _("Gulou District")
    PUKOU = "320111", _("Pukou District")
    QIXIA = "320113", _("Qixia District")
    YUHUATAI = "320114", _("Yuhuatai District")
    JIANGNING = "320115", _("Jiangning District")
    LUHE = "320116", _("Luhe District")
    LISHUI = "320117", _("Lishui District")
    GAOCHUN = "320118", _("Gaochun District")
    # The new area recommends filings like a district but has no code in GB/T 2260.
    JIANGBEI = "NJ-JB", _("Jiangbei New Area")
    OUTSIDE = "OUTSIDE", _("Outside Nanjing")


def in_nanjing(place: str) -> bool:
    return place in Place.values and place != Place.OUTSIDE
