"""测量对比: how fast and how well are questions calibrated and forms levelled, beside others on the same answers and the same pool?

`python -m bench.measurement` measures them alone and puts the section into docs/benchmarks.md.
"""

import os
import resource
import subprocess
import sys
from dataclasses import replace
from statistics import median
from time import perf_counter

import numpy as np

from bench.section import put_section
from touchstone.measurement.assembly import Demand, Pool, assemble, broken_demands
from touchstone.measurement.calibration import Items, _Data, _posterior, calibrate
from touchstone.measurement.nominal import calibrate_options

TITLE = "## 七、标定与组卷"
SIZES = {"1,600人×170题": (1600, 170), "20,000人×100题": (20_000, 100)}
LIMITS = {"1,600人×170题": 0.3, "20,000人×100题": 2.5}
SECONDS, FORMS = 10.0, {4: 0.001, 10: 0.003}


def answers(persons: int, questions: int) -> np.ndarray:
    """Answers of people of standard normal ability, slopes about 1, difficulties about 0."""
    chance = np.random.default_rng(persons)
    slope, difficulty = chance.lognormal(0, 0.3, questions), chance.normal(0, 1, questions)
    ability = chance.normal(size=persons)
    return (chance.random((persons, questions)) < 1 / (1 + np.exp(-slope * (ability[:, None] - difficulty)))).astype(float)


def likelihood(given: np.ndarray, slope: np.ndarray, intercept: np.ndarray) -> float:
    """The log-likelihood of parameters, on the same grid for every contender."""
    return _posterior(_Data(given, None), Items(slope, intercept, np.zeros_like(slope)))[1]


