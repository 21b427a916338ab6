"""Runs other solvers and placement_bench on the same communes; called by scripts/compare-placement."""

import csv
import json
import math
import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import time

RADIUS_M = 5000
EARTH_M = 6_371_008.7714
SHARE = 0.95


def sample(path, size):
    """Whole départements in the order of their codes, until there are enough communes."""
    with open(path, newline="", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["longitude"] and row["population"]]
    rows.sort(key=lambda row: (row["departement"], row["code"]))
    return rows[:size]


def costs(rows):
    """Great-circle metres between all pairs, rounded up as Médiane does."""
    import numpy

    lon, lat = (numpy.radians([float(row[name]) for row in rows]) for name in ("longitude", "latitude"))
    xyz = numpy.stack([numpy.cos(lat) * numpy.cos(lon), numpy.cos(lat) * numpy.sin(lon), numpy.sin(lat)], axis=1)
    chord = numpy.sqrt(((xyz[:, None, :] - xyz[None, :, :]) ** 2).sum(axis=2))
    return numpy.ceil(2 * numpy.arcsin(numpy.minimum(chord / 2, 1)) * EARTH_M - 1e-6)


def spopt(rows, posts):
    import numpy
    import pulp
    from spopt.locate import MCLP

    demand = numpy.array([math.floor(float(row["population"]) * 0.2 + 0.5) for row in rows])
    start, start_cpu = time.perf_counter(), time.process_time()
    model = MCLP.from_cost_matrix(costs(rows), demand, service_radius=RADIUS_M, p_facilities=posts)
    model = model.solve(pulp.HiGHS(msg=False))
    seconds, cpu = time.perf_counter() - start, time.process_time() - start_cpu
    return {"objective": model.problem.objective.value(), "seconds": seconds, "cpu": cpu}


def mediane(bench, rows, *arguments):
    with tempfile.NamedTemporaryFile("w", suffix=".csv", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, fieldnames=rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
        file.flush()
        command = [bench, "--format", "communes", file.name, "--radius-m", str(RADIUS_M), *map(str, arguments)]
        start, start_cpu = time.perf_counter(), spent_by_children()
        output = subprocess.run(command + ["--verify"], check=True, capture_output=True, text=True)
        answer = json.loads(output.stdout)
        # With the start of the process, the reading of the file, and the check of the plan.
        answer["seconds"], answer["cpu"] = time.perf_counter() - start, spent_by_children() - start_cpu
        return answer


def spent_by_children():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def instance(path):
    """Persons of each set of sites that can serve them, and how many must be served."""
    persons, everybody = {}, 0
    for line in pathlib.Path(path).read_text(encoding="utf-8").splitlines():
        weight, *sites = line.split()
        everybody += int(float(weight))
        if sites:
            persons[frozenset(map(int, sites))] = persons.get(frozenset(map(int, sites)), 0) + int(float(weight))
    return [(sorted(sites), weight) for sites, weight in persons.items() if weight], math.ceil(SHARE * everybody - 1e-6)


def cp_sat(groups, asked, seconds):
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    ranks = sorted({site for sites, _ in groups for site in sites})
    posts = {site: model.new_bool_var("") for site in ranks}
    served = [model.new_bool_var("") for _ in groups]
    for (sites, _), is_served in zip(groups, served):
        model.add_bool_or([posts[site] for site in sites] + [is_served.negated()])
    model.add(sum(weight * is_served for (_, weight), is_served in zip(groups, served)) >= asked)
    model.minimize(sum(posts.values()))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = 2
    start, start_cpu = time.perf_counter(), time.process_time()
    solver.solve(model)
    spent = {"seconds": time.perf_counter() - start, "cpu": time.process_time() - start_cpu}
    return {"objective": solver.objective_value, "bound": math.ceil(solver.best_objective_bound - 1e-6), **spent}


def scip(groups, asked, seconds):
    from ortools.linear_solver import pywraplp

    solver = pywraplp.Solver.CreateSolver("SCIP")
    ranks = sorted({site for sites, _ in groups for site in sites})
    posts = {site: solver.BoolVar("") for site in ranks}
    served = [solver.NumVar(0, 1, "") for _ in groups]
    for (sites, _), is_served in zip(groups, served):
        solver.Add(is_served <= sum(posts[site] for site in sites))
    solver.Add(sum(weight * is_served for (_, weight), is_served in zip(groups, served)) >= asked)
    solver.Minimize(sum(posts.values()))
    solver.SetTimeLimit(int(seconds * 1000))
    start, start_cpu = time.perf_counter(), time.process_time()
    found = solver.Solve() in (pywraplp.Solver.OPTIMAL, pywraplp.Solver.FEASIBLE)
    spent = {"seconds": time.perf_counter() - start, "cpu": time.process_time() - start_cpu}
    value = solver.Objective().Value() if found else math.inf
    return {"objective": value, "bound": math.ceil(solver.Objective().BestBound() - 1e-6), **spent}


def against_set_cover(path, bench, sizes):
    seconds = float(os.environ.get("SECONDS_EACH", "30"))
    print(f"{'communes':>8} {'':>8} {'posts':>7} {'at least':>9} {'s':>8} {'CPU s':>7}")
    worse = False
    for size in sizes:
        rows = sample(path, size)
        with tempfile.NamedTemporaryFile(suffix=".txt") as file:
            asked = ("--objective", "set-cover", "--share", SHARE, "--seconds", seconds, "--export", file.name)
            found = {"Médiane": mediane(bench, rows, *asked)}
            groups, persons = instance(file.name)
        found["CP-SAT"] = cp_sat(groups, persons, seconds)
        found["SCIP"] = scip(groups, persons, seconds)
        for name, answer in found.items():
            print(
                f"{len(rows):8} {name:>8} {answer['objective']:7.0f} {answer['bound']:9.0f} {answer['seconds']:8.2f} {answer['cpu']:7.2f}",
                flush=True,
            )
        ours, others = found["Médiane"], [found["CP-SAT"], found["SCIP"]]
        worse |= any(ours["objective"] > other["objective"] + 0.5 for other in others)
        if any(ours["bound"] > other["objective"] + 0.5 for other in others):
            sys.exit("a bound of Médiane denies a plan of another program")
    sys.exit("another program needs fewer posts" if worse else 0)


def against_coverage(path, bench, sizes):
    print(f"{'communes':>8} {'posts':>5} {'spopt':>11} {'Médiane':>11} {'gap %':>7} {'spopt s':>8} {'(CPU)':>7} {'Médiane s':>9} {'ratio':>7}")
    worse = False
    for size in sizes:
        rows = sample(path, size)
        posts = size // 20
        theirs, ours = spopt(rows, posts), mediane(bench, rows, "--posts", posts, "--seconds", 20)
        worse |= ours["objective"] < round(theirs["objective"])
        print(
            f"{len(rows):8} {posts:5} {theirs['objective']:11.0f} {ours['objective']:11.0f} {ours['gap']:7.4f} "
            f"{theirs['seconds']:8.2f} {theirs['cpu']:7.2f} {ours['seconds']:9.2f} {theirs['seconds'] / ours['seconds']:7.1f}"
        )
    sys.exit("Médiane covers fewer persons than spopt" if worse else 0)


def main():
    against, path, bench, *sizes = sys.argv[1:]
    solve = {"--coverage": against_coverage, "--set-cover": against_set_cover}[against]
    solve(path, bench, [int(size) for size in sizes])


main()
