"""Which directives a question is about."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class Filters(BaseModel):
    """Restricts a search; empty restricts nothing. A year keeps directives whose text states no date."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    document_ids: tuple[str, ...] = Field(default=(), description="Document ids")
    province: str | None = Field(default=None, description="Province, as the catalogue names it")
    type: str | None = Field(default=None, description="Document type, as Chỉ thị")
    year: int | None = Field(default=None, ge=1945, le=2100, description="Year of issue; undated directives stay in")
