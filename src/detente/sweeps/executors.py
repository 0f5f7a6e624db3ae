"""Who works out the tasks of a sweep: this process, several, or a Dask cluster. Each a loop of a few lines.

All take tasks one after another, hold few at a time whatever their number, and give results as they come. Nobody but
the process that runs the sweep writes anything.
"""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import islice
from typing import TYPE_CHECKING, Any

from detente.errors import DetenteError, WorkersLost
from detente.sweeps.tasks import SweepTask, TaskResult, load_kernels, run_task

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

Executor = Callable[[Iterable[SweepTask]], Iterator[TaskResult]]
TASKS_PER_WORKER = 2
"""Tasks that wait or run for each process."""
TASKS_PER_THREAD = 4
"""Tasks under way for each thread of a cluster, so that none waits for the network."""
MOST_LOSSES = 3
"""Times in a row that all processes may be lost while nothing gets done."""
CONNECTION_SECONDS = 15


@contextmanager
def this_process() -> Iterator[Executor]:
    """This process, one task after another."""
    yield lambda tasks: map(run_task, tasks)


@contextmanager
def processes(count: int) -> Iterator[Executor]:
    """So many processes of this machine. Where one is killed, all begin anew, and what was under way is done again."""
    pool = _new_pool(count)

    def run(tasks: Iterable[SweepTask]) -> Iterator[TaskResult]:
        from concurrent.futures import FIRST_COMPLETED, wait
        from concurrent.futures.process import BrokenProcessPool

        nonlocal pool
        waiting = iter(tasks)
        held = {task.units.start: task for task in islice(waiting, TASKS_PER_WORKER * count)}
        losses = 0
        while held:
            try:
                running = {pool.submit(run_task, task): key for key, task in held.items()}
                while running:
                    for future in wait(running, return_when=FIRST_COMPLETED).done:
                        result = future.result()
                        del held[running.pop(future)]
                        losses = 0
                        yield result
                        for task in islice(waiting, 1):
                            held[task.units.start] = task
                            running[pool.submit(run_task, task)] = task.units.start
            except BrokenProcessPool:
                losses += 1
                if losses > MOST_LOSSES:
                    raise WorkersLost(
                        f"the worker processes ended {losses} times in a row, each time while at work; is memory "
                        "short? What was done stands: the same command goes on from there"
                    ) from None
                _end_pool(pool)
                pool = _new_pool(count)

    try:
        yield run
    finally:
        _end_pool(pool)


def _new_pool(count: int) -> ProcessPoolExecutor:
    """Processes that begin at once, and load what they need while the case is read."""
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    pool = ProcessPoolExecutor(count, multiprocessing.get_context("spawn"), _end_with_parent)
    is_main = threading.current_thread() is threading.main_thread()
    # What is ignored here is ignored by processes that begin now: an interruption is for this one alone.
    before = signal.signal(signal.SIGINT, signal.SIG_IGN) if is_main else None
    try:
        for _ in range(count):
            pool.submit(load_kernels)
    finally:
        if before is not None:
            signal.signal(signal.SIGINT, before)
    return pool


def _end_pool(pool: ProcessPoolExecutor) -> None:
    """Ends a pool at once, whatever its processes do: nobody takes their results any more."""
    workers = list((getattr(pool, "_processes", None) or {}).values())
    pool.shutdown(wait=False, cancel_futures=True)
    for worker in workers:
        with suppress(OSError, ValueError):
            worker.kill()


def _end_with_parent() -> None:
    """Has a process end when the one that began it does, however that ends: nobody would give it work any more."""
    import multiprocessing
    import os
    from multiprocessing.connection import wait

    parent = multiprocessing.parent_process()

    def watch() -> None:
        if parent is not None:
            wait([parent.sentinel])
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


@contextmanager
def dask_cluster(address: str) -> Iterator[Executor]:
    """A Dask cluster that is there, by the address of its scheduler. A worker that is killed is done without."""
    distributed = _distributed()
    client = _connect(distributed, address)

    def run(tasks: Iterable[SweepTask]) -> Iterator[TaskResult]:
        waiting = iter(tasks)
        under_way: dict[Any, SweepTask] = {}
        try:
            done: Any = distributed.as_completed(loop=client.loop)

            def submit(some: Iterable[SweepTask]) -> None:
                for task in some:
                    future = client.submit(run_task, task, pure=False, retries=MOST_LOSSES)
                    under_way[future] = task
                    done.add(future)

            def fill() -> None:
                """As many as the threads that there are now: workers may come and go."""
                threads = sum(client.nthreads().values())
                submit(islice(waiting, max(1, TASKS_PER_THREAD * threads - len(under_way))))

            fill()
            while under_way:
                future = next(done)
                yield _result(distributed, future, under_way.pop(future))
                fill()
        except (OSError, TimeoutError, distributed.client.ClosedClientError) as error:
            raise WorkersLost(
                f"the connection to the scheduler at {address} is lost; what was done stands: the same command goes on "
                "from there, with this cluster or another"
            ) from error

    try:
        yield run
    finally:
        with suppress(Exception):
            client.close(timeout=1)


def _result(distributed: Any, future: Any, task: SweepTask) -> TaskResult:
    """What a task came to; as failed, where every worker that takes it ends."""
    from concurrent.futures import CancelledError

    blocks = [part.blocks for part in task.parts]
    try:
        result: TaskResult = future.result()
    except distributed.KilledWorker as error:
        return TaskResult(
            task.units, b"", {part.point: f"its workers end: {error}" for part in task.parts}, sum(map(len, blocks))
        )
    except CancelledError as error:
        raise OSError(str(error) or "its work was cancelled") from error
    except (AttributeError, ImportError, RuntimeError, TypeError) as error:
        raise WorkersLost(
            f"the cluster cannot do the work ({type(error).__name__}: {error}); its scheduler and its workers need the "
            "same version of Détente as this program"
        ) from error
    return result


def _distributed() -> Any:
    try:
        import distributed
    except ImportError as error:
        raise DetenteError("a cluster takes Dask, which is not here; install detente[dask]") from error
    # What becomes of the connection is told in our words; Dask's own come with tracebacks.
    for name in list(logging.root.manager.loggerDict):
        if name.partition(".")[0] == "distributed":
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    return distributed


def _connect(distributed: Any, address: str) -> Any:
    try:
        return distributed.Client(address, timeout=CONNECTION_SECONDS, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        raise WorkersLost(
            f"no scheduler of a Dask cluster answers at {address} within {CONNECTION_SECONDS} seconds; is it there?"
        ) from error
