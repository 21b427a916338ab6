"""The module on plain batches, and the program on plain streams: pyarrow is all that it takes. Run by scripts/test-clients.

Each test of `Pitfalls` is a way in which others who fed a native program from `mapInArrow` lost rows or waited for ever.
"""

import io
import os
import re
import signal
import stat
import subprocess
import tempfile
import textwrap
import time
import unittest
from unittest import mock

import pyarrow as pa

import mediane_match
from mediane_match import ADDED, PLACES, MatchError, matcher
from testing import BINARY, EDITION, columns_of, csv_answers, residents


def matched(batches, binary=BINARY):
    return list(matcher(EDITION, binary)(iter(batches)))


def wrapper(folder, body):
    """A program that is ours with something around it; `"$@"` are its arguments."""
    path = os.path.join(folder, "wrapped")
    with open(path, "w", encoding="utf-8") as file:
        file.write("#!/bin/sh\n" + textwrap.dedent(body).replace("MEDIANE", BINARY))
    os.chmod(path, stat.S_IRWXU)
    return path


def stream_of(table, **options):
    sink = io.BytesIO()
    with pa.ipc.new_stream(sink, table.schema, **options) as stream:
        stream.write_table(table)
    return sink.getvalue()


def through_the_program(stream):
    command = [BINARY, "match", "--format", "arrow", "--edition", EDITION]
    return subprocess.run(command, input=stream, capture_output=True, check=False)


class Answers(unittest.TestCase):
    def test_the_answers_are_those_of_a_csv(self):
        table = residents(20_000)
        answers = pa.Table.from_batches(matched(table.to_batches(max_chunksize=777)))
        self.assertEqual(columns_of(answers), csv_answers(table))
        self.assertEqual(answers.select(table.schema.names), table, "the rows themselves come back as they were")

    def test_one_row_at_a_time_gives_the_same_bytes_as_all_at_once(self):
        table = residents(500)
        one = pa.Table.from_batches(matched(table.to_batches(max_chunksize=1)))
        self.assertEqual(one.combine_chunks(), pa.Table.from_batches(matched(table.to_batches())).combine_chunks())

    def test_four_columns_are_added_and_no_other_is_touched(self):
        table = pa.table(
            {
                "lon": pa.array(["2.35", None], pa.large_string()),
                "lat": pa.array(["48.85", None]).dictionary_encode(),
                "when": pa.array([0, None], pa.timestamp("us", "Europe/Paris")),
                "tags": pa.array([["a"], None], pa.list_(pa.string())),
                "both": pa.array([{"x": 1}, None], pa.struct([("x", pa.int32())])),
            }
        ).replace_schema_metadata({"made": "by hand"})
        [answer] = matched(table.to_batches())
        added = [pa.field(name, kind) for name, kind in zip(ADDED, (pa.string(), pa.string(), pa.int32(), pa.string()))]
        self.assertEqual(answer.schema, pa.schema(list(table.schema) + added))
        self.assertEqual(answer.schema.metadata, {b"made": b"by hand"})
        self.assertEqual(answer.column("nearest_basis").to_pylist(), ["position", "unknown:no position, commune or postcode"])

    def test_the_module_sends_the_columns_that_the_program_looks_for(self):
        refused = through_the_program(stream_of(pa.table({"id": [1]})))
        looked_for = refused.stderr.decode().split("expected", 1)[1]
        self.assertEqual(set(re.findall("[a-z_]+", looked_for)) - {"and", "or"}, set(PLACES))


