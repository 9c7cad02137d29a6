"""The duties strategy: all that a body, or bodies of a level, must do by one directive, each in its own words."""

from __future__ import annotations

import re

from bot import messages
from bot.answering.clarify import ask_back
from bot.answering.meant import directives_meant
from bot.answering.statements import identity_of
from bot.answering.strategy import Candidate, Evidence
from bot.answering.telling import telling
from bot.answering.topic import topic_of
from bot.question.bodies import bodies_in
from bot.question.question import Question
from index.data import strings
from index.directive import Directive, Span
from index.facts.duties import includes
from index.facts.duties.inclusion import full_name
from index.facts.records import Duty
from index.filters import Filters
from index.library import Library
from index.normalise.keys import fold, fold_aligned, has_diacritics, syllables

_SURE = 0.9
# A body of a level, or of all: what binds the level binds it as well.
_LEVELS = re.compile(r"(?<!\w)(?:các cấp|cấp (?:xã|huyện|tỉnh)|xã|phường|huyện|quận)(?!\w)")
_MOST = 8
_WHAT = r"(?:gi|nhung gi|viec gi|nhung viec gi|viec nao|nhung viec nao|nhiem vu gi|nhung nhiem vu nao|nhiem vu nao)"
# Behind a body, or before it: what makes a question one for the body's duties.
_BEHIND = re.compile(
    rf"^\W*(?:.{{0,60}}\b(?:o|tai|cua|theo|trong)\b.{{0,40}}?)?\s*(?:hang nam )?"
    r"\b(?:phai|can|duoc giao|chiu|lam|chi dao|lanh dao|thuc hien|co (?=nhiem vu|trach nhiem|nhung|cac|viec|gi))\b"
    rf".{{0,32}}\b{_WHAT}(?!\w)(?! (?:ky|ban hanh))"
    r"|^\W*(?:liet ke|ke|neu)\b.{0,20}\b(?:nhiem vu|viec|trach nhiem)\b"
)
_BEFORE = re.compile(r"\b(?:giao(?: cho)?|(?:nhiem vu|trach nhiem|viec phai lam|phan viec|viec) cua)\s*$")
# Bodies by the words that they begin with; the name runs to the verb that asks.
_KINDS = (
    r"ubnd|uy ban nhan dan|hdnd|hoi dong nhan dan|ban dan van|ban tuyen giao|ban can su dang|bcs dang|bcsd|dang doan"
    r"|so|uy ban kiem tra|ubkt|mat tran|mttq|ban to chuc|van phong|chu tich|cap uy|chinh quyen(?! dien tu| so)"
    r"|truong chinh tri"
    r"|truong doan|nguoi dung dau|cac doan the|doan the|cac so|cac co quan"
    r"|tinh uy|thanh uy|huyen uy|dang uy|cac tinh uy"
    r"|hoi nong dan|hoi phu nu|hoi cuu chien binh|doan thanh nien|trung tam|bo|cong an|truong cac doan"
)
_NAMED = "|".join(
    sorted((re.escape(" ".join(fold(name).split())) for name in strings("bodies.toml", "names")), key=len, reverse=True)
)
_HEADS = rf"{_NAMED}|{_KINDS}"
_ENDS = r"(?:co|duoc|phai|can|lam|chiu|o|theo|trong|thi|the nao|chi dao|nhung|cac viec|la gi|gi)"
# "Tỉnh ủy viên" is a person, no committee.
_BODY = re.compile(rf"\b(?P<body>(?:{_HEADS})\b(?! vien\b)[^,?.;:]*?)\s*(?:\b{_ENDS}\b|[,?.;:]|$)")


