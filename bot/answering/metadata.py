"""The metadata strategy: who signed, which number, which day, from whom, to whom a stored directive is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot import messages
from bot.answering.asked import asks_yes_no
from bot.answering.clarify import ask_back
from bot.answering.joined import joined
from bot.answering.marks import marks
from bot.answering.meant import directives_meant
from bot.answering.premises import presupposes
from bot.answering.strategy import Candidate, Evidence
from bot.answering.types_asked import types_asked
from bot.answering.which_document import is_another, own_types
from bot.question.bodies import bodies_in
from bot.question.question import Question
from bot.question.targets import named_places
from index.directive import Directive, Kind, Provision, Span
from index.facts.records import MetadataField
from index.filters import Filters
from index.library import Library
from index.normalise.keys import CAPITALS, fold, syllables
from index.structure.address import office_date

# The fields that answer each intent; the first that a text states is enough unless all are asked.
_FIELDS: dict[str, tuple[str, ...]] = {
    "signer": ("signer", "signer_role"),
    "author": ("author",),
    "stamp": ("received_by", "received_number", "received_on"),
    "recipients": ("recipient",),
    "number": ("number", "issued_on"),
    "issued_on": ("issued_on", "number"),
    "effect": ("effect",),
    "attached": ("attached",),
    "title": ("title",),
    "issuer": ("issuer",),
}
_SURE = 0.95
# What is often asked beside another field in one question.
_BESIDE = frozenset({"signer", "issued_on", "number", "issuer", "recipients", "title"})
# Words that speak of a document as a whole; without one, "khi nào" and "ai" ask about its content.
_DOCUMENT = re.compile(
    r"\b(?:van ban|quyet dinh|chi thi|nghi quyet|de an|ke hoach|bai|noi nhan|qd|ct|nq|document|directive)\b|\bda \d"
)
_ISSUING = re.compile(r"\b(?:ban hanh|(?<!thuong )(?<!dinh )(?<!nhiem )ky)\b")
# The year in which a directive was issued, by the question.
_ISSUED_IN = re.compile(
    r"\b(?:ban hanh|ky|ra doi|ra)(?: ky)? (?:vao )?"
    r"(?:(?:ngay )?\d{1,2}[/.-]\d{1,2}[/.-]|(?:trong |vao )?nam )(?P<year>(?:19|20)\d\d)\b"
)
# A person before "ký": two to four capitalised words.
_SIGNED_BY = re.compile(rf"(?P<name>(?!Ông |Bà |Đồng )[{CAPITALS}]\w+(?: [{CAPITALS}]\w+){{1,3}}) (?:đã )?ký(?! kết)")
# The office that signs by the question.
_OFFICE = re.compile(
    r"\b(?P<deputy>pho )?(?P<office>bi thu|chu tich|giam doc|bo truong|thu tuong)\b[^,?]{0,40}?\bky\b(?! ket)"
)


# What is sent besides the document itself: "gửi báo cáo tới" may be either.
_SENT_ITSELF = re.compile(
    r"\bduoc gui bao cao\b|\bgui (?:de )?bao cao (?:toi|den|cho|len) (?:co quan|ban|noi)\b"
    r"|\bgui (?:nhung |cac )?(?:noi|co quan|ban|don vi) nao de bao cao\b"
)
_SENT = re.compile(r"\b(?:bao cao|danh gia|ket qua|ho so|don thu|y kien|du thao)\b")
# Words of a list of recipients that tell no body from another.
_RECIPIENT_NOISE = frozenset(
    "cac va de bao cao nhu dieu luu dong chi d c tinh thanh pho b uy ban tp".split()  # noqa: SIM905
)


# "QĐ 2108 là gì": what a document is, is its title.
_IS_WHAT = re.compile(r"^\W*(?:\w+ ){1,3}?(?:so )?\d[\w/-]* (?:la|noi) (?:cai |van ban )?gi\b\W*(?:vay|the|nhi)?\W*$")


class MetadataStrategy:
    """Answers from letterhead, title, signature, recipients and stamp, each quoted; never for a cited document."""

    name = "metadata"

    def propose(self, question: Question, library: Library, filters: Filters) -> list[Candidate]:
        """One candidate for the one directive that is meant; none where it is not plain which one."""
        folded = fold(question.cleaned)
        asked = [intent for intent in question.intents if intent in _FIELDS]
        if not asked and question.documents and _IS_WHAT.search(folded):
            asked = ["title"]
        if question.cites:
            return []
        if claimed := self._claimed(question, folded, asked, library, filters):
            return [claimed]
        if not asked or not _is_of_document(question, folded, asked[0]):
            return []
        kinds = types_asked(folded) if asked[0] in ("number", "issued_on") else set()
        if kinds and not any(kinds & own_types(one) for one in directives_meant(question, library, filters)):
            return []  # the number of another document is asked for
        chosen = directives_meant(question, library, filters, by_type=True)
        if len(chosen) != 1:
            return ask_back(self.name, question, chosen)
        if not question.documents and asked[0] in ("number", "issued_on") and is_another(question, chosen[0]):
            return []
        answered = self._with_others(library, chosen[0], asked)
        if asked[0] == "recipients" and answered.status == "answered" and asks_yes_no(folded):
            return [self._is_recipient(library, chosen[0], question)]
        if asked[0] == "effect" and answered.status == "answered" and _another_day(folded, answered):
            return [replace(answered, text=messages.not_as_asked(answered.text), status="corrected")]
        if asked[0] == "signer" and answered.status == "answered" and _another_office(folded, library, chosen[0]):
            answered = replace(answered, text=messages.not_as_asked(answered.text), status="corrected")
        return [answered]

    def _claimed(
        self, question: Question, folded: str, asked: Sequence[str], library: Library, filters: Filters
    ) -> Candidate | None:
        """What a question says of a directive itself and asks no more: put right where it is wrong, else by whom."""
        named = directives_meant(question, library, filters) if question.documents else []
        if len(named) == 1 and (
            wrong := self._wrong_identity(question, folded, library, named[0])
            or self._wrong_signer(question, library, named[0])
        ):
            return self._beside(wrong, library, named[0], asked)
        said = self._wrong_office(question, folded, library, filters) or self._signed_by(
            question, folded, library, filters
        )
        if said and said.status == "corrected":
            return self._beside(said, library, said.evidence[0].directive, asked)
        return said

    def _beside(self, wrong: Candidate, library: Library, directive: Directive, asked: Sequence[str]) -> Candidate:
        """A correction with what the question asks beside it ("… ký vào ngày nào?")."""
        for other in asked:
            if other in ("issued_on", "number"):
                more = self._answer(library, directive, other)
                if more.status == "answered" and more.evidence[0] not in wrong.evidence:
                    return joined([wrong, more])
        return wrong

    def _with_others(self, library: Library, directive: Directive, asked: Sequence[str]) -> Candidate:
        """The first field asked for, with the others under it ("ban hành hôm nào, cơ quan nào ban hành")."""
        answered = self._answer(library, directive, asked[0])
        for other in asked[1:] if answered.status == "answered" else ():
            if other in _BESIDE and _FIELDS[other][0] not in _FIELDS[asked[0]]:
                more = self._answer(library, directive, other)
                if more.status == "answered" and more.basis == "text":
                    answered = joined([answered, more])
        return answered

    def _wrong_office(self, question: Question, folded: str, library: Library, filters: Filters) -> Candidate | None:
        """Who signed the one directive that is meant, where "vì sao … lại do Bí thư ký" has another office sign it."""
        if not (_OFFICE.search(folded) and presupposes(question.cleaned)):
            return None
        chosen = directives_meant(question, library, filters, by_type=True)
        if len(chosen) != 1 or not _another_office(folded, library, chosen[0]):
            return None
        answered = self._answer(library, chosen[0], "signer")
        if answered.status != "answered":
            return None
        return replace(answered, text=messages.not_as_asked(answered.text), status="corrected")

    def _signed_by(self, question: Question, folded: str, library: Library, filters: Filters) -> Candidate | None:
        """Signer, role and document, where the question names a signer and speaks of signing."""
        if not re.search(r"\bky\b", folded):
            return None
        allowed = {one.id for one in directives_meant(question, library, filters)}
        spoken = " ".join(syllables(question.cleaned))
        for field in library.facts.metadata:
            name = " ".join(syllables(field.value))
            if field.name == "signer" and field.document_id in allowed and re.search(rf"\b{name}\b", spoken):
                directive = library.directive(field.document_id)
                answered = self._answer(library, directive, "signer")
                if _another_office(folded, library, directive):
                    return replace(answered, text=messages.not_as_asked(answered.text), status="corrected")
                number = [f for f in library.facts.metadata if f.document_id == directive.id and f.name == "number"]
                evidence = (*answered.evidence, *_evidence(directive, [f for f in number if f.spans])[:1])
                mark = f" [{len(evidence)}]" if len(evidence) > len(answered.evidence) else ""
                document = messages.whose_document(directive)
                return replace(answered, text=f"{answered.text}\n{document}{mark}", evidence=evidence)
        return None

    def _wrong_signer(self, question: Question, library: Library, directive: Directive) -> Candidate | None:
        """The signer of the directive that is named, where the question has another person sign it."""
        if not (said := _SIGNED_BY.search(question.cleaned)):
            return None
        answered = self._answer(library, directive, "signer")
        own = f" {' '.join(syllables(answered.text))} "
        name = " ".join(syllables(said["name"]))
        if answered.status != "answered" or f" {name} " in own or name in " ".join(syllables(directive.text)):
            return None
        return replace(answered, text=messages.not_as_asked(answered.text), status="corrected")

    def _is_recipient(self, library: Library, directive: Directive, question: Question) -> Candidate:
        """Yes, with the line of the list that names the body; no, with the whole list, where none does."""
        fields = [
            field for field in library.facts.metadata if field.document_id == directive.id and field.name == "recipient"
        ]
        asked = set(syllables(question.searched))
        named = [
            field
            for field in fields
            if (words := [w for w in syllables(field.value) if w not in _RECIPIENT_NOISE]) and set(words) & asked
        ]
        evidence = _evidence(directive, fields)
        text = messages.is_recipient([field.value for field in named or fields], bool(named))
        return Candidate(self.name, f"{text} [1]", evidence[:1], "text", _SURE)

    def _wrong_identity(
        self, question: Question, folded: str, library: Library, directive: Directive
    ) -> Candidate | None:
        """Number, day and issuer of the directive named, where the question gives it another year or issuer."""
        said = _ISSUED_IN.search(folded)
        issuer = " ".join(syllables(directive.metadata.issuer or ""))
        other = [
            body
            for body in bodies_in(question.searched)
            if re.search(
                rf"\b{body}\b[a-z ]{{0,24}}\b(?:ban hanh|thong qua|phe duyet)\b", " ".join(syllables(question.searched))
            )
        ]
        if issuer and other and not any(body in issuer for body in other):
            answered = self._answer(library, directive, "issuer")
            if answered.status == "answered":
                return replace(answered, text=messages.not_as_asked(answered.text), status="corrected")
        if said is None:
            return None
        issued = directive.metadata.issued_on
        if not issued or issued.startswith(said["year"]):
            return None
        answered = self._answer(library, directive, "issued_on")
        if answered.status != "answered":
            return None
        if "signer" in question.intents:  # asked beside it
            signer = self._answer(library, directive, "signer")
            if signer.status == "answered":
                answered = joined([answered, signer])
        return replace(answered, text=messages.not_as_asked(answered.text), status="corrected")

    def _answer(self, library: Library, directive: Directive, intent: str) -> Candidate:
        stated = [
            field
            for field in library.facts.metadata
            if field.document_id == directive.id
            and (field.basis == "text" or intent == "issuer")
            and field.name in _FIELDS[intent]
        ]
        if _FIELDS[intent][0] not in {field.name for field in stated}:
            return self._missing(library, directive, intent)
        if intent == "issuer":
            return self._issuer(library, directive, stated)
        evidence = _evidence(directive, stated)
        text = f"{_sentence(intent, stated, directive.text)} {marks(len(evidence))}"
        return Candidate(self.name, text, evidence, "text", _SURE)

    def _issuer(self, library: Library, directive: Directive, stated: list[MetadataField]) -> Candidate:
        """The issuer with its place: by the catalogue where the text does not name it whole; the title is cited."""
        by_name = [field for field in stated if field.basis == "text"]
        named = next((field for field in stated if field.basis == "catalogue"), stated[0])
        if by_name and fold(by_name[0].value) in fold(named.value):
            named = by_name[0]  # the text itself says it, but for the place that its name goes without
        title = [f for f in library.facts.metadata if f.document_id == directive.id and f.name == "title"]
        evidence = _evidence(directive, [*(f for f in stated if f.spans), *title])[:1]
        by_text = named.basis == "text"
        text = messages.issuer(named.value, by_text)
        return Candidate(self.name, f"{text} [1]", evidence, "text" if by_text else "catalogue", _SURE)

    def _missing(self, library: Library, directive: Directive, intent: str) -> Candidate:
        """What the stored text does not state is said so; of a page, its author stands as the nearest passage."""
        author = [f for f in library.facts.metadata if f.document_id == directive.id and f.name == "author"]
        nearest = _evidence(directive, author) if intent == "signer" and author else ()
        text = messages.not_stated_field(intent, directive)
        return Candidate(self.name, text, nearest, None, _SURE, "not_found")


def _is_of_document(question: Question, folded: str, field: str) -> bool:
    """Whether a field is asked of the document as a whole, and not of something that it speaks of."""
    if field == "recipients" and _SENT.search(_SENT_ITSELF.sub(" ", folded)):
        return False
    if field == "issued_on" and not (_DOCUMENT.search(folded) or _ISSUING.search(folded)):
        return False  # "ra vào ngày mấy" is asked of a bulletin
    whole = question.documents or _DOCUMENT.search(folded) or (field == "signer" and question.province)
    return bool(whole) and not (field == "title" and named_places(folded))


def _another_day(folded: str, answered: Candidate) -> bool:
    """Whether the question gives the effect a day that the clause does not have."""
    days = re.findall(r"\b\d{1,2}[/.-]\d{1,2}[/.-]\d{4}\b", folded)
    return bool(days) and not any(day in fold(answered.text) for day in days)


def _another_office(folded: str, library: Library, directive: Directive) -> bool:
    """Whether the question has someone of another office sign: "Phó Chủ tịch nào ký" where the Chairman did."""
    asked = _OFFICE.search(folded)
    spans = [
        span
        for field in library.facts.metadata
        if field.document_id == directive.id and field.name == "signer_role"
        for span in field.spans
    ]
    if asked is None or not spans:
        return False
    own = fold(spans[-1].of(directive.text))  # behind "T/M", "KT." the signer's own office comes last
    return asked["office"] not in own or ("pho " in own) != bool(asked["deputy"])


def _sentence(intent: str, fields: Sequence[MetadataField], text: str) -> str:
    values = {field.name: field.value for field in fields}
    match intent:
        case "signer":
            role = next((field for field in fields if field.name == "signer_role"), None)
            return messages.signer(values["signer"], [span.of(text) for span in role.spans] if role else [])
        case "author":
            return messages.author(values["author"])
        case "stamp":
            received = values.get("received_on")
            day = office_date(received) if received else None
            return messages.received(values.get("received_by"), values.get("received_number"), day)
        case "recipients":
            return messages.recipients([field.value for field in fields])
        case "number" | "issued_on":
            day = values.get("issued_on")
            return messages.identity(values.get("number"), office_date(day) if day else None)
        case _:
            return values[_FIELDS[intent][0]]


def _evidence(directive: Directive, fields: Sequence[MetadataField]) -> tuple[Evidence, ...]:
    """The paragraphs that hold the fields, each once, in the order of the text; recipients as one list."""
    wanted: list[Span] = []
    for field in fields:
        for span in field.spans:
            start = directive.text.rfind("\n", 0, span.start) + 1
            end = directive.text.find("\n", span.end)
            wanted.append(Span(start, end if end >= 0 else len(directive.text)))
    merged: list[Span] = []
    for span in sorted(set(wanted)):
        if merged and span.start <= merged[-1].end + 1:
            merged[-1] = Span(merged[-1].start, max(span.end, merged[-1].end))
        else:
            merged.append(span)
    return tuple(Evidence(directive, _holder(directive, span), span) for span in merged)


def _holder(directive: Directive, span: Span) -> Provision:
    """The provision that holds a span: recipients as a whole, else the one whose own text it is."""
    for provision in directive.walk():
        if provision.kind is Kind.RECIPIENTS and provision.subtree_spans()[0].start <= span.start:
            inside = provision.subtree_spans()
            if inside[-1].end >= span.end:
                return provision
    return directive.provision_at(span.start) or directive.provisions[0]
