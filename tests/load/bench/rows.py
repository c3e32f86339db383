"""The rows of the table: which request, how many connections, and which gateways answer it."""

import dataclasses
import json

from bench.bodies import BATCH, BODIES, composed, order_id

COMPOSING = ("floor", "weft", "nginx + lua")
BOTH = ("floor", "weft", "weft release", "nginx + lua")


@dataclasses.dataclass(frozen=True)
class Row:
    """GATEWAYS are of gateways.KINDS: `weft` is build/tuned, and with `x2` has two workers. All are divided by the first.

    More connections than weft's limit never goes below (128 requests in work of a worker) are more than it serves once
    it is saturated: where all are to be served, it REFUSES nothing."""

    title: str
    target: str
    answer: object  # the value of the body that every gateway has to answer with
    connections: int = 32
    gateways: tuple = COMPOSING
    pinned: bool = True
    refuses: bool = True


def _details(products, size, connections, gateways=COMPOSING, **others):
    kib = {300: "0.3", 4096: "4", 65536: "64"}[size]
    title = f"order-details: {products} products, bodies of {kib} KiB, {connections} connections"
    target = f"/order-details/{order_id(products, size)}"
    return Row(others.pop("title", title), target, composed(products, size), connections, gateways, **others)


_ORDER = f"/orders/{order_id(3, 300)}"
ROWS = {
    "c8": _details(3, 300, 8, BOTH),
    "c32": _details(3, 300, 32, (*BOTH, "Node", "Go")),
    "c1": _details(3, 300, 1),
    "c256": _details(3, 300, 256, refuses=False),
    "p1": _details(1, 300, 32, BOTH),
    "p10": _details(10, 300, 32, BOTH),
    "4k": _details(3, 4096, 32),
    "64k": _details(3, 65536, 32),
    "proxy": Row("one call, passed through", _ORDER, json.loads(BODIES[_ORDER]), 32, ("floor", "weft", "nginx proxy")),
    "batch": Row(
        "order-details with one batch call for 3 products",
        f"/order-batch/{order_id(*BATCH)}", composed(*BATCH), 32, ("plain floor", "floor", "weft"),
    ),
    "coalesce": Row(
        "order-details with calls that 32 connections share, which ask for the same",
        f"/order-shared/{order_id(3, 300)}", composed(3, 300), 32, ("plain floor", "weft"),
    ),
    "workers": _details(
        3, 300, 64, ("floor", "floor x2", "weft", "weft x2", "nginx + lua x2"),
        pinned=False, title="order-details: 3 products, one and two workers on both cores, 64 connections",
    ),
}