# Words that only ask for duties, or say where they stand: what is left of a question is what its duties are about.
_ASKING = (
    r"\b(?:lam|viec|giao|duoc giao|nhiem vu|trach nhiem|phan viec|lo|chiu|thuc hien|to chuc thuc hien|gom|chuyen|cai"
    r"|xong|sau khi|kem(?: theo)?|phan|muc|trong|theo|doi voi|voi|cung|hang nam|moi nam|nam nay|chi dao|cach|liet ke"
    r"|het|giup|toi|ke|va)\b"
)
# From this rarity of its words on a question has a topic, and one that a body's duties may not know.
_TOPIC, _TOPIC_OF_ITS_OWN = 4.0, 8.0
# A duty about it holds such a share of it, others nearly as much as the best.
_SPOKEN_OF, _AS_WELL = 0.5, 0.7
_HEAD_OF = r"(?:cac |dong chi )?(?:giam doc|truong|thu truong|nguoi dung dau|chu tich|bi thu|lanh dao|chanh) "


class BodyDutiesStrategy:
    """Answers "UBND xã phải làm những gì" with every duty that binds the body, "các cấp" included."""

    name = "duties"

    def propose(self, question: Question, library: Library, filters: Filters) -> list[Candidate]:
        """One candidate where one directive is meant and gives the body duties."""
        folded = fold_aligned(question.searched).lower()
        if (
            question.cites
            or {"signer", "definition"} & set(question.intents)
            or not re.search(rf"\b{_WHAT}(?!\w)|nhiem vu|trach nhiem|\bviec cua\b", folded)
        ):
            return []
        if "de lam gi" in folded:  # what for, not what to do
            return []
        chosen = directives_meant(question, library, filters)
        asked = _body_asked(question, chosen[0], folded) if chosen else None
        if asked is None:
            return []
        if len(chosen) > 1:  # the one that gives the body duties is meant; of several, the reader says which
            chosen = [one for one in chosen if _duties_of(library, one, asked)]
            chosen = [one for one in chosen if _has_by_name(library, one, asked)] or chosen
        if len(chosen) != 1:
            return ask_back(self.name, question, chosen)
        if _is_of_the_body(chosen[0], asked):  # all of such a text is its duties: a question asks for a part of it
            return []
        duties = _about(question, asked, chosen[0], library, _duties_of(library, chosen[0], asked))
        if not duties:
            return []
        evidence = tuple(
            Evidence(chosen[0], chosen[0].provision(provision), span) for provision, span in duties[:_MOST]
        )
        lines = messages.listed([one.span.of(chosen[0].text) for one in evidence])
        more = len(duties) - _MOST
        text = "\n".join([*lines, *([messages.more_duties(more)] if more > 0 else [])])
        # How many more there are is counted, not quoted.
        return [Candidate(self.name, text, evidence, "derived" if more > 0 else "text", _SURE)]


def _body_asked(question: Question, directive: Directive, folded: str) -> str | None:
    """The body whose duties are asked for, without the name of its place; None where none is found.

    The first body is meant, except one whose own document is named ("theo Chỉ thị của Thành ủy …").
    """
    text = question.searched
    for match in _BODY.finditer(folded):
        before = folded[: match.start()].rstrip()
        if match["body"].startswith("so ") and not _is_department(text[match.start() : match.start() + 2], before):
            continue
        if re.search(r"\b(?:chi thi|quyet dinh|nghi quyet|de an|ke hoach|huong dan|van ban)(?: so \S+)? cua$", before):
            continue
        behind = folded[match.end("body") :]
        if not (_BEHIND.search(behind) or _BEFORE.search(before)):
            continue
        asked = text[match.start("body") : match.end("body")]
        if directive.province:
            position = fold_aligned(asked).lower().find(fold_aligned(directive.province).lower())
            if position >= 0:
                asked = asked[:position].rstrip()
        if len(asked.split()) > 1 or fold_aligned(asked).lower() not in ("so", "bo", "truong"):
            return asked.strip(" ,?.")
    return None


def _has_by_name(library: Library, directive: Directive, asked: str) -> bool:
    """Whether a duty of a directive binds the body by its whole name."""
    named = fold(full_name(asked))
    return any(
        named in fold(full_name(duty.actor or "")) for duty in library.facts.duties if duty.document_id == directive.id
    )


