"""Files: the bot sends them, the bot fetches them."""

from __future__ import annotations

from typing import Any

from tests.telegram.botapi.errors import ApiError, bad_request
from tests.telegram.botapi.methods.messages import caption_of, post
from tests.telegram.botapi.methods.registry import method
from tests.telegram.botapi.model import Document
from tests.telegram.botapi.parameters import Parameters
from tests.telegram.botapi.world import World

LARGEST_UPLOAD = 50 * 2**20
LARGEST_DOWNLOAD = 20 * 2**20


@method("sendDocument")
def send_document(world: World, given: Parameters) -> dict[str, Any]:
    caption, entities = caption_of(given)
    # The chat is looked at first, so that a refused message leaves no file behind.
    world.chat_for_bot(given.values.get("chat_id"))
    return post(world, given, text=caption, entities=entities, document=_document(world, given)).as_json()


def _document(world: World, given: Parameters) -> Document:
    named = given.text("document")
    upload = given.files.get(named.removeprefix("attach://") if named.startswith("attach://") else "document")
    if upload is not None:
        if not upload.content:
            raise bad_request("file must be non-empty")
        if len(upload.content) > LARGEST_UPLOAD:
            raise ApiError(413, "Request Entity Too Large")
        return world.store(upload.name, upload.mime, upload.content)
    if not named:
        raise bad_request("there is no document in the request")
    if named not in world.files:
        raise bad_request("wrong file identifier/HTTP URL specified")
    return world.files[named]


@method("getFile")
def get_file(world: World, given: Parameters) -> dict[str, Any]:
    document = world.files.get(given.text("file_id"))
    if document is None:
        raise bad_request("invalid file_id")
    if len(document.content) > LARGEST_DOWNLOAD:
        raise bad_request("file is too big")
    return {
        "file_id": document.file_id,
        "file_unique_id": document.unique_id,
        "file_size": len(document.content),
        "file_path": document.path,
    }
