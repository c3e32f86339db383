"""What the services of the bench hold: for each target the bytes of its body, the same in every run.

An order's id says how many products it has and how large the bodies are: o-3-300 has the products p-1-300 to p-3-300.
"""

import json

LARGE = 838861  # five of them are 4 MiB
SIZES = (300, 4096, 65536, LARGE)
COUNTS = (1, 3, 10)
FILLER = "x" * 3072
BATCH = (3, 300)  # what /products, asked for many at once, always answers


def _filled(document, size):
    """The document as JSON of that size; a size it is above already is left alone."""
    bare = json.dumps({**document, "note": ""}, separators=(",", ":"))
    fillers, rest = divmod(max(0, size - len(bare)), len(FILLER))
    note = "n" * rest + FILLER * fillers
    return json.dumps({**document, "note": note}, separators=(",", ":")).encode()


def order_id(products, size):
    return f"o-{products}-{size}"


def product_ids(products, size):
    return [f"p-{n}-{size}" for n in range(1, products + 1)]


def _order(products, size):
    return {
        "id": order_id(products, size),
        "user_id": f"u-1-{size}",
        "status": "paid",
        "currency": "EUR",
        "total_cents": 165757,
        "product_ids": product_ids(products, size),
    }


def _user(size):
    return {"id": f"u-1-{size}", "name": "Fatima Tanaka", "email": "user1@example.com", "tier": "silver"}


def _product(identity):
    return {"id": identity, "name": "Waterproof clock", "category": "home", "price_cents": 19818, "in_stock": 63}


def _all_bodies():
    bodies = {}
    for size in SIZES:
        bodies[f"/users/u-1-{size}"] = _filled(_user(size), size)
        for count in COUNTS:
            bodies[f"/orders/{order_id(count, size)}"] = _filled(_order(count, size), size)
        for identity in product_ids(max(COUNTS), size):
            bodies[f"/products/{identity}"] = _filled(_product(identity), size)
    rows = [bodies[f"/products/{identity}"] for identity in product_ids(*BATCH)]
    bodies["/products"] = b"[" + b",".join(rows) + b"]"
    return bodies


BODIES = _all_bodies()


def composed(products, size):
    """What GET /order-details/... has to answer, as a value."""
    order = json.loads(BODIES[f"/orders/{order_id(products, size)}"])
    return {
        "order": order,
        "user": json.loads(BODIES[f"/users/{order['user_id']}"]),
        "products": [json.loads(BODIES[f"/products/{identity}"]) for identity in order["product_ids"]],
    }
