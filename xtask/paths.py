"""Writes tests/data/plan/paths.jsonl anew: random graphs, and the three cheapest simple paths in each by networkx.

    pip install networkx==3.6.1
    python3 xtask/paths.py > tests/data/plan/paths.jsonl

A line: ties [from, to, credibility], the names of the park, the target, and per path its cost and its names. A path begins with one of the park
and passes no other; the cost of a tie is its logarithm in millionths and 1,000 more.
"""

import itertools
import json
import math
import random

import networkx as nx

random.seed(21)


def cost(credibility):
    return round(-math.log(credibility / 100) * 1e6) + 1000


for _ in range(300):
    many = random.randint(4, 14)
    ties = []
    for _ in range(random.randint(many, 3 * many)):
        a, b = random.sample(range(many), 2)
        ties.append([f"n{a}", f"n{b}", random.randint(1, 100)])
    own = [f"n{i}" for i in random.sample(range(many), random.randint(1, 3))]
    rest = [f"n{i}" for i in range(many) if f"n{i}" not in own]
    target = random.choice(rest)
    graph = nx.DiGraph()
    graph.add_nodes_from(["start"] + [f"n{i}" for i in range(many)])
    for a, b, credibility in ties:
        for x, y in ((a, b), (b, a)):
            # Of the park only the first on the path.
            if y in own:
                continue
            if not graph.has_edge(x, y) or graph[x][y]["weight"] > cost(credibility):
                graph.add_edge(x, y, weight=cost(credibility))
    for name in own:
        graph.add_edge("start", name, weight=0)
    paths = []
    try:
        for path in itertools.islice(nx.shortest_simple_paths(graph, "start", target, weight="weight"), 4):
            paths.append([sum(graph[x][y]["weight"] for x, y in itertools.pairwise(path)), path[1:]])
    except nx.NetworkXNoPath:
        pass
    # Where the third costs what the fourth does, either may be the third.
    tied = len(paths) == 4 and paths[3][0] == paths[2][0]
    three = paths[:3]
    case = {"ties": ties, "own": own, "target": target, "costs": [p[0] for p in three], "paths": [] if tied else [p[1] for p in three]}
    print(json.dumps(case))
