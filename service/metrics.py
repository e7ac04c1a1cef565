"""What is counted, for Prometheus: requests of this process, and jobs and workers of all that share the store."""

from __future__ import annotations

from collections.abc import Iterator

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from service.store.store import Store

BUCKETS = (0.005, 0.02, 0.1, 0.5, 1, 2, 5, 10, 30, 60, 120)  # seconds
MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class Metrics:
    """The counts of one application."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        labels = ("method", "route", "status")
        self._requests = Counter("gongkai_requests", "Requests answered", labels, registry=self.registry)
        self._seconds = Histogram(
            "gongkai_request_seconds", "Time to answer", ("route",), buckets=BUCKETS, registry=self.registry
        )

    def answered(self, method: str, route: str, status: int, seconds: float) -> None:
        """One request has been answered; ``route`` is its pattern, so that there are few of them."""
        self._requests.labels(method, route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def watch(self, store: Store) -> Collector:
        """Tell of the jobs in a store, too, until ``unwatch``."""
        collector = _OfStore(store)
        self.registry.register(collector)
        return collector

    def unwatch(self, collector: Collector) -> None:
        """Tell of that store no more."""
        self.registry.unregister(collector)

    def text(self) -> bytes:
        """Everything, as Prometheus reads it."""
        return generate_latest(self.registry)


class _OfStore(Collector):
    """Asked anew at each look."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def describe(self) -> Iterator[Metric]:
        """Nothing: what is collected depends on no look at the store when it is registered."""
        return iter(())

    def collect(self) -> Iterator[Metric]:
        """Jobs by state, slots, and what the last jobs took."""
        jobs = GaugeMetricFamily("gongkai_jobs", "Jobs in the store", labels=("state",))
        for state, count in self._store.workers.counts().items():
            jobs.add_metric((state.value,), count)
        yield jobs
        load = self._store.workers.load()
        yield GaugeMetricFamily("gongkai_worker_slots", "Jobs that can run at the same time", load.slots)
        yield GaugeMetricFamily("gongkai_job_seconds_mean", "Mean time of the last jobs", load.mean)
