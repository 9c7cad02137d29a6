"""What form of answer a question asks for: a yes or no, or every item of a list."""

from __future__ import annotations

import re

from bot.question.targets import SHORT_TYPES
from index.data import strings
from index.normalise.keys import fold

# What a question puts between quotation marks.
QUOTED = re.compile(r"[\"“'‘]([^\"“”'‘’]{2,80})[\"”'’]")
# An interrogative word asks for something else than yes or no, except before a closing "đúng không".
_INTERROGATIVE = re.compile(
    r"\b(?:ai|gi|nao|bao nhieu|bn|may|bao gio|dau|sao|vi sao|tai sao|the nao|ra sao|who|what|when|which|how|why)\b"
)
_CONFIRM = re.compile(r"\b(?:dung|phai|chinh xac) (?:khong|ko|k|chu|chua|hong)\W*$|\b(?:right|correct)\W*$")
_YES_NO = re.compile(
    r"\b(?:co|duoc|phai|bat buoc|can|da)\b.*\b(?:khong|ko|k|hay khong|chua)"
    r"\W*(?:[(].*|(?:hay|theo|o|trong|doi voi)\b.*)?$"
    r"|\b(?:khong|ko|chua|chu|ha|a|nhi)\W*$|^\s*(?:is|are|does|do|must|may|can|has|have)\b"
)
# "Nộp tới hết 31/12, có gia hạn không?": what stands first is not what is asked.
_CLAIM_FIRST = re.compile(r"\w.{12,}(?:,| thi\b).*\b(?:co|duoc|can|phai)\b.*\b(?:khong|ko|k|chua)\W*$")
_LIST = re.compile(
    r"\b(?:nhung|cac)\b.{1,60}\bnao\b|\bgom (?:nhung |co )?(?:gi|ai|nhung gi|cac|may|nhung)\b"
    r"|\bnhung (?:gi|ai|viec gi|dau)\b"
    r"|\b(?:tieu|dau|de) muc\b|\bmuc con\b|\bliet ke\b|\bke (?:ra|ten|het|cac|nhung)\b|\b(?:cac|may|\d) (?:buoc|y"
    r"|noi dung|viec|nhom)\b|\bla nhung\b"
    r"|\b(?:gi|nao) nua\b|\bnoi dung (?:nao|gi)\b|\bbieu hien\b.*\bnao\b|\blist\b|\bwhich\b.*\bs\b|\bgom\b"
    r"|\bnhung (?:han che|ket qua|nguyen nhan|giai phap|nhiem vu|muc tieu|chi tieu|chi so)\b"
)


_DUTIES = re.compile(
    r"\b(?:lam|lo|giao|phu trach|dam nhan|dam nhiem|thuc hien|co|chiu)\b.{0,16}"
    r"\b(?:gi|(?:nhung )?(?:viec|nhiem vu|trach nhiem)(?: gi| nao)?)\b|\b(?:trach nhiem|nhiem vu"
    r"|phan viec) (?:cua|gi|nao)\b"
)

_TYPES = "|".join(
    (*sorted(map(fold, strings("document_types.toml", "types")), key=len, reverse=True), *SHORT_TYPES, "van ban")
)
_DOCUMENT = re.compile(
    rf"\b(?:{_TYPES}) (?:nao|gi|may|mang so|so)\b|\b(?:{_TYPES})\b.*\bso (?:hieu )?(?:may|bao nhieu|bn|nao|gi)\b"
    rf"|\bso (?:hieu )?(?:cua )?(?:{_TYPES})\b"
)


def asks_yes_no(folded: str) -> bool:
    """Whether a folded question wants a yes or a no.

    >>> asks_yes_no("co bat buoc hoi mat tran truoc khong?"), asks_yes_no("ai ky?")
    (True, False)
    """
    if _CONFIRM.search(folded):
        return True
    return _YES_NO.search(folded) is not None and not _INTERROGATIVE.search(folded)


def asks_to_confirm(folded: str) -> bool:
    """Whether a folded question takes something as so and wants it confirmed: "…, đúng không?"."""
    return _CONFIRM.search(folded) is not None


def goes_on_from_a_claim(folded: str) -> bool:
    """Whether a folded question takes something as so and asks a yes or no about what follows from it."""
    return _CLAIM_FIRST.search(folded) is not None


def asks_for_duties(folded: str) -> bool:
    """Whether a folded question asks what someone has to do: "phải làm gì", "có trách nhiệm gì"."""
    return _DUTIES.search(folded) is not None


def asks_for_a_document(folded: str) -> bool:
    """Whether a folded question asks which document it is, or for its number: "nghị định nào", "quy chế số mấy"."""
    return _DOCUMENT.search(folded) is not None


def asks_list(folded: str) -> bool:
    """Whether a folded question wants every item: "gồm những gì", "những bước nào"."""
    return _LIST.search(folded) is not None


def asks_according_to(folded: str) -> bool:
    """Whether a folded question asks what a numbered document says, not what it is: "Theo Quy định 12, ai …"."""
    return _ACCORDING_TO.search(folded) is not None


_ACCORDING_TO = re.compile(r"^\W*(?:theo|can cu|chieu theo|thuc hien) (?:\w+ ){1,3}(?:so )?\d")
