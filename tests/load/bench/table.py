"""The table as it is printed. A peer that does better than weft is marked where it does."""

HEADS = ("req/s", "p50 us", "p99 us", "RSS KiB")
COLUMNS = f"{'':19}{'CPU us':>7}  {'/ floor':>8}  {'spread':<11}" + " ".join(f"{head:>8}" for head in HEADS)
BETTER = {"cpu_us": min, "per_second": max, "p50_us": min, "p99_us": min, "rss_kib": min}
LEGEND = "* better than weft (the floor is no peer: it does nothing but the exchanges)"


def _beats(its, weft, figure):
    if weft is None or its.name.startswith("weft") or "floor" in its.name:
        return False
    mine, other = its.median(figure), weft.median(figure)
    return mine != other and BETTER[figure](mine, other) == mine


def _cell(its, weft, figure):
    number = f"{its.median(figure):.1f}" if figure == "cpu_us" else f"{its.median(figure):.0f}"
    return f"{number:>7}{'*' if _beats(its, weft, figure) else ' '}"


def _rival(its, figures):
    """The weft with as many workers."""
    workers = its.name.partition(" x")[2]
    return next((each for each in figures if each.name == (f"weft x{workers}" if workers else "weft")), None)


def _price_of_workers(figures):
    one, two = (next((each for each in figures if each.name == name), None) for name in ("weft", "weft x2"))
    if one and two:
        least, ratio, most = two.ratios(one)
        yield f"  weft x2 / weft: {ratio:.2f} of the CPU per request ({least:.2f}-{most:.2f})"


def lines(row, figures):
    yield f"\n{row.title}{'' if row.pinned else ' (not pinned)'}"
    for its in figures:
        weft = _rival(its, figures)
        cells = {figure: _cell(its, weft, figure) for figure in BETTER}
        least, ratio, most = its.ratios(figures[0])
        spread = f"{least:.2f}-{most:.2f}"
        yield (
            f"  {its.name:16} {cells['cpu_us']} {ratio:8.2f}  {spread:<11}"
            f" {cells['per_second']} {cells['p50_us']} {cells['p99_us']} {cells['rss_kib']}".rstrip()
        )
    yield from _price_of_workers(figures)