def ours(given: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Slopes and intercepts of the two-parameter model by the product."""
    found = calibrate(given)
    return found.items.slope, found.items.intercept


def girth(given: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The same by girth, marginal maximum likelihood."""
    from girth import twopl_mml

    found = twopl_mml(given.T.astype(int))
    slope, difficulty = np.asarray(found["Discrimination"]), np.asarray(found["Difficulty"])
    return slope, -slope * difficulty


def pool(size: int = 1000) -> tuple[Pool, Demand]:
    """A thousand questions of five functions and three kinds, and what a form of thirty must be."""
    chance = np.random.default_rng(1)
    slope, difficulty = chance.lognormal(0, 0.3, size), chance.normal(0, 1, size)
    items = Items(slope, -slope * difficulty, np.full(size, 0.2))
    function = chance.choice(list("ABCDE"), size, p=[0.1, 0.2, 0.3, 0.2, 0.2]).tolist()
    kind = chance.choice(["single", "multiple", "judgement"], size, p=[0.5, 0.2, 0.3]).tolist()
    element = [f"{name}{number}" for name, number in zip(function, chance.integers(0, 40, size), strict=True)]
    pairs = [(int(min(p)), int(max(p))) for p in chance.choice(size, (50, 2)) if p[0] != p[1]]
    marks = {"function": function, "kind": kind, "element": element}
    counts = {"function": {"A": 3, "B": 6, "C": 9, "D": 6, "E": 6}, "kind": {"single": 15, "multiple": 6, "judgement": 9}}
    made = Pool(items.information(np.array([-1.0, 0.0, 1.0])), items.difficulty, marks, chance.integers(0, 5, size), pairs)
    return made, Demand(1, 30, counts, {"element": 1}, (-1.0, 1.0), 4)


def ours_level(forms: int, seed: int) -> float:
    """The largest gap to the target after ten seconds of the product."""
    made, single = pool()
    demand = replace(single, forms=forms)
    found = assemble(made, demand, seed=seed, seconds=SECONDS)
    assert not broken_demands(made, demand, found.chosen)
    return found.gap


def solver_level(forms: int) -> float:
    """The same gap by HiGHS alone in ten seconds: the least largest gap as the objective, the same demands, the target of the mean form."""
    from scipy import optimize, sparse

    from touchstone.measurement.assembly_program import _eligible, _matrix, _rows, first_forms

    made, single = pool()
    demand = replace(single, forms=forms)
    here = _eligible(made, demand)
    rows = list(_rows(made, demand, here, forms))
    first = first_forms(made, demand, 1)
    assert not isinstance(first, list)
    target = made.information[first].sum(axis=1).mean(axis=0)
    width = len(here) * forms
    inside = sparse.hstack([_matrix(rows, width), sparse.csr_array((len(rows), 1))])
    block = sparse.kron(sparse.eye_array(forms), sparse.csr_array(made.information[here].T))
    ones = np.ones((block.shape[0], 1))
    gaps = sparse.vstack([sparse.hstack([block, -ones]), sparse.hstack([block, ones])])
    aims = np.tile(target, forms)
    matrix = sparse.vstack([inside, gaps], format="csr")
    low = np.concatenate([[row.low for row in rows], np.full(len(aims), -np.inf), aims])
    high = np.concatenate([[row.high for row in rows], aims, np.full(len(aims), np.inf)])
    costs, whole = np.append(np.zeros(width), 1.0), np.append(np.ones(width), 0.0)
    limits = optimize.Bounds(0, np.append(np.ones(width), np.inf))
    limits_on = optimize.LinearConstraint(matrix, low, high)
    found = optimize.milp(costs, constraints=limits_on, bounds=limits, integrality=whole, options={"time_limit": SECONDS})
    return float("nan") if found.x is None else float(found.x[-1])


SCALE = 100_000  # CP-SAT counts in whole numbers


def cp_sat_level(forms: int) -> str:
    """The same by OR-Tools CP-SAT alone in ten seconds, informations as whole numbers of 1/100,000; why not, where it is not installed."""
    try:
        from ortools.sat.python import cp_model
    except ImportError as missing:
        return f"没有安装 {missing.name}"
    from touchstone.measurement.assembly_program import _eligible, _rows, first_forms

    made, single = pool()
    demand = replace(single, forms=forms)
    here = _eligible(made, demand)
    first = first_forms(made, demand, 1)
    assert not isinstance(first, list)
    target = made.information[first].sum(axis=1).mean(axis=0)
    model = cp_model.CpModel()
    chosen = [model.new_bool_var(f"x{n}") for n in range(len(here) * forms)]
    for row in _rows(made, demand, here, forms):
        weights = [round(float(w) * SCALE) for w in row.weights] if row.demand == "difficulty" else [1] * len(row.columns)
        times = SCALE if row.demand == "difficulty" else 1
        sum_of = sum(w * chosen[int(c)] for w, c in zip(weights, row.columns, strict=True))
        model.add_linear_constraint(sum_of, round(row.low * times), round(row.high * times))
    gap = model.new_int_var(0, 10 * SCALE, "gap")
    for form in range(forms):
        for at, aim in enumerate(target):
            reached = sum(round(float(made.information[q, at]) * SCALE) * chosen[form * len(here) + n] for n, q in enumerate(here))
            model.add(reached - round(float(aim) * SCALE) <= gap)
            model.add(round(float(aim) * SCALE) - reached <= gap)
    model.minimize(gap)
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds, solver.parameters.num_workers = SECONDS, 2
    state = solver.solve(model)
    return f"{solver.objective_value / SCALE:.5f}" if state in {cp_model.OPTIMAL, cp_model.FEASIBLE} else "没有找到"


def options_seconds(persons: int, questions: int) -> tuple[float, float]:
    """Seconds and log-likelihood of calibrating the options of questions with four each; girth and HiGHS have no such model to set beside."""
    chance = np.random.default_rng(persons)
    slope = chance.normal(0, 0.7, (questions, 4))
    intercept = chance.normal(0, 0.7, (questions, 4))
    ability = chance.normal(size=persons)
    raised = np.exp(slope[:, :, None] * ability + intercept[:, :, None])
    steps = np.cumsum(raised / raised.sum(axis=1, keepdims=True), axis=1).transpose(2, 0, 1)
    choices = (steps < chance.random((persons, questions))[:, :, None]).sum(axis=2)
    begun = perf_counter()
    found = calibrate_options(choices, options=4)
    return perf_counter() - begun, found.log_likelihood


def report() -> list[str]:
    """Measure everything and give the section's lines."""
    lines = [TITLE, "", "两参数模型；秒数不含准备数据；似然值都在同一网格上算，越大越好。各重复 5 次（girth 较慢，1 次）。", ""]
    lines += ["|  | 秒 | 上限 秒 | 似然值 | 内存 MB |", "|---|---|---|---|---|"]
    for title, (persons, questions) in SIZES.items():
        for name, contender, repeats in (("试金石", "ours", 5), ("girth", "girth", 1)):
            if contender == "girth" and persons > 5000:
                continue
            found = _each(f"{name}，{title}", contender, persons, questions, repeats)
            limit = f"{LIMITS[title]}" if contender == "ours" else "—"
            lines.append(_line(found, limit))
    terms = "五个职业功能、三种题型、鉴定点各不超过一题、50 对互斥题"
    for title, (persons, questions) in SIZES.items():
        took, said = options_seconds(persons, questions)
        lines.append(f"| 试金石 选项模型（NRM，四个选项），{title} | {took:.3f} | — | {said:.3f} | — |")
    lines += ["", "girth 没有选项模型；R 的 mirt 没有安装。"]
    lines += ["", f"从 1,000 题中组 30 题的平行卷，{terms}；{SECONDS:.0f} 秒后与目标信息量的最大差距（三个能力点）：", ""]
    lines += ["|  | 试金石（5 个种子） | 只用 HiGHS | 只用 CP-SAT | 上限 |", "|---|---|---|---|---|"]
    for forms, limit in FORMS.items():
        gaps = sorted(ours_level(forms, seed) for seed in range(5))
        own = f"{median(gaps):.5f}（{gaps[0]:.5f}–{gaps[-1]:.5f}）"
        lines.append(f"| {forms} 套 | {own} | {solver_level(forms):.5f} | {cp_sat_level(forms)} | {limit} |")
    lines += ["", f"结束时系统负载 {os.getloadavg()[0]:.1f}。", ""]
    return lines


def _each(name: str, contender: str, persons: int, questions: int, repeats: int) -> tuple[str, list[float], str, float, str]:
    """Run a contender so many times, each in a fresh process: seconds, likelihood, peak memory (MB), or why it is absent."""
    seconds, said, peak = [], "", 0.0
    for _ in range(repeats):
        command = [sys.executable, "-W", "ignore", "-m", "bench.measurement", contender, str(persons), str(questions)]
        run = subprocess.run(command, capture_output=True, text=True)
        if run.returncode == 3:
            return name, [], "", 0.0, run.stdout.strip()
        took, said, memory = run.stdout.split()
        seconds.append(float(took))
        peak = max(peak, float(memory))
    return name, sorted(seconds), said, peak, ""


def one(contender: str, persons: str, questions: str) -> int:
    """Run one contender once in this process and print seconds, likelihood and peak memory; 3 when it is not installed."""
    given = answers(int(persons), int(questions))
    begun = perf_counter()
    try:
        slope, intercept = {"ours": ours, "girth": girth}[contender](given)
    except ImportError as missing:
        print(f"没有安装 {missing.name}")
        return 3
    took = perf_counter() - begun
    print(f"{took:.6f} {likelihood(given, slope, intercept):.3f} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f}")
    return 0


def _line(found: tuple[str, list[float], str, float, str], limit: str) -> str:
    name, seconds, said, peak, absent = found
    if absent:
        return f"| {name} | {absent} | {limit} | — | — |"
    return f"| {name} | {median(seconds):.3f}（{seconds[0]:.3f}–{seconds[-1]:.3f}） | {limit} | {said} | {peak:.0f} |"


def main() -> int:
    lines = report()
    print("\n".join(lines))
    put_section(lines)
    return 0


if __name__ == "__main__":
    sys.exit(one(*sys.argv[1:]) if len(sys.argv) > 1 else main())
