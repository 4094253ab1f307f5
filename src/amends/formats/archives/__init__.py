r"""Past conversations out of files: Amends' own, tables, mails, and the exports of other help desks.

>>> import io
>>> read = codec("old.csv", b"ticket_id,role,text")
>>> [found] = read(io.BytesIO(b"ticket_id,role,text\n7,customer,Where is it?\n"), "old.csv")
>>> found.id, found.messages[0].text
('7', 'Where is it?')
"""

from amends.formats.archives.choose import HEAD, codec
from amends.formats.archives.model import Broken, Codec, Found, Note

__all__ = ["HEAD", "Broken", "Codec", "Found", "Note", "codec"]
