"""Take the pictures of the user guide: `python -m tools.pictures FOLDER` (`make pictures`)."""

from __future__ import annotations

import io
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Page

from bot.settings import Settings
from index.build import build
from tools.browser import chromium, serving

_DESKTOP = {"viewport": {"width": 1200, "height": 860}}
_PHONE = {"viewport": {"width": 390, "height": 780}, "device_scale_factor": 1.5}
_WHO = "ai lam truong ban chi dao cong tac dan van o cap xa"
_WRONG = "Vì sao Phú Yên chỉ đặt 60% xã nông thôn mới?"
_COLOURS = 128


def _answer(page: Page, address: str) -> None:
    page.goto(address)
    page.fill("[data-question]", _WHO)
    page.keyboard.press("Enter")
    page.wait_for_selector("#_hoi-1")
    page.evaluate("document.activeElement.blur()")


def _clause(page: Page, address: str) -> None:
    _answer(page, address)
    page.get_by_role("link", name="Mở văn bản tại mục này").click()
    page.wait_for_selector("mark")


def _duties(page: Page, address: str) -> None:
    page.goto(f"{address}/duties?body=ubnd+xa")


def _correction(page: Page, address: str) -> None:
    page.goto(address)
    page.fill("[data-question]", _WRONG)
    page.keyboard.press("Enter")
    page.wait_for_selector("#_hoi-1")
    page.evaluate("document.activeElement.blur()")


PICTURES: dict[str, tuple[Callable[[Page, str], None], dict[str, Any]]] = {
    "trang-hoi-dap": (_answer, _DESKTOP),
    "trang-dieu-khoan": (_clause, _DESKTOP),
    "trang-viec-cua-toi": (_duties, _DESKTOP),
    "trang-dien-thoai": (_correction, _PHONE | {"color_scheme": "dark"}),
}


def take(folder: Path) -> None:
    """Write every picture as a PNG of few colours."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data:
        settings = Settings(data=Path(data))
        build(settings)
        with serving(settings) as address, chromium() as browser:
            for name, (show, options) in PICTURES.items():
                page = browser.new_page(reduced_motion="reduce", locale="vi-VN", **options)
                show(page, address)
                page.evaluate("document.fonts.ready.then(() => null)")
                _save(page.screenshot(), folder / f"{name}.png")
                page.close()


def _save(picture: bytes, path: Path) -> None:
    with Image.open(io.BytesIO(picture)) as opened:
        opened.convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
    print(f"{path} {path.stat().st_size // 1024} KB")


if __name__ == "__main__":
    take(Path(sys.argv[1]))
