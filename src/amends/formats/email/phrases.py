"""What mail programs write of their own accord, in many languages. All in lower case; `*` stands for some words."""

import re
from collections.abc import Iterable

# Verbs of an attribution: "On … Jo wrote:".
WROTE = (
    "wrote|writes|schrieb|schreibt|a écrit|écrit|escribió|escribio|ha scritto|schreef|skrev|napisał"
    "|napisał(a)|napsal|napsal(a)"
    "|escreveu|kirjoitti|írta|a scris|написал|написала|пишет|написав|έγραψε"
).split("|")
WROTE_ANYWHERE = "写道|寫道|님이 작성".split("|")  # in scripts that set no spaces

# What stands between dashes above an older mail.
DIVIDERS = (
    "original message|original appointment|forwarded message|reply message",
    "ursprüngliche nachricht|originalnachricht|original-nachricht|weitergeleitete nachricht",
    "message d'origine|message original|message transféré|mensaje original|mensaje reenviado",
    "messaggio originale|messaggio inoltrato|oorspronkelijk bericht|doorgestuurd bericht",
    "original besked|oprindelig meddelelse|ursprungligt meddelande|opprinnelig melding",
    "wiadomość oryginalna|původní zpráva|mensagem original|mensagem encaminhada",
)
FORWARDED = "begin forwarded message|anfang der weitergeleiteten nachricht|début du message réexpédié".split("|")

# Fields of an older mail, as programs write them into the text.
FROM = "from von de da van fra från od lähettäjä feladó отправитель від 发件人 寄件者 差出人 보낸 보낸_사람".split()
SENT = (
    "sent sent_at date gesendet gesendet_am datum envoyé envoyé_le envoye date_d'envoi enviado enviada"
    " enviado_el enviado_em"
    " fecha data inviato verzonden sendt dato skickat wysłano odesláno lähetetty küldve elküldve дата отправлено"
    " 发送时间 日期 日時 날짜"
).split()
SUBJECT = (
    "subject betreff objet asunto assunto oggetto onderwerp emne ämne temat předmět aihe tárgy тема 主题 件名 제목"
).split()
OTHER = (
    "to cc bcc an kopie à a para cci aan til kopi till do dw komu vastaanottaja címzett кому 收件人 抄送 宛先 받는"
    " importance wichtigkeit priority reply-to reply_to antwort_an"
).split()

# What a telephone, or a mail program, adds below a message. "Sent with DHL" is a customer's own.
SENT_FROM = (
    "sent from my |sent from the all-new|sent from yahoo|sent from outlook|sent from gmail|sent from mail for",
    "sent from proton|sent from samsung|sent from aol|sent from android|sent from iphone|sent via the samsung",
    "sent with proton|sent with spark|sent using outlook|get outlook for |download outlook for ",
    "von meinem * gesendet|aus meinem * gesendet|mit meinem * gesendet|diese nachricht wurde von meinem * gesendet",
    "gesendet von mein|gesendet mit mein|gesendet aus mein|gesendet von outlook|gesendet von yahoo|gesendet von mail",
    "gesendet mit der |gesendet von der |holen sie sich outlook|outlook für ios|outlook für android",
    "envoyé de mon |envoyé depuis mon |envoyé à partir de |envoyé depuis yahoo|envoyé depuis outlook",
    "télécharger outlook|obtenir outlook|enviado desde mi |enviado desde outlook|enviado do meu |obtener outlook",
    "inviato da iphone|inviato dal mio |inviato da outlook|inviato da yahoo|verstuurd vanaf mijn|verzonden vanaf mijn",
    "skickat från min |sendt fra min |wysłane z |odesláno z ",
)

# How the small print begins that companies add at the end, and what it is about.
LEGAL = (
    "confidential|confidentiality|legal notice|legal disclaimer|important notice|privacy notice|disclaimer",
    "this e-mail|this email|this message|this communication|the information in this|the information contained",
    "diese e-mail|diese nachricht|vertraulich|ce message|ce courriel|ce mail",
)
LEGAL_SUBJECT = ("confidential|intended recipient|intended solely|intended only|privileged|vertraulich|confidentiel",)

# How the subject of an automatic reply begins; a colon, a dash, or nothing follows.
AUTOMATIC_SUBJECTS = (
    "automatic reply|automatic-reply|auto reply|auto-reply|autoreply|auto response|auto-response|automatic response",
    "out of office|out of the office|out of office reply|out of office autoreply|out of office auto-reply",
    "automatische antwort|abwesend|abwesenheit|abwesenheitsnotiz|abwesenheitsmeldung|abwesenheitsassistent",
    "réponse automatique|absence du bureau|respuesta automática|risposta automatica|automatisch antwoord",
    "automatiskt svar|autosvar|automatická odpověď|resposta automática|automatyczna odpowiedź",
)

# How the subject of a report begins that a mail did not arrive.
FAILED_SUBJECTS = (
    "undeliverable|undelivered|returned mail|mail delivery failed|mail delivery failure",
    "mail delivery system|failure notice",
    "delivery status notification|delivery failure|delivery has failed|delivery failed|mail system error",
    "message not delivered|message undeliverable|warning: message|delayed mail|delivery delayed",
    "unzustellbar|nicht zustellbar|nachricht nicht zugestellt|zustellung fehlgeschlagen|zustellung verzögert",
    "non remis|échec de remise|échec de la remise|message non distribué|no se puede entregar",
    "onbestelbaar|mancato recapito",
)

# What a report says of a mail that a server goes on trying to deliver.
DELAYED = (
    "delayed|will be retried|will keep trying|will be trying|still being|do not need to resend|no action is required",
    "verzögert|wird weiter versucht|retardé",
)


def any_of(phrases: Iterable[str], *, some: int = 120) -> str:
    """Return a pattern for any of the phrases; `|` separates several, and `*` is up to `some` characters."""
    several = {one for phrase in phrases for one in phrase.split("|")}
    patterns = (re.escape(one).replace(r"\*", f".{{0,{some}}}?") for one in sorted(several, key=len, reverse=True))
    return f"(?:{'|'.join(patterns)})"


def names(words: Iterable[str]) -> frozenset[str]:
    """Return the names of fields, with spaces where the table has underscores."""
    return frozenset(word.replace("_", " ") for word in words)
