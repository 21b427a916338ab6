"""Runs spopt's MCLP and placement_bench on the same communes; called by scripts/compare-placement."""

import csv
import json
import math
import subprocess
import sys
import tempfile
import time

import numpy
import pulp
from spopt.locate import MCLP

RADIUS_M = 5000
EARTH_M = 6_371_008.7714


def sample(path, size):
    """Whole départements in the order of their codes, until there are enough communes."""
    with open(path, newline="", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["longitude"] and row["population"]]
    rows.sort(key=lambda row: (row["departement"], row["code"]))
    return rows[:size]


def costs(rows):
    """Great-circle metres between all pairs, rounded up as Médiane does."""
    lon, lat = (numpy.radians([float(row[name]) for row in rows]) for name in ("longitude", "latitude"))
    xyz = numpy.stack([numpy.cos(lat) * numpy.cos(lon), numpy.cos(lat) * numpy.sin(lon), numpy.sin(lat)], axis=1)
    chord = numpy.sqrt(((xyz[:, None, :] - xyz[None, :, :]) ** 2).sum(axis=2))
    return numpy.ceil(2 * numpy.arcsin(numpy.minimum(chord / 2, 1)) * EARTH_M - 1e-6)


def spopt(rows, posts):
    demand = numpy.array([math.floor(float(row["population"]) * 0.2 + 0.5) for row in rows])
    start, start_cpu = time.perf_counter(), time.process_time()
    model = MCLP.from_cost_matrix(costs(rows), demand, service_radius=RADIUS_M, p_facilities=posts)
    model = model.solve(pulp.HiGHS(msg=False))
    seconds, cpu = time.perf_counter() - start, time.process_time() - start_cpu
    return {"objective": model.problem.objective.value(), "seconds": seconds, "cpu": cpu}


def mediane(bench, rows, posts):
    with tempfile.NamedTemporaryFile("w", suffix=".csv", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, fieldnames=rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
        file.flush()
        command = [bench, "--format", "communes", file.name, "--posts", str(posts), "--radius-m", str(RADIUS_M)]
        start = time.perf_counter()
        output = subprocess.run(command + ["--seconds", "20", "--verify"], check=True, capture_output=True, text=True)
        answer = json.loads(output.stdout)
        # With the start of the process, the reading of the file, and the check of the plan.
        answer["seconds"] = time.perf_counter() - start
        return answer


def main():
    path, bench, *sizes = sys.argv[1:]
    print(f"{'communes':>8} {'posts':>5} {'spopt':>11} {'Médiane':>11} {'gap %':>7} {'spopt s':>8} {'(CPU)':>7} {'Médiane s':>9} {'ratio':>7}")
    worse = False
    for size in map(int, sizes):
        rows = sample(path, size)
        posts = size // 20
        theirs, ours = spopt(rows, posts), mediane(bench, rows, posts)
        worse |= ours["objective"] < round(theirs["objective"])
        print(
            f"{len(rows):8} {posts:5} {theirs['objective']:11.0f} {ours['objective']:11.0f} {ours['gap']:7.4f} "
            f"{theirs['seconds']:8.2f} {theirs['cpu']:7.2f} {ours['seconds']:9.2f} {theirs['seconds'] / ours['seconds']:7.1f}"
        )
    sys.exit("Médiane covers fewer persons than spopt" if worse else 0)


main()
