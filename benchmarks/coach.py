"""What the coach says of a draft of some 200 words: the whole request, through Django's handler."""

from datetime import timedelta

from desk import FURIOUS, NOW, desk, report, timed

MESSAGES = 10
DRAFT = (
    "Dear Maya,\n\nI understand that you are upset, and I want to help. "
    + "We looked at your machine this morning, and the pump was broken. You must send us the old one, please. " * 9
    + "I will write to you by Friday 17:00.\n\nAda"
)


def main() -> None:
    """Let a customer and a handler write to each other, then print p50 and p95 of what the coach answers."""
    with desk():
        from django.test import Client

        from amends.actions.actors import Staff
        from amends.actions.incoming import Incoming, do_receive
        from amends.actions.replies import do_log_spoken
        from amends.store.models import Case, Team, User

        at = NOW
        do_receive(Incoming(channel="email", name="Maya", email="maya@example.com", text=FURIOUS), at=at)
        case = Case.objects.get()
        user = User.objects.create_user("ada@example.com", name="Ada", rank="lead", team=Team.objects.get())
        for _ in range(MESSAGES // 2):
            at += timedelta(minutes=5)
            do_log_spoken(Staff.of(user), case.pk, "I hear how angry you are. What happened then?", at=at)
            at += timedelta(minutes=5)
            do_receive(Incoming(channel="email", email="maya@example.com", text=FURIOUS, case=case.pk), at=at)
        client = Client(headers={"host": "localhost"})
        client.force_login(user)

        def coach() -> None:
            response = client.post(f"/cases/{case.pk}/coach/", {"text": DRAFT})
            assert response.status_code == 200, response.status_code

        report(f"coach, {len(DRAFT.split())} words, {case.messages.count()} messages", timed(coach, 100))


if __name__ == "__main__":
    main()
