//! CQL2 written as text.

use pest::Parser;
use pest::iterators::Pair;
use pest_derive::Parser;
use serde_json::{Value, json};

use super::node::Node;

/// Parentheses one in another at most: a reader that follows them needs room for each.
const DEEPEST: usize = 40;

#[derive(Parser)]
#[grammar = "api/ogc/cql2/grammar.pest"]
struct Grammar;

/// Reads a filter.
///
/// # Errors
/// What was expected, and at which character.
pub fn read(text: &str) -> Result<Node, String> {
    if depth(text) > DEEPEST {
        return Err(format!("more than {DEEPEST} parentheses one in another"));
    }
    let mut pairs = Grammar::parse(Rule::filter, text).map_err(|error| {
        let at = match error.location {
            pest::error::InputLocation::Pos(at) | pest::error::InputLocation::Span((at, _)) => at,
        };
        let rest: String = text.get(at..).unwrap_or_default().chars().take(20).collect();
        format!(
            "it cannot be read from character {} on: `{rest}`",
            text.get(..at).map_or(0, |read| read.chars().count()) + 1
        )
    })?;
    pairs.next().map(either).ok_or_else(|| "it is empty".to_owned())
}

/// Parentheses one in another, those inside quotes left out.
fn depth(text: &str) -> usize {
    let (mut deep, mut deepest, mut quote) = (0_usize, 0, None);
    for c in text.chars() {
        match (quote, c) {
            (None, '\'' | '"') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            (None, '(') => deep += 1,
            (None, ')') => deep = deep.saturating_sub(1),
            _ => (),
        }
        deepest = deepest.max(deep);
    }
    deepest
}

fn either(pair: Pair<'_, Rule>) -> Node {
    joined("or", pair.into_inner().filter(|piece| piece.as_rule() == Rule::all).map(all).collect())
}

fn all(pair: Pair<'_, Rule>) -> Node {
    joined("and", pair.into_inner().filter(|piece| piece.as_rule() == Rule::part).map(part).collect())
}

fn joined(operator: &str, mut parts: Vec<Node>) -> Node {
    if parts.len() == 1 { parts.remove(0) } else { Node::call(operator, parts) }
}

fn part(pair: Pair<'_, Rule>) -> Node {
    let mut denials = 0;
    let mut node = Node::Truth(true);
    for inner in pair.into_inner() {
        match inner.as_rule() {
            Rule::not => denials += 1,
            Rule::either => node = either(inner),
            _ => node = predicate(inner),
        }
    }
    (0..denials).fold(node, |node, _| Node::call("not", vec![node]))
}

fn predicate(pair: Pair<'_, Rule>) -> Node {
    let mut inner = pair.into_inner();
    let first = inner.next().map_or(Node::Truth(true), operand);
    let Some(tail) = inner.next() else { return first };
    let rule = tail.as_rule();
    let (mut denied, mut any_case, mut operator, mut others) = (false, false, String::new(), vec![first]);
    for piece in tail.into_inner() {
        match piece.as_rule() {
            Rule::not => denied = true,
            Rule::ilike_word => any_case = true,
            Rule::relation => piece.as_str().clone_into(&mut operator),
            Rule::and | Rule::like_word | Rule::between_word | Rule::in_word | Rule::is_word | Rule::null_word => (),
            _ => others.push(operand(piece)),
        }
    }
    if any_case {
        others = others.into_iter().map(|operand| Node::call("casei", vec![operand])).collect();
    }
    let name = match rule {
        Rule::like => "like",
        Rule::between => "between",
        Rule::among => "in",
        Rule::is_null => "isnull",
        _ => operator.as_str(),
    };
    let node = Node::call(name, others);
    if denied { Node::call("not", vec![node]) } else { node }
}

fn operand(pair: Pair<'_, Rule>) -> Node {
    match pair.as_rule() {
        Rule::number => Node::Number(pair.as_str().parse().unwrap_or(f64::NAN)),
        Rule::text => Node::Text(unquoted(pair.as_str(), '\'')),
        Rule::truth => Node::Truth(pair.as_str().trim().eq_ignore_ascii_case("true")),
        Rule::list => Node::List(pair.into_inner().map(operand).collect()),
        Rule::geometry => Node::Geometry(geometry(pair)),
        Rule::call => {
            let mut inner = pair.into_inner();
            let name = inner.next().map_or("", |name| name.as_str());
            Node::call(name, inner.map(operand).collect())
        }
        _ => Node::Property(unquoted(pair.as_str(), '"')),
    }
}

/// Without its quotes, doubled ones being one.
fn unquoted(text: &str, quote: char) -> String {
    let inner = text.strip_prefix(quote).and_then(|text| text.strip_suffix(quote));
    inner.map_or_else(|| text.to_owned(), |inner| inner.replace(&format!("{quote}{quote}"), &quote.to_string()))
}

