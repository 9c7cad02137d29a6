"""The clients of a load, in a process of their own, so that the server's figures are not theirs.

Reads a `Plan` as JSON from standard input, writes a line of JSON for each question to standard output.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass

import httpx

TIMEOUT = 60.0  # seconds


@dataclass(frozen=True, slots=True)
class Plan:
    """`think`: mean seconds (exponential) between an answer and the next question of a client."""

    address: str
    clients: int
    seconds: float
    think: float
    seed: int
    questions: list[str]


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: seconds since the start and until the whole answer was there; the error, where it was one."""

    at: float
    took: float
    error: str | None


async def run(plan: Plan) -> None:
    """Ask until the time is over; a question that has begun is waited for."""
    questions = iter(plan.questions)
    started = time.perf_counter()
    await asyncio.gather(*(_client(plan, number, questions, started) for number in range(plan.clients)))


async def _client(plan: Plan, number: int, questions: Iterator[str], started: float) -> None:
    chance = random.Random(f"{plan.seed}-{number}")
    end = started + plan.seconds
    headers = {"Danvan-Person": f"load-{number}"}
    async with httpx.AsyncClient(base_url=plan.address, timeout=TIMEOUT, headers=headers) as client:
        if plan.think:  # people do not begin all at once
            await asyncio.sleep(chance.uniform(0, min(plan.think, plan.seconds)))
        while time.perf_counter() < end:
            question = next(questions, None)
            if question is None:
                raise SystemExit("no distinct question is left")
            asked = await _ask(client, question, started)
            print(json.dumps(asdict(asked)), flush=True)
            if plan.think:
                await asyncio.sleep(min(chance.expovariate(1 / plan.think), max(0.0, end - time.perf_counter())))


async def _ask(client: httpx.AsyncClient, question: str, started: float) -> Asked:
    begun = time.perf_counter()
    error: str | None = None
    try:
        response = await client.post("/v1/ask", json={"question": question})
        if response.status_code != 200:
            error = f"HTTP {response.status_code}"
        elif "danvan-turn-id" not in response.headers:
            error = "not kept"
    except httpx.HTTPError as problem:
        error = type(problem).__name__
    return Asked(begun - started, time.perf_counter() - begun, error)


if __name__ == "__main__":
    asyncio.run(run(Plan(**json.load(sys.stdin))))
