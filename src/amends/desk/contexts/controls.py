"""What one can press, and the frame around a staff page."""

from dataclasses import dataclass
from typing import Annotated, Literal

Tone = Literal["main", "plain", "quiet", "danger"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionView:
    """One thing that a person can do here. Whatever changes something is a POST, never a link."""

    label: Annotated[str, "What the button says: a verb, with its object where that is not plain."]
    url: Annotated[str, "Where it leads or what it posts to."]
    post: Annotated[bool, "Whether it changes something; then it is a form with a button."] = True
    tone: Annotated[Tone, "main: the one next step; plain: others; quiet: beside text; danger: cannot be undone."] = (
        "plain"
    )
    icon: Annotated[str, "A Lucide icon's name, or empty."] = ""
    fields: Annotated[tuple[tuple[str, str], ...], "Hidden fields (name, value) that go along."] = ()
    key: Annotated[str, "The key that presses it, such as r or g t; empty for none."] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody of the staff, as others see them."""

    name: Annotated[str, "The name that customers see, too."]
    email: Annotated[str, "The address they log in with."]
    role: Annotated[str, "Their role in words, such as Team lead."]


@dataclass(frozen=True, slots=True, kw_only=True)
class NavItem:
    """One room in the navigation."""

    label: Annotated[str, "The room's name."]
    url: Annotated[str, "Its address; a room without a page is left out of the navigation."]
    icon: Annotated[str, "A Lucide icon's name."]
    current: Annotated[bool, "Whether this page is in that room."] = False
    count: Annotated[int, "How many things wait there; 0 shows nothing."] = 0
    key: Annotated[str, "The keys that go there, such as g t."] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BellView:
    """The bell at the head of every page: what one was told and has not read."""

    count: Annotated[int, "How many notices are unread."]
    url: Annotated[str, "Where they are."]
    poll_url: Annotated[str, "Where to ask anew each minute."]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShellView:
    """The frame of every staff page."""

    business: Annotated[str, "The name of the company, as its customers know it."]
    person: Annotated[Person | None, "Who is logged in; None on the log-in pages."]
    nav: Annotated[tuple[NavItem, ...], "The rooms that exist, in order."] = ()
    search_url: Annotated[str, "Where the search box asks; empty leaves the box out."] = ""
    query: Annotated[str, "What was searched for, to stay in the box."] = ""
    trouble: Annotated[str, "What keeps our mail from going out, in a sentence; empty where it goes."] = ""
    trouble_url: Annotated[str, "Where to read more about that."] = ""
    bell: Annotated[BellView | None, "What one was told; None on the log-in pages."] = None
