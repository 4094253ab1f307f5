"""Cases, figures, what the coach noticed, and an empty place."""

from datetime import timedelta

from amends.desk.contexts import ActionView, CaseRow, DeadlineView, EmptyView, FindingView, HeatView, StatView
from amends.desk.samples.time import NOW
from amends.method.words import Station
from amends.transcript import Money

ROWS = (
    CaseRow(
        ref="#1042",
        url="#1042",
        customer="Maya Okafor",
        title="Espresso machine broken again after the repair",
        heat=HeatView(level=4, trend="rising"),
        waiting=NOW - timedelta(hours=3),
        deadline=DeadlineView(label="Acknowledge", due=NOW - timedelta(minutes=20), state="late"),
        worth=Money.of(2480, "EUR"),
        station=Station.ACKNOWLEDGE,
        passed=1,
        unread=True,
        note="Second failure this month",
    ),
    CaseRow(
        ref="#1039",
        url="#1039",
        customer="Jonas Weber",
        title="Charged twice for the subscription",
        heat=HeatView(level=3, trend="falling"),
        waiting=NOW - timedelta(minutes=50),
        deadline=DeadlineView(label="Refund", due=NOW + timedelta(minutes=55), state="soon"),
        worth=Money.of(640, "EUR"),
        station=Station.ACT,
        passed=5,
        owner="Tom Adeyemi",
    ),
    CaseRow(
        ref="#1037",
        url="#1037",
        customer="p.larsson@example.com",
        title="The grinder that I ordered for my mother’s birthday came a week late and in the wrong colour",
        heat=HeatView(level=2, trend="steady"),
        waiting=None,
        deadline=DeadlineView(label="Update", due=NOW + timedelta(days=1), state="fine"),
        worth=Money.of(89, "EUR"),
        station=Station.ASK,
        passed=3,
        owner="Ines Ferreira",
    ),
    CaseRow(
        ref="#1021",
        url="#1021",
        customer="Aiko Tanaka",
        title="Beans tasted burnt",
        heat=HeatView(level=0, trend="falling"),
        waiting=None,
        worth=None,
        station=None,
        passed=8,
        owner="Tom Adeyemi",
    ),
)

STATS = (
    StatView(
        label="Promises kept",
        value="94 %",
        note="51 of 54 this month",
        trend="better",
        series=(81, 84, 83, 88, 90, 94),
        series_label="Promises kept over six months: from 81 to 94 per cent",
    ),
    StatView(
        label="First word to upset customers",
        value="38 min",
        note="the middle one of 120",
        trend="worse",
        series=(25, 27, 24, 30, 38),
        series_label="From 25 to 38 minutes over five months",
    ),
    StatView(label="Came back and bought again", value="61 %", note="within 90 days of a closed case"),
)

FINDINGS = (
    FindingView(
        code="PR01",
        words="shortly",
        says="starts a clock that only Maya can see. Say when.",
        wording="I will write to you by Friday 17:00.",
        weight="must",
    ),
    FindingView(
        code="AP02", says="You apologise three times. Once, and then what you will do, is warmer.", weight="should"
    ),
    FindingView(code="LO01", says="You thank her for her eight years with you.", weight="good"),
)

EMPTY = EmptyView(
    icon="sun",
    title="Nobody is waiting for you",
    text="When a promise falls due, a customer has heard nothing for too long, or somebody upset writes, "
    "it stands here.",
    action=ActionView(label="Look at the inbox", url="#rows", post=False),
)