fn geometry(pair: Pair<'_, Rule>) -> Value {
    let Some(inner) = pair.into_inner().next() else { return Value::Null };
    if inner.as_rule() == Rule::collection {
        return json!({ "type": "GeometryCollection", "geometries": inner.into_inner().map(geometry).collect::<Vec<_>>() });
    }
    let (mut kind, mut coordinates) = ("", Value::Null);
    for piece in inner.into_inner() {
        match piece.as_rule() {
            Rule::kind => kind = KINDS.iter().find(|kind| kind.eq_ignore_ascii_case(piece.as_str())).unwrap_or(&""),
            Rule::ring => coordinates = ring(piece),
            _ => (),
        }
    }
    // `POINT (1 2)` has its one position in a ring of its own; so may each of several points.
    match (kind, coordinates) {
        ("Point", Value::Array(mut positions)) if positions.len() == 1 => {
            json!({ "type": kind, "coordinates": positions.remove(0) })
        }
        ("MultiPoint", Value::Array(points)) => {
            let bare = |point: Value| match point {
                Value::Array(mut inner) if inner.len() == 1 => inner.remove(0),
                point => point,
            };
            json!({ "type": kind, "coordinates": points.into_iter().map(bare).collect::<Vec<_>>() })
        }
        (kind, coordinates) => json!({ "type": kind, "coordinates": coordinates }),
    }
}

const KINDS: [&str; 6] = ["Point", "LineString", "Polygon", "MultiPoint", "MultiLineString", "MultiPolygon"];

fn ring(pair: Pair<'_, Rule>) -> Value {
    let inner = pair.into_inner().map(|piece| {
        if piece.as_rule() == Rule::ring {
            return ring(piece);
        }
        let numbers = piece.into_inner().take(2);
        numbers.filter_map(|number| number.as_str().parse::<f64>().ok()).collect::<Vec<_>>().into()
    });
    Value::Array(inner.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn property(name: &str) -> Node {
        Node::Property(name.to_owned())
    }

    #[test]
    fn and_binds_more_than_or_and_not_more_than_both() {
        let (a, b, c) = (property("a"), property("b"), property("c"));
        let or = Node::call("or", vec![a.clone(), Node::call("and", vec![Node::call("not", vec![b]), c])]);
        assert_eq!(read("a OR NOT b and c").unwrap(), or);
        assert_eq!(read("a or ((not (b)) AND c)").unwrap(), or);
        assert_eq!(read("notes").unwrap(), property("notes"), "a word that begins with another");
    }

    #[test]
    fn what_is_between_is_no_boolean_and() {
        let node = read("n between 1 and 2 and t like 'a%'").unwrap();
        let between = Node::call("between", vec![property("n"), Node::Number(1.0), Node::Number(2.0)]);
        let like = Node::call("like", vec![property("t"), Node::Text("a%".into())]);
        assert_eq!(node, Node::call("and", vec![between, like]));
        assert_eq!(
            read("\"poverty-rate\" NOT IN (1, -2.5e1)").unwrap(),
            Node::call(
                "not",
                vec![Node::call(
                    "in",
                    vec![property("poverty-rate"), Node::List(vec![Node::Number(1.0), Node::Number(-25.0)])]
                )]
            )
        );
        assert_eq!(read("x IS NOT NULL").unwrap(), Node::call("not", vec![Node::call("isnull", vec![property("x")])]));
        assert_eq!(read("t = 'l''été'").unwrap(), Node::call("=", vec![property("t"), Node::Text("l'été".into())]));
    }

    #[test]
    fn geometries_are_read_as_geojson() {
        let Node::Call(name, arguments) = read("S_INTERSECTS(geometry, POLYGON((0 0, 1 0, 1 1, 0 0)))").unwrap() else {
            panic!()
        };
        assert_eq!(name, "s_intersects");
        let square = json!([[[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 0.0]]]);
        assert_eq!(arguments[1], Node::Geometry(json!({ "type": "Polygon", "coordinates": square })));
        for (text, coordinates) in [
            ("POINT(1 2)", json!([1.0, 2.0])),
            ("point z (1 2 3)", json!([1.0, 2.0])),
            ("MULTIPOINT((1 2),(3 4))", json!([[1.0, 2.0], [3.0, 4.0]])),
            ("MULTIPOINT(1 2,3 4)", json!([[1.0, 2.0], [3.0, 4.0]])),
        ] {
            let Node::Geometry(geometry) = read(text).unwrap() else { panic!("{text}") };
            assert_eq!(geometry["coordinates"], coordinates, "{text}");
        }
    }

    #[test]
    fn what_cannot_be_read_says_where() {
        for (bad, at) in
            [("a =", "character 4"), ("a = 'x", "character 5"), ("", "character 1"), ("a = 1 b", "character 7")]
        {
            let error = read(bad).unwrap_err();
            assert!(error.contains(at), "{bad}: {error}");
        }
        assert!(read(&format!("{}a{}", "(".repeat(5_000), ")".repeat(5_000))).is_err());
        assert!(read("name = '((((((((((((((((((((((((((((((((((((((((((((((((('").is_ok());
    }
}
