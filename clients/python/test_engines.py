"""The module on the engines themselves: `python test_engines.py spark` or `sail`. Run by scripts/test-clients --engines.

Whatever the partitioning, the rows are those of one machine, to the byte.
"""

import glob
import hashlib
import os
import stat
import subprocess
import sys
import tempfile
import time
import unittest

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

import mediane_match
from testing import BINARY, EDITION, columns_of, csv_answers, residents

ENGINE = "spark"
ROWS = int(os.environ.get("MEDIANE_ROWS", "1000000"))


def session():
    from pyspark.sql import SparkSession

    if ENGINE == "spark":
        builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
        return builder.config("spark.driver.host", "127.0.0.1").config("spark.driver.memory", "2g").getOrCreate()
    from pysail.spark import SparkConnectServer

    # Kept, so that it lives as long as the tests.
    session.server = SparkConnectServer(port=0)
    session.server.start(background=True)
    _, port = session.server.listening_address
    return SparkSession.builder.remote(f"sc://127.0.0.1:{port}").getOrCreate()


def digest(table):
    """Of the rows in the order of their ids, as the bytes of a CSV."""
    ordered = table.select([*table.schema.names]).sort_by("resident_id").combine_chunks()
    sink = pa.BufferOutputStream()
    pa.csv.write_csv(ordered, sink)
    return hashlib.sha256(sink.getvalue()).hexdigest()


class Engines(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.spark = session()
        cls.folder = tempfile.TemporaryDirectory()
        cls.residents = os.path.join(cls.folder.name, "residents.parquet")
        table = residents(ROWS)
        pa.parquet.write_table(table, cls.residents)
        started = time.monotonic()
        cls.expected = csv_answers(table)
        print(f"one machine, CSV: {ROWS} rows in {time.monotonic() - started:.1f} s", file=sys.stderr)

    @classmethod
    def tearDownClass(cls):
        cls.spark.stop()
        cls.folder.cleanup()

    def matched(self, frame, name, **options):
        out = os.path.join(self.folder.name, name)
        mediane_match.match(frame, EDITION, **{"binary": BINARY, **options}).write.mode("overwrite").parquet(out)
        parts = sorted(glob.glob(os.path.join(out, "*.parquet")))
        return pa.concat_tables([pa.parquet.read_table(part, partitioning=None) for part in parts])

    def test_the_bytes_are_those_of_one_machine_whatever_the_partitions(self):
        digests = set()
        for partitions in (1, 3, 8):
            started = time.monotonic()
            table = self.matched(self.spark.read.parquet(self.residents).repartition(partitions), f"by{partitions}")
            print(f"{ENGINE}, {partitions} partitions: {time.monotonic() - started:.1f} s", file=sys.stderr)
            self.assertEqual(table.num_rows, ROWS)
            digests.add(digest(table))
            self.assertEqual(columns_of(table.sort_by("resident_id")), self.expected)
        self.assertEqual(len(digests), 1)

    def test_ten_rows_in_two_hundred_partitions(self):
        few = self.spark.createDataFrame([(i, 2.0 + i / 10, 48.0) for i in range(10)], "resident_id long, lon double, lat double")
        table = self.matched(few.repartition(200), "few")
        self.assertEqual(sorted(table.column("resident_id").to_pylist()), list(range(10)))
        self.assertEqual(set(table.column("nearest_basis").to_pylist()), {"position"})

    def test_no_rows_keep_the_schema(self):
        nothing = self.spark.createDataFrame([], "resident_id long, commune string")
        answer = mediane_match.match(nothing, EDITION, BINARY)
        self.assertEqual(answer.columns, ["resident_id", "commune", *mediane_match.ADDED])
        self.assertEqual(answer.count(), 0)

    def test_one_row_a_batch(self):
        if ENGINE == "spark":
            self.spark.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", "1")
            self.addCleanup(self.spark.conf.set, "spark.sql.execution.arrow.maxRecordsPerBatch", "10000")
        first = self.spark.read.parquet(self.residents).filter("resident_id < 2000").repartition(2)
        table = self.matched(first, "single")
        self.assertEqual(columns_of(table.sort_by("resident_id")), self.expected[:2000])

    def test_a_killed_program_fails_the_job(self):
        path = os.path.join(self.folder.name, "dying")
        with open(path, "w", encoding="utf-8") as file:
            file.write(f'#!/bin/sh\n{BINARY} "$@" | head -c 200000\nkill -9 $$\n')
        os.chmod(path, stat.S_IRWXU)
        with self.assertRaises(Exception) as failure:
            self.matched(self.spark.read.parquet(self.residents), "dead", binary=path)
        self.assertIn("mediane", str(failure.exception))

    def test_what_is_refused_reaches_whoever_asked(self):
        with self.assertRaises(Exception) as failure:
            self.matched(self.spark.createDataFrame([(1,)], "id long"), "refused")
        self.assertIn("no column places a row", str(failure.exception))
        taken = self.spark.createDataFrame([(1, "x")], "id long, nearest_basis string")
        with self.assertRaises(mediane_match.MatchError):
            mediane_match.match(taken, EDITION, BINARY)


if __name__ == "__main__":
    ENGINE = sys.argv.pop(1)
    unittest.main(verbosity=2)
