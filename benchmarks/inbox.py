"""The inbox page, rendered whole through Django's handler, from 100,000 and from 1,000,000 cases."""

from desk import desk, many_cases, report, timed


def main() -> None:
    """Print p50 and p95 of the first page, a page far down, and Today."""
    with desk():
        from django.test import Client

        from amends.store.models import Team, User

        for count in (100_000, 1_000_000):
            many_cases(count, journal=False)
            team = Team.objects.get()
            user, _new = User.objects.get_or_create(
                email="ada@example.com", defaults={"name": "Ada", "rank": "lead", "team": team}
            )
            client = Client(headers={"host": "localhost"})
            client.force_login(user)
            for name, url in (("inbox", "/inbox/"), ("today", "/")):

                def page(client: Client = client, url: str = url) -> None:
                    response = client.get(url)
                    assert response.status_code == 200, response.status_code

                report(f"{name}, {count:,} cases", timed(page, 200))


if __name__ == "__main__":
    main()
