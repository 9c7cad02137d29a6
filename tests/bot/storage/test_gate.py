from __future__ import annotations

import threading
import time

import pytest

from bot.storage.gate import Gate


def test_who_came_first_goes_first() -> None:
    gate, order = Gate(1), list[int]()

    def go(number: int) -> None:
        with gate.passed(10):
            order.append(number)

    with gate.passed(0):
        threads = []
        for number in range(20):
            threads.append(threading.Thread(target=go, args=(number,)))
            threads[-1].start()
            while len(gate._waiting) <= number:
                time.sleep(0.001)
    for thread in threads:
        thread.join()
    assert order == list(range(20))


def test_only_so_many_pass_at_a_time() -> None:
    gate = Gate(3)
    with gate.passed(0), gate.passed(0), gate.passed(0):
        for _ in range(2):
            with pytest.raises(TimeoutError), gate.passed(0.01):
                pass
    with gate.passed(0), gate.passed(0), gate.passed(0):
        pass


def test_a_place_is_given_back_after_an_error() -> None:
    gate = Gate(1)
    with pytest.raises(KeyError), gate.passed(0):
        raise KeyError
    with gate.passed(0):
        pass
