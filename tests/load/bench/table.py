"""The table as it is printed. A peer that does better than weft is marked where it does."""

COLUMNS = f"{'':18}{'CPU us':>9} {'/ floor':>8}   {'spread':<11} {'req/s':>8} {'p50 us':>8} {'p99 us':>8} {'RSS KiB':>8}"
BETTER = {"cpu_us": min, "per_second": max, "p50_us": min, "p99_us": min, "rss_kib": min}
WIDTHS = {"cpu_us": 8, "per_second": 7, "p50_us": 7, "p99_us": 7, "rss_kib": 7}
LEGEND = "* better than weft (the floor is no peer: it does nothing but the exchanges)"


def _beats(its, weft, figure):
    if weft is None or its.name.startswith("weft") or "floor" in its.name:
        return False
    mine, other = its.median(figure), weft.median(figure)
    return mine != other and BETTER[figure](mine, other) == mine


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
        cells = {
            figure: f"{its.median(figure):{width}.{1 if figure == 'cpu_us' else 0}f}{'*' if _beats(its, weft, figure) else ' '}"
            for figure, width in WIDTHS.items()
        }
        least, ratio, most = its.ratios(figures[0])
        spread = f"{least:.2f}-{most:.2f}"
        yield (
            f"  {its.name:16}{cells['cpu_us']} {ratio:8.2f}   {spread:<11} "
            f"{cells['per_second']} {cells['p50_us']} {cells['p99_us']} {cells['rss_kib']}".rstrip()
        )
    yield from _price_of_workers(figures)
