"""What a handler records about a case: each form by the last word of its address."""

from amends.desk.forms.agreeing import Answer, AnswerApproval, AskApproval, FinalAnswer
from amends.desk.forms.coming_back import CallBack, Close, Fix, Follow, Outcomes, Reopen, Resolve, RootCause, ThanksLine
from amends.desk.forms.fair import Purchase, Think, Withdraw
from amends.desk.forms.record import RecordForm
from amends.desk.forms.understanding import Assign, Basis, Bid, LeftToUs, NotSo, Option, Unwarranted, Upset
from amends.desk.forms.waiting import EndSnooze, Snooze

RECORDS: dict[str, type[RecordForm]] = {
    "assign": Assign,
    "upset": Upset,
    "not-so": NotSo,
    "basis": Basis,
    "bid": Bid,
    "left-to-us": LeftToUs,
    "unwarranted": Unwarranted,
    "purchase": Purchase,
    "think": Think,
    "withdraw": Withdraw,
    "option": Option,
    "answer": Answer,
    "final-answer": FinalAnswer,
    "ask-approval": AskApproval,
    "answer-approval": AnswerApproval,
    "snooze": Snooze,
    "end-snooze": EndSnooze,
    "resolve": Resolve,
    "fix": Fix,
    "call-back": CallBack,
    "outcomes": Outcomes,
    "close": Close,
    "thanks-line": ThanksLine,
    "reopen": Reopen,
    "root-cause": RootCause,
    "follow": Follow,
}
"""Each record by the last word of its address."""
