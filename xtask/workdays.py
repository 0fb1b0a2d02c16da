"""Writes src/pipeline/holidays.json anew, or compares it with other packages.

    npm install chinese-days && pip install holidays chinesecalendar
    python3 xtask/workdays.py write node_modules/chinese-days
    python3 xtask/workdays.py compare

The published years are those of `chinese-days` (MIT): days off, and days at a weekend that are worked. The years after them are the days off by
law, as `holidays` (MIT) computes them, without days that are shifted: nobody has published those yet.
"""

import datetime
import json
import pathlib
import sys

PLACE = pathlib.Path(__file__).parent.parent / "src/pipeline/holidays.json"
DAY = datetime.timedelta(days=1)
# 国办发明电〔2005〕35号: 12月31日（星期六）上班. The package leaves it out, being of a year before the one its notice is on.
WORKED_TOO = {datetime.date(2005, 12, 31)}
LAST = 2050


def days(year):
    day = datetime.date(year, 1, 1)
    while day.year == year:
        yield day
        day += DAY


def spans(dates):
    """Days of a year as `01-01` and `01-22..01-28`."""
    runs = []
    for day in sorted(dates):
        if runs and runs[-1][1] + DAY == day:
            runs[-1][1] = day
        else:
            runs.append([day, day])
    return [a.strftime("%m-%d") if a == b else f"{a:%m-%d}..{b:%m-%d}" for a, b in runs]


def write(folder):
    import holidays

    package = json.loads((pathlib.Path(folder) / "package.json").read_text())
    published = json.loads((pathlib.Path(folder) / "dist/chinese-days.json").read_text())
    of = lambda name: {datetime.date.fromisoformat(day) for day in published[name]}
    off, worked = of("holidays"), of("workdays") | WORKED_TOO
    first, last = min(off).year, max(off).year
    years = [
        {"year": y, "off": spans(d for d in off if d.year == y), "worked": spans(d for d in worked if d.year == y)}
        for y in range(first, last + 1)
    ]
    law = holidays.country_holidays("CN", years=range(last + 1, LAST + 1))
    years += [
        {"year": y, "estimated": True, "off": spans(d for d in law if d.year == y), "worked": []} for y in range(last + 1, LAST + 1)
    ]
    head = {
        "format": "xiangma-holidays",
        "version": 1,
        "source": f"{package['name']} {package['version']} for {first} to {last}, holidays {holidays.__version__} for {last + 1} to {LAST}",
        "licence": "MIT, MIT",
        "corrected": "2005-12-31 is worked, by the notice of 2005-12-16",
        "taken": datetime.date.today().isoformat(),
    }
    lines = ",\n".join("    " + json.dumps(y) for y in years)
    PLACE.write_text(json.dumps(head, indent=2)[:-2] + ',\n  "years": [\n' + lines + "\n  ]\n}\n")


def read():
    """Whether a day is worked, for every day of the file."""
    worked = {}
    for year in json.loads(PLACE.read_text())["years"]:
        y, said = year["year"], {}
        for name in ("off", "worked"):
            for span in year[name]:
                a, _, b = span.partition("..")
                day, end = (datetime.date.fromisoformat(f"{y}-{d}") for d in (a, b or a))
                while day <= end:
                    said[day] = name == "worked"
                    day += DAY
        worked.update({d: said.get(d, d.weekday() < 5) for d in days(y)})
    return worked


def compare():
    import chinese_calendar
    import holidays

    ours = {d: w for d, w in read().items() if d.year <= 2026}
    law = holidays.country_holidays("CN", years=range(2004, 2027))
    others = {"chinesecalendar": chinese_calendar.is_workday, "holidays": law.is_working_day}
    for name, is_worked in others.items():
        unlike = [f"{d}" for d, w in ours.items() if is_worked(d) != w]
        print(f"{name}: {len(ours) - len(unlike)} of {len(ours)} days alike; unlike: {unlike}")


if __name__ == "__main__":
    write(sys.argv[2]) if sys.argv[1] == "write" else compare()
