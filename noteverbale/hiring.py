"""Which workers there are for a run: this machine's processes, or a cluster."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from noteverbale.config import Config
    from noteverbale.workers import Workers
    from ocr.settings import OcrSettings


def hire(config: Config, settings: OcrSettings, version: str) -> Workers:
    """The workers that the configuration names; nothing is started before the first task.

    Raises:
        WorkersUnavailable: the cluster cannot be used, and why.
    """
    if config.cluster.address is not None:
        from noteverbale.cluster import ClusterWorkers

        return ClusterWorkers(config.cluster, settings, version)
    from noteverbale.worker_pool import WorkerPool

    return WorkerPool(config.ocr.workers)
