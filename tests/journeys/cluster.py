"""A Dask cluster of several machines: network namespaces where they can be made, else addresses of the loopback
interface."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import distributed

from tests.journeys.conftest import environment

WORKERS = 3


@dataclass
class Network:
    """Where the scheduler listens, and a command's beginning and an address for each worker."""

    scheduler: str
    machines: list[tuple[list[str], str]]


@dataclass
class Cluster:
    """A scheduler and its workers, by the address of each."""

    address: str
    workers: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def busy(self) -> subprocess.Popen[bytes]:
        """A worker that is doing a task."""
        with distributed.Client(self.address, set_as_default=False) as client:  # type: ignore[no-untyped-call]
            deadline = time.monotonic() + 60
            while time.monotonic() < deadline:
                for worker, tasks in client.processing().items():
                    if tasks:
                        return self.workers[worker.removeprefix("tcp://").partition(":")[0]]
        raise AssertionError("no worker has anything to do")


def ip(*arguments: str) -> None:
    subprocess.run(["ip", *arguments], check=True, capture_output=True)


@contextmanager
def namespaces() -> Iterator[Network]:
    """Machines of their own as far as the network goes, on one bridge. Raises when this is not allowed."""
    mark, subnet = f"gk{os.getpid()}", f"10.213.{os.getpid() % 250}"
    with ExitStack() as undo:
        ip("link", "add", mark, "type", "bridge")
        undo.callback(ip, "link", "delete", mark)
        ip("address", "add", f"{subnet}.1/24", "dev", mark)
        ip("link", "set", mark, "up")
        machines = []
        for number in range(WORKERS):
            name, address = f"{mark}-{number}", f"{subnet}.{number + 2}"
            ip("netns", "add", name)
            undo.callback(ip, "netns", "delete", name)
            ip("link", "add", name, "type", "veth", "peer", "name", "eth0", "netns", name)
            ip("link", "set", name, "master", mark, "up")
            for more in (("address", "add", f"{address}/24", "dev", "eth0"), ("link", "set", "eth0", "up")):
                ip("-n", name, *more)
            ip("-n", name, "link", "set", "lo", "up")
            machines.append((["ip", "netns", "exec", name], address))
        yield Network(f"{subnet}.1", machines)


@contextmanager
def network() -> Iterator[Network]:
    if os.geteuid() == 0 and shutil.which("ip"):
        with ExitStack() as stack:
            try:
                made = stack.enter_context(namespaces())
            except subprocess.CalledProcessError:
                pass  # a container that may not make any
            else:
                yield made
                return
    yield Network("127.0.0.1", [([], f"127.0.0.{number + 2}") for number in range(WORKERS)])


@contextmanager
def running_cluster(folder: Path) -> Iterator[Cluster]:
    """A scheduler and its workers, ended with the block."""
    python = [sys.executable, "-m"]
    with network() as made, ExitStack() as stack:
        told = folder / "scheduler.json"
        command = ["distributed.cli.dask_scheduler", "--host", made.scheduler, "--port", "0", "--no-dashboard"]
        launch(stack, [*python, *command, "--scheduler-file", str(told)], folder)
        cluster = Cluster(_address(told))
        for before, address in made.machines:
            command = ["distributed.cli.dask_worker", cluster.address, "--host", address, "--nthreads", "1"]
            quiet = ["--no-nanny", "--no-dashboard", "--local-directory", str(folder)]
            cluster.workers[address] = launch(stack, [*before, *python, *command, *quiet], folder)
        yield cluster


def launch(stack: ExitStack, command: list[str], folder: Path) -> subprocess.Popen[bytes]:
    log = stack.enter_context((folder / "dask.log").open("ab"))
    process = subprocess.Popen(command, stdout=log, stderr=log, env=environment(), cwd=folder)
    stack.callback(process.wait, 30)
    stack.callback(process.kill)
    return process


def _address(told: Path) -> str:
    deadline = time.monotonic() + 600
    while not told.exists() or not told.read_text():
        assert time.monotonic() < deadline
        time.sleep(0.05)
    address: str = json.loads(told.read_text())["address"]
    return address
