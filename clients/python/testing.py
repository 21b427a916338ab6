"""What the tests of this folder share: where the program and an edition are, residents, and the answers of one machine."""

import os
import random
import subprocess
import tempfile

import pyarrow as pa
import pyarrow.csv

from mediane_match import ADDED

BINARY = os.environ["MEDIANE_BINARY"]
EDITION = os.environ["MEDIANE_EDITION"]
COMMUNES = ("75056", "13055", "2A004", "1001", "69123", "97411", "99999", "")


def residents(rows):
    """Fictitious residents, the same at every run: positions in and around France, communes, and rows that say nothing."""
    draw = random.Random(20)
    lon = [round(draw.uniform(-5.5, 9.8), 6) if draw.random() < 0.8 else None for _ in range(rows)]
    lat = [None if x is None else round(draw.uniform(41.2, 51.3), 6) for x in lon]
    commune = [None if x is not None else draw.choice(COMMUNES) or None for x in lon]
    ids = pa.array(range(rows), pa.int64())
    return pa.table({"resident_id": ids, "lon": lon, "lat": lat, "commune": pa.array(commune, pa.string())})


def columns_of(table):
    """The four columns as rows of texts, a null as an empty one."""
    columns = [table.column(name).to_pylist() for name in ADDED]
    return [tuple("" if value is None else str(value) for value in row) for row in zip(*columns)]


def csv_answers(table):
    """The same from `mediane match` on a CSV of the same rows: one machine, another reader."""
    with tempfile.TemporaryDirectory() as folder:
        given, taken = (os.path.join(folder, name) for name in ("in.csv", "out.csv"))
        pa.csv.write_csv(table, given)
        command = [BINARY, "match", "--edition", EDITION, "--input", given, "--output", taken]
        subprocess.run(command, check=True, capture_output=True)
        options = pa.csv.ConvertOptions(column_types={name: pa.string() for name in ADDED}, strings_can_be_null=False)
        return columns_of(pa.csv.read_csv(taken, convert_options=options))
