"""The files in an archive or a mail, one after the other: ``members(file, bounds)``.

One way for every kind (ZIP, RAR, 7z, tar, gzip, mails with attachments) and for archives inside archives. They are
unpacked in a process of its own, because what unpacks them parses bytes that may be hostile; see ``unpacking``.
"""

from __future__ import annotations

from service.archive.kinds import is_archive
from service.archive.member import Bounds, Member
from service.archive.unpacking import members

__all__ = ["Bounds", "Member", "is_archive", "members"]
