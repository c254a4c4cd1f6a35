"""Opens /metrics for one process or for several that count together, for as long as they serve."""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from starlette.types import ASGIApp

from adapters import metrics
from adapters.cli import logs, serving
from adapters.cli.failed import Failed
from adapters.settings import Settings, count_together

REMEDY = "set PARLEY_METRICS_HOST and PARLEY_METRICS_PORT"


@contextmanager
def measured(settings: Settings, meters: metrics.Meters, workers: int) -> Iterator[None]:
    """Around serving. Raises Failed where the port cannot be had."""
    host, port = settings.parley_metrics_host, settings.parley_metrics_port
    with ExitStack() as stack:
        registry = meters.registry
        if port and workers > 1:
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="parley-metrics-"))
            count_together(folder)
            registry = metrics.summed(meters.queues, folder)
        if port:
            try:
                metrics.serve(registry, host, port)
            except (OSError, OverflowError) as why:
                raise serving.not_had(host, port, why, REMEDY) from None
        yield


def allow(settings: Settings, workers: int, takes_many: bool) -> None:
    """Raises Failed where it must not be served like that."""
    if hindrance := settings.hindrance or ("" if workers == 1 or takes_many else serving.ONE_WORKER):
        raise Failed(hindrance)


def run(settings: Settings, app: ASGIApp, meters: metrics.Meters, workers: int) -> None:
    """Takes the port, serves, and is measured meanwhile. Raises Failed where a port cannot be had."""
    bound = serving.take(settings.parley_host, settings.parley_port, "set PARLEY_HOST and PARLEY_PORT")
    logs.start(settings.parley_log)
    with measured(settings, meters, workers):
        serving.serve(app if workers == 1 else "parley:worker", bound, workers)
