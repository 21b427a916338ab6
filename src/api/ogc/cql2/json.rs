//! CQL2 written as JSON.

use serde_json::{Map, Value};

use super::node::Node;
use crate::tables::strict_json;

/// Reads a filter.
///
/// # Errors
/// What was expected.
pub fn read(text: &str) -> Result<Node, String> {
    // The reader of JSON follows at most 128 brackets one in another.
    let value = strict_json::read(text.as_bytes()).map_err(|error| format!("it is no JSON: {error}"))?;
    node(value)
}

fn node(value: Value) -> Result<Node, String> {
    Ok(match value {
        Value::Bool(truth) => Node::Truth(truth),
        Value::Number(number) => Node::Number(number.as_f64().unwrap_or(f64::NAN)),
        Value::String(text) => Node::Text(text),
        Value::Array(items) => Node::List(nodes(items)?),
        Value::Object(members) => object(members)?,
        Value::Null => return Err("`null` is asked for by the operator isNull".to_owned()),
    })
}

fn nodes(values: Vec<Value>) -> Result<Vec<Node>, String> {
    values.into_iter().map(node).collect()
}

fn object(mut members: Map<String, Value>) -> Result<Node, String> {
    if let Some(Value::String(operator)) = members.remove("op") {
        let arguments = match members.remove("args") {
            Some(Value::Array(arguments)) => nodes(arguments)?,
            _ => return Err(format!("`{operator}` has no list of args")),
        };
        return Ok(Node::call(&operator, arguments));
    }
    if let Some(Value::String(name)) = members.remove("property") {
        return Ok(Node::Property(name));
    }
    for name in ["date", "timestamp"] {
        if let Some(text) = members.remove(name) {
            return Ok(Node::call(name, vec![node(text)?]));
        }
    }
    for name in ["interval", "bbox"] {
        if let Some(Value::Array(ends)) = members.remove(name) {
            return Ok(Node::call(name, nodes(ends)?));
        }
    }
    if members.contains_key("coordinates") || members.contains_key("geometries") {
        return Ok(Node::Geometry(Value::Object(members)));
    }
    Err("an object is an operation (op, args), a property, a date, a timestamp, an interval, a bbox or a geometry"
        .to_owned())
}

#[cfg(test)]
mod tests {
    use super::super::text;
    use super::*;

    #[test]
    fn both_ways_of_writing_are_one_filter() {
        for (json, written) in [
            (r#"{"op":"=","args":[{"property":"a"},"x"]}"#, "a = 'x'"),
            (
                r#"{"op":"and","args":[{"op":">","args":[{"property":"n"},2]},{"op":"isNull","args":[{"property":"b"}]}]}"#,
                "n > 2 and b is null",
            ),
            (
                r#"{"op":"like","args":[{"op":"casei","args":[{"property":"a"}]},{"op":"casei","args":["x%"]}]}"#,
                "CASEI(a) LIKE casei('x%')",
            ),
            (
                r#"{"op":"like","args":[{"op":"casei","args":[{"property":"a"}]},{"op":"casei","args":["x%"]}]}"#,
                "a ILIKE 'x%'",
            ),
            (r#"{"op":"in","args":[{"property":"a"},["x","y"]]}"#, "a in ('x','y')"),
            (
                r#"{"op":"s_intersects","args":[{"property":"geometry"},{"type":"Point","coordinates":[1.0,2.0]}]}"#,
                "S_INTERSECTS(geometry, POINT(1 2))",
            ),
            (
                r#"{"op":"t_after","args":[{"property":"updated"},{"date":"2024-01-01"}]}"#,
                "T_AFTER(updated, DATE('2024-01-01'))",
            ),
        ] {
            assert_eq!(read(json), text::read(written), "{written}");
        }
    }

    #[test]
    fn what_is_no_filter_is_refused() {
        for bad in ["", "{", "null", r#"{"op":"="}"#, r#"{"what":1}"#] {
            assert!(read(bad).is_err(), "{bad}");
        }
        assert!(read(&"[".repeat(10_000)).is_err());
    }
}
