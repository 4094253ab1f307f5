"""The staff: users with a rank, in teams."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from amends.method.words import Rank


class Team(models.Model):
    """People who look after the same cases; somebody of another team never sees them."""

    name = models.CharField(max_length=80, unique=True)

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    """Makes users who log in with an e-mail address."""

    use_in_migrations = True

    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        """Make a user; without a password, nobody can log in until one is set."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """One of the staff. `rank` says what they may do, `team` whose cases they see; an admin sees all.

    `mail_notices` says which notices come by mail as well: all, urgent or none. `digest` asks for a mail each working
    day with what is due; `digest_on` is the day of the last one.
    """

    email = models.EmailField("e-mail address", unique=True)
    name = models.CharField(max_length=120)
    rank = models.CharField(max_length=8, choices=[(r.value, r.value) for r in Rank], default=Rank.HANDLER.value)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, blank=True, related_name="members")
    time_zone = models.CharField(max_length=40, blank=True, default="")
    is_active = models.BooleanField(default=True)
    mail_notices = models.CharField(max_length=8, default="urgent")
    digest = models.BooleanField(default=True)
    digest_on = models.DateField(null=True, blank=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = UserManager()

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def is_admin(self) -> bool:
        """Whether they see all teams."""
        return self.rank == Rank.ADMIN.value
