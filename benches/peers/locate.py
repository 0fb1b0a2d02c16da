"""The same terms looked for by pyahocorasick in the same scopes: matching alone, one thread.

usage: python locate.py TERMS.txt SCOPES.txt    (one a line, folded already; `cargo bench --bench locate` writes both)
"""
import sys
import time

import ahocorasick

terms, scopes = (open(path, encoding="utf-8").read().splitlines() for path in sys.argv[1:3])
automaton = ahocorasick.Automaton()
for index, term in enumerate(terms):
    automaton.add_word(term, (index, len(term)))
automaton.make_automaton()


def once():
    start = time.perf_counter()
    found = sum(1 for scope in scopes for _ in automaton.iter_long(scope))
    return time.perf_counter() - start, found


rounds = sorted(once() for _ in range(7))
seconds, found = rounds[3]
print(f"| pyahocorasick {ahocorasick.__version__ if hasattr(ahocorasick, '__version__') else ''}, matching alone | {len(scopes) / seconds:.0f} enterprises/s | {found} words found |")
