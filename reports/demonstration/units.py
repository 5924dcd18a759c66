"""Invented units with valid codes, and the people who sign in for them and for the bureau."""

from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from accounts import uscc
from accounts.models import JoinRequest, Membership, Unit, User
from accounts.roles import LABELS, Role

PASSWORD = "Nanjing-Demo-2026"  # noqa: S105 - printed for everybody, on demonstration data alone

NAMED = (
    ("91320115XX0001011D", "南京示例星火智能装备有限公司", "enterprise", "320115"),
    ("91320191XX000102X7", "南京样板云帆软件有限公司", "enterprise", "NJ-JB"),
    ("12320000XX00020146", "示例江东理工大学", "university", "320102"),
    ("12100000XX0002022B", "样板金陵工程大学", "university", "320106"),
    ("12320100XX00020301", "南京虚拟先进材料研究院", "institute", "320113"),
    ("91320114XX0001038N", "南京虚拟长桥通信技术有限公司", "enterprise", "320114"),
    ("91320113XX00010463", "南京示例栖光显示材料有限公司", "enterprise", "320113"),
    ("91320111XX00010541", "南京样板浦芯半导体有限公司", "enterprise", "320111"),
    ("91320117XX0001062J", "南京虚拟溧能新能源汽车有限公司", "enterprise", "320117"),
    ("91320191XX0001070J", "南京示例元康生物医药有限公司", "enterprise", "NJ-JB"),
    ("91320116XX0001097N", "南京虚拟六合钢材有限公司", "enterprise", "320116"),
    ("12320000XX0002049Q", "江苏示例机器人实验室", "platform", "320115"),
)
PLACES = ("320102", "320104", "320105", "320106", "320111", "320113", "320114", "320115", "320117")
WORDS = (
    "启明",
    "云栖",
    "天枢",
    "长风",
    "瑞泽",
    "恒创",
    "博远",
    "新锐",
    "紫峰",
    "江澜",
    "宁远",
    "华岳",
)
TRADES = ("智能装备", "软件", "新材料", "通信技术", "生物医药", "半导体", "电力科技", "航空装备")


@dataclass(frozen=True, slots=True)
class Account:
    username: str
    full_name: str
    role: str
    unit: str = ""


# Whoever has an account, and waits for the owner of the unit.
ASKS = "asks to join"
ACCOUNTS = (
    Account("lead", "甲示例", "owner", NAMED[0][0]),
    Account("lead2", "乙演示", "owner", NAMED[1][0]),
    Account("member", "丙样本", "owner", NAMED[2][0]),
    Account("reader", "壬样例", "reader", NAMED[0][0]),
    Account("newcomer", "癸演示", ASKS, NAMED[0][0]),
    Account("intake", "丁示例", Role.INTAKE),
    Account("reviewer", "戊演示", Role.REVIEWER),
    Account("decider", "己样本", Role.DECIDER),
    Account("auditor", "庚示例", Role.AUDITOR),
    Account("admin", "辛演示", Role.ADMINISTRATOR),
)


def code(number: int, prefix: str) -> str:
    """A valid credit code over an organisation code that is never issued (it begins with XX)."""
    body = f"XX{number:06d}"
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(c, 36) * w for c, w in zip(body, weights, strict=True))
    first = f"{prefix}{body}{'0123456789X0'[11 - total % 11]}"
    return first + uscc.check_character(first)


def build_units(count: int, rng) -> list[Unit]:
    """The named units first, then as many more as asked for."""
    units = [Unit(uscc=c, name=n, kind=k, place=p) for c, n, k, p in NAMED]
    for number in range(count):
        place = rng.choice(PLACES)
        if number % 4 == 3:
            units.append(
                Unit(
                    uscc=code(600000 + number, "12320000"),
                    name=f"示例{rng.choice(WORDS)}大学第{number}研究院",
                    kind="institute" if number % 8 == 7 else "university",
                    place=place,
                )
            )
        else:
            name = f"南京示例{rng.choice(WORDS)}{rng.choice(TRADES)}第{number}有限公司"
            units.append(
                Unit(
                    uscc=code(600000 + number, f"91{place}"),
                    name=name,
                    kind="enterprise",
                    place=place,
                )
            )
    for unit in units:
        unit.legal_representative, unit.contact_name = "甲示例", "乙演示"
        unit.address, unit.contact_phone = "示例路 1 号", "025-00000000"
    return Unit.objects.bulk_create(units, batch_size=1000)


def build_accounts() -> dict[str, User]:
    """The accounts of the tour, all with one password."""
    hashed = make_password(PASSWORD)
    people = {}
    for account in ACCOUNTS:
        staff = account.role in LABELS
        user = User.objects.create(
            username=account.username,
            email=f"{account.username}@example.com",
            full_name=account.full_name,
            password=hashed,
            is_staff=staff,
        )
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        if staff:
            user.groups.add(Group.objects.get(name=account.role))
        else:
            unit = Unit.objects.get(uscc=account.unit)
            if account.role == ASKS:
                JoinRequest.objects.create(user=user, unit=unit)
            else:
                Membership.objects.create(user=user, unit=unit, role=account.role)
        people[account.username] = user
    return people
