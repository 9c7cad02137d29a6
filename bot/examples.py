"""Questions that a newcomer may begin with."""

from __future__ import annotations

from collections.abc import Iterable

from index.directive import Directive

_GENERAL = ("Ai làm trưởng ban chỉ đạo công tác dân vận ở cấp xã?", "Thời hạn báo cáo là khi nào, gửi cơ quan nào?")


def examples(directives: Iterable[Directive]) -> tuple[str, ...]:
    """General ones, then, where a stored directive has a number, questions that name it."""
    numbered = next((one.metadata for one in directives if one.metadata.number and one.metadata.type), None)
    if numbered is None:
        return _GENERAL
    named = f"{numbered.type} số {numbered.number}"
    return (*_GENERAL, f"Ai ký {named}?", f"{named} nêu những giải pháp nào?")
