"""A client of the service: files in, results out, with the patience that the service asks for.

    from service.client import Client

    with Client("http://127.0.0.1:8000") as client:
        result = client.read("report.pdf")
        for one in result.observations:
            print(one.field, one.value)

``AsyncClient`` is the same with ``await``. It loads no extractor.
"""

from schemas.result import Stated
from service.client.asynchronous import AsyncClient
from service.client.errors import ClientError, GaveUp, Refused
from service.client.exchange import Correction, Corrections, Job, Patience, Review, Reviews
from service.client.synchronous import Client

__all__ = [
    "AsyncClient",
    "Client",
    "ClientError",
    "Correction",
    "Corrections",
    "GaveUp",
    "Job",
    "Patience",
    "Refused",
    "Review",
    "Reviews",
    "Stated",
]
