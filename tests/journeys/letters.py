"""Maya's mails, as a mail program writes them."""

from email.message import EmailMessage

JPEG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffd9")
FURIOUS = (
    "I am absolutely FURIOUS. The espresso machine you sent me is broken AGAIN!!! This is the second time in a month "
    "and nobody at your company gives a damn. I have been a customer for eight years. I want my money back, all 189 "
    "dollars, or I will tell everyone I know and never order from you again. You people are useless."
)
QUOTED = "On Mon, 23 Feb 2026 at 09:12, Kettle & Cup <help@kettle.example> wrote:\n> Your parcel is on its way.\n> Thank you for your order.\n"


def furious() -> EmailMessage:
    """Her first mail: text and HTML, a photo, and the order's confirmation quoted below."""
    mail = _mail("Broken AGAIN", "first")
    mail.set_content(f"{FURIOUS}\n\nMaya Olsen\n\n{QUOTED}")
    mail.add_alternative(
        f'<p>{FURIOUS}</p><p>Maya Olsen</p><img src="https://tracker.example/pixel.gif">'
        f'<blockquote type="cite">{QUOTED}</blockquote><script>alert(1)</script>',
        subtype="html",
    )
    mail.add_attachment(JPEG, maintype="image", subtype="jpeg", filename="the machine.jpg")
    return mail


def letter(subject: str, words: str) -> EmailMessage:
    """A first mail of hers, in plain text."""
    mail = _mail(subject, "first")
    mail.set_content(f"{words}\n\nMaya Olsen")
    return mail


def answer(to: EmailMessage, words: str, unique: str) -> EmailMessage:
    """Her answer to a mail of ours, which her program quotes below."""
    mail = _mail(f"Re: {to['Subject']}", unique)
    del mail["To"]
    mail["To"] = str(to["Reply-To"] or to["From"])
    mail["In-Reply-To"] = str(to["Message-ID"])
    mail["References"] = f"{to['References'] or ''} {to['Message-ID']}".strip()
    body = to.get_body(("plain",))
    quoted = "\n".join(f"> {line}" for line in (body.get_content() if body else "").splitlines())
    mail.set_content(f"{words}\n\nOn Mon, 2 Mar 2026 at 11:00, Jonas Weber <help@kettle.example> wrote:\n{quoted}\n")
    return mail


def _mail(subject: str, unique: str) -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = "Maya Olsen <maya@customer.example>"
    mail["To"] = "Kettle & Cup <help@kettle.example>"
    mail["Subject"] = subject
    mail["Message-ID"] = f"<{unique}.maya@customer.example>"
    mail["Date"] = "Mon, 02 Mar 2026 10:00:00 +0000"
    return mail
