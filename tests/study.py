"""study.py SCHEMA valid FILE | study FILE STATUS | broken FILE | agree CSV JSON

Reads study files for the tests: prints what is wrong, and exits 1 then. Wants python3-jsonschema.
"""
import copy, csv, json, statistics, sys
import jsonschema


def refuse(word):
    raise ValueError(f"{word} is no JSON")


def unique(pairs):
    keys = [key for key, value in pairs]
    if len(set(keys)) < len(keys):
        raise ValueError(f"a key twice in {keys}")
    return dict(pairs)


def load(name):
    with open(name, encoding="utf-8") as file:
        return json.load(file, parse_constant=refuse, object_pairs_hook=unique)


def errors(schema, study):
    return list(jsonschema.Draft202012Validator(schema).iter_errors(study))


def valid(schema, name):
    jsonschema.Draft202012Validator.check_schema(schema)
    for error in errors(schema, load(name))[:5]:
        yield f"{error.json_path}: {error.message[:200]}"


def objects(value, path="study"):
    """Every object whose keys the contract closes."""
    if isinstance(value, dict):
        if path.endswith(".identity"):
            return
        if not path.endswith(".environment"):
            yield path, value
        for key, inner in value.items():
            yield from objects(inner, f"{path}.{key}")
    elif isinstance(value, list):
        for inner in value[:1]:
            yield from objects(inner, path + "[0]")


# Keys that files of older versions and of the tour's Python programs do not have.
LATER = {"study": {"runs", "identity"}, "study.settings": {"pages", "epochs"}}


def changes(schema, study):
    """Each a word and a function that breaks a copy. Columns that older files lack may be missing."""
    required = schema["$defs"]["row"]["required"]
    for path, there in objects(study):
        at = [word for word in path.replace("[0]", ".0").split(".")[1:]]
        for key in required if path == "study.rows[0]" else there.keys() - LATER.get(path, set()):
            yield f"{path} without {key}", at, lambda o, k=key: o.pop(k)
        yield f"{path} with more", at, lambda o: o.update(more=1)
    row = ["rows", "0"]
    for key, value in {"n": "1k", "ranks": 0, "rounds": -1, "time_median": "", "verified": "true",
                       "result": 1.5, "baseline": "1", "team": "none", "kernel": None, "note": "",
                       "bytes": None, "samples": [[0]], "level": "L9", "speedup": True}.items():
        yield f"{key} as {value!r}", row, lambda o, k=key, v=value: o.update({k: v})
    yield "a sample twice as long", row, lambda o: o.update(samples=[[0, 1e-3, 1e-3]])
    yield "times of a wrong row", row, lambda o: o.update(verified=False)
    for key, value in {"schema": "rxt-study-2", "status": "done", "created": "today", "command": [],
                       "fits": [1], "rows": {}}.items():
        yield f"{key} as {value!r}", [], lambda o, k=key, v=value: o.update({k: v})


def broken(schema, name):
    study, count = load(name), 0
    for what, at, change in changes(schema, study):
        copied = copy.deepcopy(study)
        inner = copied
        for step in at:
            inner = inner[int(step)] if step.isdigit() else inner[step]
        change(inner)
        count += 1
        if not errors(schema, copied):
            yield f"not refused: {what}"
    if count < 150:
        yield f"only {count} ways to break it"


def same(cell, value):
    if cell == "":
        return value is None
    if isinstance(value, bool):
        return cell == ("true" if value else "false")
    if isinstance(value, (int, float)):
        return float(cell) == value
    return cell == value


def agree(schema, csv_name, json_name):
    rows = load(json_name)["rows"]
    with open(csv_name, encoding="utf-8", newline="") as file:
        lines = list(csv.reader(file))
    if len(lines) != len(rows) + 1 or len(lines) < 2:
        yield f"{len(lines) - 1} and {len(rows)} rows"
    for cells, row in zip(lines[1:], rows):
        if lines[0] + ["samples", "epochs"] != list(row):
            yield f"columns differ: {list(row)}"
        for column, cell in zip(lines[0], cells):
            if not same(cell, row.get(column)):
                yield f"{column}: {cell!r} is not {row.get(column)!r}"


def figures(study):
    """What follows from the samples does."""
    for row in study["rows"]:
        times = [seconds for number, seconds in row["samples"]]
        numbers = [number for number, seconds in row["samples"]]
        if len(row["epochs"]) != len(times) or row["epochs"] != sorted(row["epochs"]):
            yield f"{len(times)} rounds of epochs {row['epochs']}"
        if len(times) != row["rounds"] or numbers != sorted(set(numbers)):
            yield f"{row['rounds']} rounds of {numbers}"
        for column, of in (("median", statistics.median), ("min", min), ("max", max)):
            column, figure = "time_" + column, of(times) if times else None
            if (row[column] is None) != (figure is None) or (
                    times and abs(row[column] - figure) > 1e-8 * figure):
                yield f"{column} is {row[column]}, the samples say {figure}"


def study(schema, name, status):
    """As the schema says, with that end, and figures that follow from the samples."""
    yield from valid(schema, name)
    study = load(name)
    if study["status"] != status:
        yield f"status {study['status']}"
    for row in study["rows"]:
        if (row["note"] or "").startswith("stopped") != (status == "stopped"):
            yield f"{status}, and a note {row['note']}"
    yield from figures(study)


problems = list(globals()[sys.argv[2]](load(sys.argv[1]), *sys.argv[3:]))
for problem in problems[:10]:
    print(" ", problem)
sys.exit(bool(problems))
