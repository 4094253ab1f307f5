"""The case page with 500 messages, rendered whole through Django's handler."""

from datetime import timedelta

from desk import FURIOUS, NOW, desk, report, timed

MESSAGES = 500


def main() -> None:
    """Let a customer and a handler write 250 messages each, then print p50 and p95 of the page."""
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
        for n in range((MESSAGES - 1) // 2):
            at += timedelta(minutes=5)
            do_log_spoken(
                Staff.of(user), case.pk, f"I hear how angry you are. What happened then, for the {n}th time?", at=at
            )
            at += timedelta(minutes=5)
            do_receive(Incoming(channel="email", email="maya@example.com", text=FURIOUS, case=case.pk), at=at)
        client = Client(headers={"host": "localhost"})
        client.force_login(user)

        def page() -> None:
            response = client.get(f"/cases/{case.pk}/")
            assert response.status_code == 200, response.status_code

        report(f"case page, {case.messages.count()} messages", timed(page, 100))


if __name__ == "__main__":
    main()
