"""What schemathesis is told of this API (scripts/test-contract).

OpenAPI cannot say that one of three names must be there, that two exclude each other, or that a value must lie below another.
Requests that break such a rule are refused with a code of our own; those codes are listed here, and no other refusal of a request
that fits the description is taken."""

import schemathesis

# Rules between several parameters or fields, and values that only the edition or the day decides; each is in docs/api.md.
BETWEEN_PARAMETERS = {
    "missing-parameter",  # one of several names; something must change
    "conflicting-parameters",  # names that exclude each other
}
OF_THE_EDITION = {
    "position-outside-france",
    "invalid-position",
    "invalid-weights",
    "invalid-hours",
    "unknown-code",
    "unknown-post",
    "unknown-venue",
    "invalid-cursor",  # the rest of a question that is still to be asked
}
# Both sides of a comparison are addresses, with a grammar of their own.
# The level of the parts must not be above that of the territory; too many points are refused without `unreached`.
OF_SOME = {("invalid-parameter", "a"), ("invalid-parameter", "b"), ("unknown-value", "by"), ("unknown-value", "children"), ("out-of-range", "territory")}
# What a service says when it is busy, or does without a part. Anything else from 500 up is a defect.
BUSY = {"deadline", "overloaded", "stopping", "opening-edition", "no-store"}


@schemathesis.check
def valid_requests_are_answered(ctx, response, case):
    """A request that fits the description is answered, or breaks a rule that no description can hold."""
    if response.status_code != 400 or case.meta is None or not case.meta.generation.mode.is_positive:
        return
    problem = response.json()
    code, param = problem.get("code"), problem.get("param")
    # The bounds of a question for a plan stand in planning/fields.rs, as words.
    planned = case.path == "/api/placements" and param is not None
    if code not in BETWEEN_PARAMETERS | OF_THE_EDITION and (code, param) not in OF_SOME and not planned:
        raise AssertionError(f"a valid request is refused: {code}, {param}: {problem.get('detail')}")


@schemathesis.check
def failures_are_documented(ctx, response, case):
    """No answer from 500 up but a 503 that says why."""
    if response.status_code >= 500 and (response.status_code != 503 or response.json().get("code") not in BUSY):
        raise AssertionError(f"{response.status_code}: {response.text()[:200] if callable(response.text) else response.text[:200]}")
