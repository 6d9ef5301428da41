"""Makes reference.json: what the tests of src/insights expect, computed without any of its code.

python3 tests/insights/reference/make-reference.py > tests/insights/reference/reference.json  (Debian: python3-numpy)
"""

import json
import math
import random
import statistics

import numpy

FIRST_DAY = 20_454  # 1 January 2026, a Thursday


def made_up_days():
    random.seed(11)
    days = []
    state = 0.0
    for at in range(70):
        state = 0.5 * state + random.gauss(0, 0.85)
        level = 3.2 + state
        entries = [min(5, max(1, round(level + random.gauss(0, 0.3)))) for _ in range(1 + at % 3 // 2)]
        is_on = random.random() < 0.4
        if at in (9, 10, 23, 40, 41, 42, 43, 44, 45, 46, 60):
            continue
        days.append({"day": FIRST_DAY + at, "entries": entries, "run": is_on})
    return days


def value(day):
    return statistics.fmean(day["entries"])


def carry_over(by_place, mean_of):
    """Lag-1 autocorrelation over adjacent pairs, with (1 + 3r) / n added."""
    departures = {place: v - mean_of(place) for place, v in by_place.items()}
    products = [departures[p] * departures[p + 1] for p in departures if p + 1 in departures]
    raw = statistics.fmean(products) / statistics.fmean([d * d for d in departures.values()])
    return min(0.9, max(0.0, raw + (1 + 3 * raw) / len(departures)))


def group_difference(days):
    """Generalised least squares with the dense covariance of an AR(1)."""
    first = days[0]["day"]
    by_place = {d["day"] - first: value(d) for d in days}
    weekday_means = {w: statistics.fmean([v for p, v in by_place.items() if p % 7 == w]) for w in range(7)}
    rho = carry_over(by_place, lambda p: weekday_means[p % 7])
    places = numpy.array([d["day"] - first for d in days])
    covariance = rho ** numpy.abs(places[:, None] - places[None, :])
    inverse = numpy.linalg.inv(covariance)
    design = numpy.column_stack(
        [[1.0 if p % 7 == w else 0.0 for p in places] for w in range(7)] + [[1.0 if d["run"] else 0.0 for d in days]]
    )
    y = numpy.array([value(d) for d in days])
    information = design.T @ inverse @ design
    coefficients = numpy.linalg.solve(information, design.T @ inverse @ y)
    rest = y - design @ coefficients
    scale = rest @ inverse @ rest / (len(y) - 8)
    error = math.sqrt(scale * numpy.linalg.inv(information)[7, 7])
    return {"carryOver": rho, "difference": float(coefficients[7]), "modelError": error}


def student_p(t, df):
    """Twice the upper tail, by Simpson's rule on the density."""
    constant = math.exp(math.lgamma((df + 1) / 2) - math.lgamma(df / 2)) / math.sqrt(df * math.pi)
    xs = numpy.linspace(0, t, 200_001)
    density = constant * (1 + xs**2 / df) ** (-(df + 1) / 2)
    step = xs[1] - xs[0]
    inside = step / 3 * (density[0] + density[-1] + 4 * density[1:-1:2].sum() + 2 * density[2:-1:2].sum())
    return float(1 - 2 * inside)


def benjamini_hochberg(ps):
    """By the definition: the smallest q over all thresholds at or above p."""
    return [
        min(1.0, min(threshold * len(ps) / sum(p <= threshold for p in ps) for threshold in ps if threshold >= own))
        for own in ps
    ]


def running_means(days, window, needed):
    by_day = {d["day"]: value(d) for d in days}
    means = []
    for day in range(FIRST_DAY, FIRST_DAY + 70):
        seen = [by_day[d] for d in range(day - window + 1, day + 1) if d in by_day]
        means.append(statistics.fmean(seen) if len(seen) >= needed else None)
    return means


def furthest_split(values, side):
    """Where the rank sums on either side differ most, weighted as a two-sample test weighs them."""
    ranks = [(sum(v < own for v in values) + (sum(v == own for v in values) - 1) / 2) - (len(values) - 1) / 2 for own in values]
    n = len(values)
    departures = {k: abs(sum(ranks[:k])) / math.sqrt(k * (n - k)) for k in range(side, n - side + 1)}
    return max(departures, key=departures.get)


days = made_up_days()
values = [value(d) for d in days]
pairs = [value(b) - value(a) for a, b in zip(days, days[1:]) if b["day"] == a["day"] + 1]
ps = [0.001, 0.2, 0.04, 0.03, 0.8, 0.04]
lowered = values[:30] + [statistics.fmean([max(1, e - 2) for e in d["entries"]]) for d in days[30:]]
weekdays = [[value(d) for d in days if (d["day"] + 3) % 7 == w] for w in range(7)]
print(
    json.dumps(
        {
            "days": days,
            "summary": {
                "mean": statistics.fmean(values),
                "median": statistics.median(values),
                "quartiles": [float(q) for q in numpy.quantile(values, [0.25, 0.75])],
                "distribution": [sum(e == level for d in days for e in d["entries"]) for level in range(1, 6)],
                "pairs": len(pairs),
                "mssd": statistics.fmean([p * p for p in pairs]),
                "acuteChanges": statistics.fmean([abs(p) >= 2 for p in pairs]),
            },
            "weekdays": [
                {"days": len(w), "mean": statistics.fmean(w), "error": statistics.stdev(w) / math.sqrt(len(w))} for w in weekdays
            ],
            "group": group_difference(days),
            "student": [{"t": t, "df": df, "p": student_p(t, df)} for t, df in [(2.0, 10), (1.0, 3), (3.5, 19.3), (0.2, 60), (2.776, 4)]],
            "benjaminiHochberg": {"ps": ps, "qs": benjamini_hochberg(ps)},
            "week": running_means(days, 7, 4),
            "split": furthest_split(lowered, 14),
        },
        indent=1,
    )
)