class Pitfalls(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def test_many_times_the_64_kib_of_a_pipe_go_through(self):
        table = residents(300_000)
        for rows in (300_000, 10_000):
            answers = matched(table.to_batches(max_chunksize=rows))
            self.assertEqual(sum(batch.num_rows for batch in answers), 300_000)

    def test_ten_megabytes_of_complaints_stop_nothing(self):
        noisy = wrapper(self.folder, 'head -c 10000000 /dev/zero | tr "\\\\0" x >&2\nexec MEDIANE "$@"')
        self.assertEqual(matched(residents(100).to_batches(), noisy)[0].num_rows, 100)

    def test_a_program_killed_between_two_batches_is_no_short_answer(self):
        started = []
        popen = subprocess.Popen

        def remembered(*arguments, **named):
            started.append(popen(*arguments, **named))
            return started[-1]

        with mock.patch.object(mediane_match.subprocess, "Popen", remembered):
            answers = matcher(EDITION, BINARY)(iter(residents(10_000).to_batches(max_chunksize=1_000)))
            next(answers)
            started[0].send_signal(signal.SIGKILL)
            with self.assertRaisesRegex(MatchError, r"exit code -9"):
                list(answers)

    def test_a_program_that_fails_after_its_last_answer_has_failed(self):
        failing = wrapper(self.folder, 'MEDIANE "$@"\necho too late >&2\nexit 3')
        with self.assertRaisesRegex(MatchError, r"(?s)exit code 3.*too late"):
            matched(residents(10).to_batches(), failing)

    def test_answers_cut_short_are_refused_even_from_a_program_that_claims_success(self):
        for length in (0, 100, 2_000, 6_000):
            cutting = wrapper(self.folder, f'MEDIANE "$@" | head -c {length}\nexit 0')
            with self.assertRaises(MatchError, msg=f"{length} bytes"):
                matched(residents(2_000).to_batches(), cutting)

    def test_what_the_program_refuses_is_told_in_its_words(self):
        with self.assertRaisesRegex(MatchError, "no column places a row in id"):
            matched(pa.table({"id": [1]}).to_batches())
        with self.assertRaisesRegex(MatchError, "no program"):
            matched(residents(1).to_batches(), "/nowhere/mediane")

    def test_an_empty_partition_starts_no_program_and_an_empty_batch_is_answered(self):
        with mock.patch.object(mediane_match.subprocess, "Popen") as started:
            self.assertEqual(matched([]), [])
            started.assert_not_called()
        table = residents(3)
        nothing = pa.RecordBatch.from_pylist([], schema=table.schema)
        self.assertEqual([batch.num_rows for batch in matched([nothing, *table.to_batches(), nothing])], [0, 3, 0])

    def test_whoever_wants_no_more_leaves_no_program_behind(self):
        started = []
        popen = subprocess.Popen
        with mock.patch.object(mediane_match.subprocess, "Popen", lambda *a, **n: started.append(popen(*a, **n)) or started[-1]):
            answers = matcher(EDITION, BINARY)(iter(residents(10_000).to_batches(max_chunksize=100)))
            next(answers)
            answers.close()
        self.assertIsNotNone(started[0].poll())

    def test_an_error_of_the_rows_themselves_is_not_ours(self):
        def broken():
            yield from residents(10).to_batches()
            raise OSError("the disk of the rows")

        started = time.monotonic()
        with self.assertRaisesRegex(OSError, "the disk of the rows"):
            list(matcher(EDITION, BINARY)(broken()))
        self.assertLess(time.monotonic() - started, 30)


class Streams(unittest.TestCase):
    """The program alone, as DuckDB, Polars or a shell pipe would use it."""

    def test_every_type_comes_back_as_it_went_in(self):
        table = pa.table(
            {
                "commune": pa.array(["75056", None, "2A004"]).dictionary_encode(),
                "price": pa.array([1, None, 3], pa.decimal128(10, 2)),
                "when": pa.array([0, None, 1], pa.timestamp("us", "Europe/Paris")),
                "day": pa.array([0, None, 1], pa.date32()),
                "tags": pa.array([["a"], None, []], pa.large_list(pa.string())),
                "both": pa.array([{"x": 1}, None, {"x": None}], pa.struct([("x", pa.int32())])),
                "map": pa.array([[("k", 1)], None, []], pa.map_(pa.string(), pa.int32())),
                "view": pa.array(["a text longer than twelve", None, "b"], pa.string_view()),
                "bytes": pa.array([b"\x00", None, b""], pa.large_binary()),
                "no": pa.nulls(3),
                "yes": pa.array([True, None, False]),
            },
            metadata={"made": "by hand"},
        )
        done = through_the_program(stream_of(table))
        self.assertEqual(done.returncode, 0, done.stderr.decode())
        answer = pa.ipc.open_stream(done.stdout).read_all()
        self.assertEqual(answer.select(table.schema.names), table)
        self.assertEqual(answer.schema.metadata, table.schema.metadata)
        self.assertEqual(answer.column("nearest_basis").to_pylist()[0], "commune")

    def test_dictionaries_may_change_from_batch_to_batch(self):
        batches = [pa.table({"commune": pa.array([code]).dictionary_encode()}) for code in ("75056", "13055", "75056")]
        done = through_the_program(stream_of(pa.concat_tables(batches)))
        answer = pa.ipc.open_stream(done.stdout).read_all()
        self.assertEqual(answer.column("commune").to_pylist(), ["75056", "13055", "75056"])
        self.assertEqual(columns_of(answer)[0], columns_of(answer)[2])
        self.assertNotEqual(columns_of(answer)[0], columns_of(answer)[1])

    def test_a_stream_without_batches_gives_its_schema_back(self):
        done = through_the_program(stream_of(pa.schema([("lon", pa.float64()), ("lat", pa.float64())]).empty_table()))
        answer = pa.ipc.open_stream(done.stdout).read_all()
        self.assertEqual((answer.schema.names, answer.num_rows), (["lon", "lat", *ADDED], 0))

    def test_what_is_no_whole_plain_stream_is_refused_and_says_why(self):
        table = pa.table({"commune": ["75056"] * 3})
        file = io.BytesIO()
        with pa.ipc.new_file(file, table.schema) as writer:
            writer.write_table(table)
        compressed = stream_of(table, options=pa.ipc.IpcWriteOptions(compression="zstd"))
        for stream, reason in [
            (b"", "not one byte came"),
            (file.getvalue(), "an Arrow or Feather file"),
            (b"commune\n75056\n", "text, expected"),
            (compressed, "compressed"),
            (stream_of(table)[:-8], "without its end marker"),
            (stream_of(table)[:-30], "without its end marker"),
            (stream_of(pa.table([["75056"], ["13055"]], names=["commune", "commune"])), "two columns are named commune"),
            (stream_of(pa.table({"commune": ["75056"], "nearest_basis": ["x"]})), "already has a column nearest_basis"),
            (stream_of(pa.table({"lon": [True], "lat": [True]})), "column lon holds Boolean"),
        ]:
            done = through_the_program(stream)
            self.assertEqual(done.returncode, 3, reason)
            self.assertIn(reason, done.stderr.decode())
            # Whatever was written has no end marker: nobody takes it for a whole answer.
            self.assertFalse(done.stdout.endswith(b"\xff\xff\xff\xff\x00\x00\x00\x00"), reason)


if __name__ == "__main__":
    unittest.main(verbosity=2)
