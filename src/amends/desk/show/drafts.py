"""Words to begin with, for texts that go to many at once. They name the feeling first, and promise nothing."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

DRAFTS: Final[Mapping[str, str | Promise]] = {
    "word": gettext_lazy(
        "Dear {name},\n\n"
        "I understand how frustrating this is, and I am sorry. {what}\n\n"
        "You are not the only one whom it met, and we know the cause.\n\n"
        "{me}"
    ),
    "fixed": gettext_lazy(
        "Dear {name},\n\n"
        "I understand how frustrating this was, and I am sorry. {what}\n\n"
        "As far as we can see, it is mended now. Is it fixed for you, too? A yes or a no on your page is enough:\n"
        "{page}\n\n"
        "{me}"
    ),
    "outreach": gettext_lazy(
        "Dear {name},\n\n"
        "you have not complained, and you should not have to. {what}\n\n"
        "You bought it in your order {order}. Did it meet you, too? Then answer this mail, or write on your page:\n"
        "{page}\n\n"
        "{me}"
    ),
}
