"""Names of bodies and office-holders in running text: where one begins and where it ends."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.directive import Span
from index.facts.duties.clauses import trim
from index.facts.duties.wording import Wording, either, whole, words

_DETERMINER = r"(?:(?:tất cả )?(?:các|những|mọi|từng|mỗi|toàn thể) )?(?:(?:các )?đồng chí |đ/c )?"
_NOT = rf"(?!{'|'.join(words('not_heads'))})"
_HEAD = re.compile(
    rf"(?P<det>{_DETERMINER}){_NOT}(?:(?P<full>{either('heads')})|(?P<short>{either('heads_before_name')}))"
)
_PREDICATE = re.compile(
    either("predicate_openers", "action_verbs", "result_verbs", "lead_verbs", "told", "passive", "ordering_verbs")
)
_ACTION = re.compile(either("action_verbs", "lead_verbs"))
_VERBS = frozenset(words("predicate_openers") + words("action_verbs") + words("lead_verbs"))
_RESULT = frozenset(words("result_verbs"))
_TOLD = frozenset(words("told") + words("passive"))
_COMPOUND = re.compile(either("verbs_in_names"))
_LEAD_VERB = re.compile(either("lead_verbs"))
_NAME_END = re.compile(rf"{either('name_ends', 'action_verbs', 'predicate_openers', 'lead_verbs')}|[.;:()]|, (?=qua )")
_DESCRIBED = re.compile(r"(?<!\w)những [^;:.]{0,70}$")
_MODAL = re.compile(r"(?<!\w)(?:cần|phải)(?!\w)")
_JOINT = re.compile(r",\s+(?:và\s+)?|\s+và\s+|\s+cùng\s+(?:với\s+)?")
_LONGEST = 420  # characters; the longest subject seen in an order of a province has some 250


@dataclass(frozen=True, slots=True)
class Subject:
    """A name, and the verb behind it: `action` is where the predicate begins, `verb` what begins it."""

    span: Span
    action: int
    verb: str

    @property
    def acts(self) -> bool:
        """Whether the verb says what is to be done, not what is or was."""
        return self.verb in _VERBS


def head_at(wording: Wording, start: int) -> re.Match[str] | None:
    """The noun of a body that begins here, with its plural; a short noun only before a proper name or in the plural."""
    match = _HEAD.match(wording.plain, start)
    if match is None:
        return None
    if match["short"] and not match["det"]:
        rest = wording.raw[match.end() : match.end() + 3]
        listed = rest.startswith((", ", "/"))
        if not (rest[:1] == " " and rest[1:2].isupper()) and not (listed and wording.raw[start].isupper()):
            return None
    return match


def subject_at(wording: Wording, start: int, end: int) -> Subject | None:
    """The body whose name begins here and the verb that ends the name; None where no verb follows in the clause."""
    head = head_at(wording, start)
    if head is None:
        return None
    limit = min(end, start + _LONGEST)
    compounds = [Span(*match.span()) for match in _COMPOUND.finditer(wording.bare, start, limit)]
    for match in _PREDICATE.finditer(wording.bare, head.end(), limit):
        inside = any(span.start <= match.start() < span.end for span in compounds)
        if inside or not wording.raw[match.start()].islower() or describes(wording, start, match, limit):
            continue
        span = trim(wording.raw, Span(start, match.start()), ",")
        if re.search(r"[;:]", wording.bare[span.start : span.end]) or match.start() == head.end():
            return None
        return Subject(span, match.start(), match.group())
    return None


def describes(wording: Wording, start: int, verb: re.Match[str], end: int) -> bool:
    """Whether a verb tells what "những …" are like, not what they must do: the order's modal comes only later."""
    if _MODAL.fullmatch(verb.group()) or not _DESCRIBED.search(wording.bare[start : verb.start()]):
        return False
    return _MODAL.search(wording.bare, verb.end(), end) is not None


def leads(wording: Wording, subject: Subject) -> bool:
    """Whether the verb puts the body in charge."""
    return _LEAD_VERB.match(wording.plain, subject.action) is not None


def states_result(subject: Subject) -> bool:
    """Whether the predicate tells a state that is or was ("đạt", "đã")."""
    return subject.verb in _RESULT or subject.verb in _TOLD


def name_at(wording: Wording, start: int, end: int) -> Span | None:
    """A body's name that is an object: it ends at a verb, a preposition or a stop."""
    head = head_at(wording, start)
    if head is None:
        return None
    compounds = [Span(*match.span()) for match in _COMPOUND.finditer(wording.bare, start, end)]
    for match in _NAME_END.finditer(wording.plain, head.end(), end):
        inside = any(span.start <= match.start() < span.end for span in compounds)
        small = not wording.raw[match.start()].isupper()
        if not inside and small:
            end = match.start()
            break
    return trim(wording.raw, Span(start, end), ",")


def separate(wording: Wording, name: Span) -> tuple[str, ...]:
    """The bodies that a joint name lists, each as written."""
    cuts = [name.start]
    for match in _JOINT.finditer(wording.plain, name.start, name.end):
        if head_at(wording, match.end()):
            cuts += [match.start(), match.end()]
    cuts.append(name.end)
    return tuple(wording.raw[first:last] for first, last in zip(cuts[::2], cuts[1::2], strict=True))


def is_only_name(wording: Wording, span: Span) -> bool:
    """Whether a heading or the words before a colon are a body's name and nothing else."""
    trimmed = trim(wording.raw, span, ":.;,")
    if head_at(wording, trimmed.start) is None:
        return False
    subject = subject_at(wording, trimmed.start, trimmed.end)
    return subject is None and len(wording.raw[trimmed.start : trimmed.end].split()) <= 40


def is_action(wording: Wording, start: int) -> bool:
    """Whether a verb or an adverb of an order begins here."""
    match = _PREDICATE.match(wording.plain, start)
    return match is not None and match.group() in _VERBS and _COMPOUND.match(wording.plain, start) is None


def has_action(wording: Wording, start: int, end: int) -> bool:
    """Whether any verb of action stands in this range."""
    return _ACTION.search(wording.bare, start, end) is not None


FURTHER = re.compile(rf"\s+và\s+(?={whole(words('further_verbs'))})")
