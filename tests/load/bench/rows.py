"""The rows of the table: which request, how many connections, and which gateways answer it."""

import dataclasses
import json

from bench.bodies import BODIES, composed, order_id


@dataclasses.dataclass(frozen=True)
class Row:
    name: str
    target: str
    answer: object  # the value of the body that every gateway has to answer with
    connections: int = 32
    gateways: tuple = ("floor", "weft")


def _details(products, size, connections, **others):
    kib = {300: "0.3", 4096: "4", 65536: "64"}[size]
    name = f"order-details, {products} products of {kib} KiB, {connections} connections"
    identity = order_id(products, size)
    return Row(name, f"/order-details/{identity}", composed(products, size), connections, **others)


ROWS = {
    "p3c8": _details(3, 300, 8),
    "p3c32": _details(3, 300, 32),
}
