"""Load: one client, then many that think between questions, then many that do not; ratios within one run.

Every question of a run is asked once. The service has no cache of answers; nothing is switched off.
"""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
import time
from collections import Counter
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

import httpx
import psutil

from bot.settings import Settings
from evaluation.latency import percentile
from evaluation.load_client import Asked, Plan
from evaluation.load_questions import distinct_questions
from evaluation.load_server import Server, serving

THINK = 4.0  # mean seconds
GOAL = 10.0  # p99 with thinking clients : p50 of one
_WARM_SECONDS = 8.0
_MOST_A_SECOND = 100  # questions handed to the clients of a phase


@dataclass(slots=True)
class Phase:
    """What came of one load; times in milliseconds, memory in MB at its start, middle and end."""

    name: str
    seconds: float
    took: list[float] = field(default_factory=list)
    errors: Counter[str] = field(default_factory=Counter)
    memory: list[dict[int, float]] = field(default_factory=list)
    others: float = 0.0  # share of all cores that programs of others had meanwhile

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.took) / self.seconds

    def quantile(self, share: float) -> float:
        """Milliseconds that this share of the answers did not exceed."""
        return percentile(self.took, share) if self.took else float("nan")

    def summary(self) -> dict[str, object]:
        """As JSON."""
        return {
            "name": self.name,
            "answers": len(self.took),
            "errors": dict(self.errors),
            "a_second": round(self.rate, 1),
            "others_share_of_cpu": round(self.others, 2),
            "ms": {f"p{round(share * 100)}": round(self.quantile(share), 1) for share in (0.5, 0.95, 0.99, 1.0)},
            "memory_mb": [{pid: round(size, 1) for pid, size in one.items()} for one in self.memory],
        }


@dataclass(frozen=True, slots=True)
class Load:
    """All phases of one run."""

    workers: int
    clients: int
    one: Phase
    thinking: Phase
    pressing: Phase

    @property
    def ratio(self) -> float:
        """99th percentile of thinking clients : median of one client."""
        return self.thinking.quantile(0.99) / self.one.quantile(0.5)

    @property
    def errors(self) -> int:
        """Of all phases."""
        return sum(phase.errors.total() for phase in (self.one, self.thinking, self.pressing))

    def as_json(self) -> str:
        """Everything but the single times."""
        phases = [phase.summary() for phase in (self.one, self.thinking, self.pressing)]
        told = {"workers": self.workers, "clients": self.clients, "p99_to_p50_of_one": round(self.ratio, 2)}
        return json.dumps(told | {"phases": phases}, ensure_ascii=False, indent=1)

    def __str__(self) -> str:
        lines = [
            "| clients | answers | errors | a second | p50 | p95 | p99 | longest | CPU of other programs |",
            "|---|---|---|---|---|---|---|---|---|",
        ]
        for phase in (self.one, self.thinking, self.pressing):
            times = " | ".join(f"{phase.quantile(share):.0f} ms" for share in (0.5, 0.95, 0.99, 1.0))
            counts = f"{len(phase.took)} | {phase.errors.total()} | {phase.rate:.1f}"
            lines.append(f"| {phase.name} | {counts} | {times} | {phase.others:.0%} |")
        lines += [
            "",
            f"p99 of {self.clients} thinking clients : p50 of one client: {self.ratio:.1f} (goal: at most {GOAL:.0f}).",
            "",
            "| memory of all processes (PSS) | at its start | in its middle | at its end |",
            "|---|---|---|---|",
        ]
        for phase in (self.one, self.thinking, self.pressing):
            sums = " | ".join(f"{sum(one.values()):.0f} MB" for one in phase.memory)
            lines.append(f"| {phase.name} | {sums} |")
        kinds = Counter[str]()
        for phase in (self.one, self.thinking, self.pressing):
            kinds.update(phase.errors)
        return "\n".join([*lines, *(["", f"Errors: {dict(kinds)}"] if kinds else [])])


def measure_load(settings: Settings, workers: int, clients: int, seconds: float) -> Load:
    """Start the server and put the three loads on it, one after the other."""
    questions = distinct_questions()

    def phase(name: str, count: int, length: float, think: float = 0) -> Phase:
        rate = min(_MOST_A_SECOND, 3 * count / think) if think else _MOST_A_SECOND
        chosen = list(itertools.islice(questions, int(length * rate) + count))
        return _phase(server, name, Plan(server.address, count, length, think, 0, chosen))

    with serving(settings, workers) as server:
        _wait(server)
        phase("warm-up", 4 * workers, _WARM_SECONDS)
        one = phase("1", 1, seconds / 2)
        thinking = phase(f"{clients}, thinking {THINK:.0f} s on average", clients, seconds, THINK)
        pressing = phase(f"{clients}, without a pause", clients, seconds)
    return Load(workers, clients, one, thinking, pressing)


def _phase(server: Server, name: str, plan: Plan) -> Phase:
    phase = Phase(name, plan.seconds)
    phase.memory.append(server.memory())
    process = subprocess.Popen(
        [sys.executable, "-m", "evaluation.load_client"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[1],
    )
    clock = _Clock(server, process.pid)
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps(asdict(plan)))
    process.stdin.close()
    for line in process.stdout:
        asked = Asked(**json.loads(line))
        if asked.error is None:
            phase.took.append(asked.took * 1000)
        else:
            phase.errors[asked.error] += 1
        if len(phase.memory) == 1 and asked.at > plan.seconds / 2:
            phase.memory.append(server.memory())
    phase.others = clock.others()
    if process.wait() != 0:
        raise SystemExit("the clients of the load failed")
    phase.memory.append(server.memory())
    return phase


class _Clock:
    """Processor time since it was made: of the whole machine, less that of the server and of the clients."""

    def __init__(self, server: Server, clients: int) -> None:
        self._own = [server.process, *server.process.children(recursive=True), psutil.Process(clients)]
        self._started, self._busy, self._ours = time.monotonic(), _busy(), self._used()

    def others(self) -> float:
        """Share of all cores, 0 to 1; call before the clients' process is waited for."""
        seconds = (time.monotonic() - self._started) * (psutil.cpu_count() or 1)
        return max(0.0, (_busy() - self._busy - (self._used() - self._ours)) / seconds)

    def _used(self) -> float:
        used = 0.0
        for one in self._own:
            with suppress(psutil.NoSuchProcess):
                times = one.cpu_times()
                used += times.user + times.system
        return used


def _busy() -> float:
    times = psutil.cpu_times()
    return float(sum(times) - times.idle - getattr(times, "iowait", 0.0) - getattr(times, "guest", 0.0))


def _wait(server: Server) -> None:
    """Until the first worker answers; the socket listens before."""
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        try:
            if httpx.get(f"{server.address}/healthz", timeout=60).status_code == 200:
                return
        except httpx.HTTPError:
            time.sleep(0.2)
    raise SystemExit("the server did not answer")
