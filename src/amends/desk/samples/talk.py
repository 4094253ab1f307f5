"""A conversation with a message of every kind."""

from datetime import timedelta

from amends.desk.contexts import ActionView, AttachmentView, HeatView, HeldView, MessageView, PieceView
from amends.desk.samples.time import NOW
from amends.method.words import Station

MESSAGES = (
    MessageView(
        id="1",
        speaker="customer",
        author="Maya Okafor",
        at=NOW - timedelta(days=1, hours=3),
        channel="e-mail",
        subject="Broken AGAIN",
        heat=HeatView(level=4),
        pieces=(
            PieceView(text="I am absolutely FURIOUS. "),
            PieceView(
                text="The espresso machine you sent me is broken AGAIN, the second time in a month, "
                "and nobody at your company cares.",
                station=Station.HEAR,
            ),
            PieceView(
                text=" I have been a customer for eight years.\n\nI want my money back or I will tell everyone I know."
            ),
        ),
        quoted="On 2 March Copper Kettle Coffee wrote:\nYour repaired machine is on its way.",
        attachments=(AttachmentView(name="fuse-box.jpg", size=482_133, url="#"),),
    ),
    MessageView(
        id="2",
        speaker="automatic",
        author="",
        at=NOW - timedelta(days=1, hours=3),
        channel="e-mail",
        state="sent",
        pieces=(PieceView(text="We have your message. A person will answer you by 13:00 today."),),
    ),
    MessageView(
        id="3",
        speaker="us",
        author="Tom Adeyemi",
        at=NOW - timedelta(days=1, hours=2),
        channel="e-mail",
        state="sent",
        pieces=(
            PieceView(
                text="I can hear how furious you are, and after a second breakdown in a month I would be too.",
                station=Station.ACKNOWLEDGE,
            ),
            PieceView(
                text=" Eight years is a long time to trust us. You expected a machine that works after the repair, "
                "and it failed again on the first morning: have I got that right?"
            ),
        ),
    ),
    MessageView(
        id="n1",
        speaker="note",
        author="Tom Adeyemi",
        at=NOW - timedelta(hours=20),
        icon="pencil-line",
        pieces=(PieceView(text="Third return from this batch. I have asked the workshop."),),
    ),
    MessageView(
        id="4",
        speaker="customer",
        author="Maya Okafor",
        at=NOW - timedelta(hours=4),
        channel="phone",
        icon="phone",
        heat=HeatView(level=2, trend="falling"),
        pieces=(
            PieceView(
                text="Yes, that is right. It trips the fuse as soon as I switch it on.", station=Station.DIAGNOSE
            ),
            PieceView(text=" "),
            PieceView(text="I want a full refund, and someone to collect the thing.", station=Station.ASK),
        ),
    ),
    MessageView(
        id="5",
        speaker="us",
        author="Tom Adeyemi",
        at=NOW - timedelta(hours=1),
        channel="e-mail",
        state="taken_back",
        pieces=(PieceView(text="As I already explained twice, our policy is"),),
    ),
    MessageView(
        id="6",
        speaker="us",
        author="Tom Adeyemi",
        at=NOW - timedelta(minutes=50),
        channel="e-mail",
        state="failed",
        trouble="Her mailbox was full. It will be tried again at 10:00.",
        pieces=(PieceView(text="Here is the label for the parcel."),),
    ),
    MessageView(
        id="7",
        speaker="us",
        author="Tom Adeyemi",
        at=NOW,
        channel="e-mail",
        state="held",
        pieces=(
            PieceView(
                text="You will have the €189 back by Friday 17:00, and a courier collects the machine tomorrow "
                "between 9 and 11."
            ),
        ),
        held=HeldView(
            until=NOW + timedelta(seconds=7),
            seconds=10,
            take_back=ActionView(label="Take it back", url="#", icon="undo-2"),
        ),
    ),
)