def _duties_of(library: Library, directive: Directive, asked: str) -> list[tuple[str, Span]]:
    """The clauses, each once, with duties that bind the body, its own first.

    A body with a name of its own has only its own.
    """
    own_name = bodies_in(asked)
    duties = [duty for duty in library.facts.duties if duty.document_id == directive.id and duty.actor]
    if own_name:
        found = [duty for duty in duties if _names(duty.actor or "", own_name)]
        found += [duty for duty in duties if any(_names(other, own_name) for other in duty.coordinators)]
    else:
        found = [duty for duty in duties if includes(duty.actor or "", asked, duty.levels)]
        named = full_name(asked)
        own = [duty for duty in found if named in full_name(duty.actor or "")]
        found = own if own and not _LEVELS.search(named) else found
    kinds = full_name(asked).split()[:3]
    found.sort(key=lambda duty: full_name(duty.actor or "").split()[:3] != kinds)
    return _distinct(found)


def _about(
    question: Question, asked: str, directive: Directive, library: Library, duties: list[tuple[str, Span]]
) -> list[tuple[str, Span]]:
    """The duties that are about what a question names beside the body ("… về tiếp dân"); all where it names nothing.

    None where it is about something that no duty of the body speaks of: another strategy may know it.
    """
    topic = topic_of(question, directive, (re.escape(fold(asked)), _ASKING))
    told = telling(topic, library).about(identity_of(directive))
    said = sum(told.words.values())
    if said < _TOPIC:
        return duties
    shares = [told.word_share(span.of(directive.text)) for _, span in duties]
    best = max(shares, default=0.0)
    if best < _SPOKEN_OF:
        return duties if said < _TOPIC_OF_ITS_OWN else []
    return [duty for duty, share in zip(duties, shares, strict=True) if share >= _AS_WELL * best]


def _is_department(typed: str, before: str) -> bool:
    """Whether "so" is a department: written "Sở", or without marks and not the end of another word ("hồ sơ")."""
    if has_diacritics(typed):
        return typed.lower() == "sở"
    return re.search(r"\b(?:ho|co|tru|cong|don|ty|chi|may|bao nhieu)$", before) is None


def _is_of_the_body(directive: Directive, asked: str) -> bool:
    """Whether a directive's title has the body as its subject ("quy định chức năng, nhiệm vụ của Sở Nội vụ")."""
    title = " ".join(syllables(f"{directive.metadata.title or ''} {directive.metadata.attached or ''}"))
    return any(name in title for name in bodies_in(asked))


def _names(body: str, names: list[str]) -> bool:
    """Whether one of the bodies that are joined in a name is a named one, or its head.

    "Giám đốc Sở Nội vụ" is of "Sở Nội vụ"; "Ban Dân vận Thành ủy" is not "Thành ủy".
    """
    whole = " ".join(syllables(body))  # a name may hold a comma or "và" itself: "Sở Văn hóa, Thể thao và Du lịch"
    parts = [" ".join(syllables(part)) for part in re.split(r"[,;]", body)]
    return any(
        re.search(rf"(?:^|\b(?:va|voi) )(?:{_HEAD_OF})?{re.escape(name)}\b", part)
        for part in (whole, *parts)
        for name in names
    )


def _distinct(duties: list[Duty]) -> list[tuple[str, Span]]:
    """The ids of provisions and the spans of duties; those that overlap are one, from the first word to the last."""
    kept: list[tuple[str, Span]] = []
    for duty in duties:
        same = next((one for one in kept if one[1].overlaps(duty.span)), None)
        if same is None:
            kept.append((duty.provision_id, duty.span))
        else:
            joined = Span(min(same[1].start, duty.span.start), max(same[1].end, duty.span.end))
            kept[kept.index(same)] = (same[0], joined)
    return kept
