"""The nearest venue of every row, on many machines: `mediane match` inside `DataFrame.mapInArrow`.

    from mediane_match import match
    match(frame, edition="/mnt/edition", binary="/usr/bin/mediane").write.parquet("matched")

`frame` is a DataFrame of Apache Spark (3.5 or newer) or of Sail, with lon and lat, a commune or a postal code. Every row
comes back as it was with four more columns. Binary and edition must be where the workers run; README.md says how.
"""

import itertools
import os
import queue
import shutil
import signal
import stat
import subprocess
import threading

import pyarrow as pa

# The columns that place a row; `mediane` chooses among them. A test of the program compares this list with its own.
PLACES = frozenset(
    ("lon", "longitude", "x", "lat", "latitude", "y", "code_insee", "code_commune", "depcom", "commune")
    + ("code_postal", "postcode")
)
ADDED = ("nearest_venue_id", "nearest_venue_name", "nearest_distance_m", "nearest_basis")
_KEPT_OF_STDERR = 8192


class MatchError(RuntimeError):
    """The program refused the rows, was killed, or answered fewer rows than it was given."""


def match(frame, edition, binary="mediane", only=()):
    """The same rows with their nearest venue. `only` are filters as `mediane match --only` takes them."""
    # Not imported above: a worker needs pyarrow alone.
    from pyspark.sql.types import IntegerType, StringType, StructField, StructType

    taken = [name for name in frame.columns if name.strip().lower() in ADDED]
    if taken:
        raise MatchError(f"the rows already have a column {taken[0]}; rename it")
    types = (StringType(), StringType(), IntegerType(), StringType())
    added = [StructField(name, kind, True) for name, kind in zip(ADDED, types)]
    return frame.mapInArrow(matcher(edition, binary, only), StructType(list(frame.schema.fields) + added))


def matcher(edition, binary="mediane", only=()):
    """The function that `mapInArrow` wants: batches of one partition in, the same batches out with four more columns."""
    arguments = ["match", "--format", "arrow", "--threads", "1", "--edition", edition]
    arguments += [word for one in only for word in ("--only", one)]

    def run(batches):
        batches = iter(batches)
        first = next(batches, None)
        # An empty partition starts no program; its schema is the one that mapInArrow was told.
        if first is not None:
            yield from _run([_found(binary)] + arguments, first, batches)

    return run


def _found(binary):
    """Where the program is; archives that Spark unpacks may lose the mark of a program."""
    found = shutil.which(binary)
    if found is None and os.path.isfile(binary):
        os.chmod(binary, os.stat(binary).st_mode | stat.S_IXUSR)
        found = os.path.abspath(binary)
    if found is None:
        raise MatchError(f"no program {binary} on this worker")
    return found


def _run(command, first, batches):
    """One program for one partition. It is always one batch ahead of whoever takes the answers, never more."""
    pipe = subprocess.PIPE
    # A group of its own, so that whatever the program may have started ends with it.
    child = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, start_new_session=True)
    answers, said = queue.SimpleQueue(), bytearray()
    # Both pipes are emptied while the rows are written: a full one would stop the program, and then us.
    readers = [
        threading.Thread(target=_read_answers, args=(child.stdout, answers), daemon=True),
        threading.Thread(target=_read_errors, args=(child.stderr, said), daemon=True),
    ]
    for reader in readers:
        reader.start()

    def failed(why):
        child.poll()
        _kill(child)
        readers[1].join()
        text = said.decode(errors="replace").strip()
        return MatchError(f"mediane: {why} (exit code {child.returncode}){': ' + text if text else ''}")

    def answered(batch):
        answer = answers.get()
        if answer is None or isinstance(answer, Exception):
            raise failed(f"the answers end early{f', {answer}' if answer else ''}")
        if answer.num_rows != batch.num_rows:
            raise failed(f"{answer.num_rows} answers to {batch.num_rows} rows")
        columns = [answer.column(answer.schema.get_field_index(name)) for name in ADDED]
        fields = [pa.field(name, column.type) for name, column in zip(ADDED, columns)]
        schema = pa.schema(list(batch.schema) + fields, metadata=batch.schema.metadata)
        return pa.RecordBatch.from_arrays(batch.columns + columns, schema=schema)

    try:
        stream = None
        waiting = None
        for batch in itertools.chain([first], batches):
            try:
                sent = _placing(batch)
                stream = stream or pa.ipc.new_stream(child.stdin, sent.schema)
                stream.write_batch(sent)
                child.stdin.flush()
            except OSError as error:
                raise failed(f"it went away while rows were written, {error}") from None
            if waiting is not None:
                yield answered(waiting)
            waiting = batch
        try:
            stream.close()
            child.stdin.close()
        except OSError as error:
            raise failed(f"it went away while rows were written, {error}") from None
        yield answered(waiting)
        if answers.get() is not None:
            raise failed("more answers than rows")
        # Only now: before the last answer was read, waiting could last for ever.
        if child.wait() != 0:
            raise failed("the program failed")
    finally:
        _kill(child)
        for reader in readers:
            reader.join()
        for end in (child.stdin, child.stdout, child.stderr):
            try:
                end.close()
            except OSError:
                pass


def _kill(child):
    try:
        os.killpg(child.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    child.wait()


def _placing(batch):
    """The columns that may place a row. Without any, all of them: the program then says what it looked for."""
    names = [name for name in batch.schema.names if name.strip().lower() in PLACES]
    return batch.select(names) if names else batch


def _read_answers(stdout, answers):
    try:
        for batch in pa.ipc.open_stream(stdout):
            answers.put(batch)
        answers.put(None)
    except Exception as error:  # Whatever it is belongs to the thread that waits.
        answers.put(error)


def _read_errors(stderr, said):
    while chunk := stderr.read1(65536):
        said += chunk
        del said[:-_KEPT_OF_STDERR]
