"""The staff: let in, moved to a team, given a password, asked what they want to be told by mail."""

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from amends.actions import clock, house
from amends.actions.actors import Staff
from amends.actions.customers import clean_email
from amends.actions.notices import MAILED
from amends.method.decide import Impossible
from amends.method.words import Rank
from amends.store.models import Team, User

_GROUPS, _GROUP = 5, 4


def new_password() -> str:
    """Return a password that nobody can guess (80 bits), in groups that can be read aloud.

    >>> len(new_password())
    24
    """
    token = clock.new_token()
    return "-".join(token[i : i + _GROUP] for i in range(0, _GROUPS * _GROUP, _GROUP))


def check_password_fit(password: str, user: User | None = None) -> None:
    """Raise `Impossible`, with all reasons, for a password that is too easy to guess."""
    try:
        validate_password(password, user)
    except ValidationError as weak:
        raise Impossible(" ".join(weak.messages)) from None


def do_add_user(
    email: str, *, name: str, password: str, rank: Rank = Rank.HANDLER, team: str = "", hashed: str = ""
) -> User:
    """Let somebody in. `team` is made where there is none of that name; without one, they join the first team.

    An admin without a team named has none, and sees all. `hashed` is the password's hash, where it was made
    beforehand (it takes a third of a second, which is what it is for). Raises `Impossible` where the address is no
    address, is taken, or the password is weak.
    """
    address = clean_email(email)
    if not address:
        raise Impossible(f"{email!r} is not an e-mail address.")
    named = name.strip() or address.partition("@")[0].replace(".", " ").title()
    check_password_fit(password, User(email=address, name=named))
    try:
        with transaction.atomic():
            home = _team(team) if team.strip() or rank is not Rank.ADMIN else None
            user = User(email=address, name=named[:120], rank=rank.value, team=home)
            user.password = hashed or make_password(password)
            user.save(force_insert=True)
    except IntegrityError:
        raise Impossible(f"{address} is let in already. For a new password: amends user password {address}") from None
    return user


def do_set_password(email: str, password: str) -> User:
    """Set somebody's password. Raises `Impossible` where nobody has this address, or the password is weak."""
    user = User.objects.filter(email=clean_email(email)).first()
    if user is None:
        raise Impossible(f"Nobody here has the address {email}. To let them in: amends user add {email}")
    check_password_fit(password, user)
    user.set_password(password)
    user.save(update_fields=["password"])
    return user


def _team(name: str) -> Team:
    wanted = name.strip()[:80]
    found = Team.objects.filter(name=wanted).first() if wanted else Team.objects.order_by("pk").first()
    return found or Team.objects.create(name=wanted or house.house().business.name[:80])


def do_set_wishes(who: Staff, *, mail_notices: str, digest: bool) -> None:
    """Keep which notices somebody wants by mail (all, urgent, none), and whether they want the digest."""
    if mail_notices not in MAILED:
        raise Impossible("Choose which notices come by mail: all, urgent or none.")
    User.objects.filter(pk=who.id).update(mail_notices=mail_notices, digest=digest)
