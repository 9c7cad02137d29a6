"""How updates reach the bot: the webhook's settings. (getUpdates waits, so the server does it itself, in `polling`.)"""

from __future__ import annotations

import re
from typing import Any

from tests.telegram.botapi.errors import bad_request
from tests.telegram.botapi.methods.registry import method
from tests.telegram.botapi.parameters import Parameters
from tests.telegram.botapi.updates import Webhook
from tests.telegram.botapi.world import World


@method("setWebhook")
def set_webhook(world: World, given: Parameters) -> bool:
    url = given.text("url")
    if not url:
        delete_webhook(world, given)
        return True
    # `http://` is refused by api.telegram.org but taken by a Bot API server in local mode, which this one is.
    if not re.match(r"https?://[^/\s]+", url):
        raise bad_request("bad webhook: an HTTPS URL must be provided for webhook")
    secret = given.text("secret_token")
    if not re.fullmatch(r"[A-Za-z0-9_-]{0,256}", secret):
        raise bad_request("secret token contains unallowed characters")
    if given.flag("drop_pending_updates"):
        world.updates.drop()
    world.updates.wish(given.structure("allowed_updates"))
    world.webhook = Webhook(url, secret, min(max(given.number("max_connections", 40), 1), 100))
    return True


@method("deleteWebhook")
def delete_webhook(world: World, given: Parameters) -> bool:
    if given.flag("drop_pending_updates"):
        world.updates.drop()
    world.webhook = Webhook()
    return True


@method("getWebhookInfo")
def get_webhook_info(world: World, _: Parameters) -> dict[str, Any]:
    hook = world.webhook
    info: dict[str, Any] = {
        "url": hook.url,
        "has_custom_certificate": False,
        "pending_update_count": len(world.updates.pending),
    }
    if hook.url:
        info |= {"max_connections": hook.max_connections, "ip_address": "127.0.0.1"}
    if hook.last_error_date is not None:
        info |= {"last_error_date": hook.last_error_date, "last_error_message": hook.last_error}
    if world.updates.allowed is not None:
        info["allowed_updates"] = sorted(world.updates.allowed)
    return info
