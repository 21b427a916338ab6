//! Holds the names and values of a filter against the properties of a collection.

use std::cmp::Ordering;

use chrono::NaiveDate;
use geo::{BoundingRect, Geometry as Shape, MapCoords, MultiPolygon, Rect, coord};
use geojson::Geometry;

use super::GEOMETRY;
use super::evaluate::{OfLists, Scalar, Several, Test, Touch, What, When, same};
use super::like::Pattern;
use super::node::Node;
use super::spans::{self, RELATIONS, Span};
use crate::api::collections::{Property, PropertyType};
use crate::api::ogc::crs::Crs;
use crate::atlas::Atlas;
use crate::http::params::closest;

/// What the names of a filter can mean.
#[derive(Debug, Clone, Copy)]
pub struct Scope<'a> {
    /// Properties of the collection.
    pub properties: &'a [Property],
    /// The edition.
    pub atlas: &'a Atlas,
    /// The system that its geometries are written in.
    pub crs: &'static Crs,
}

/// Whether two values in this order are in the relation.
type Ordered = fn(Ordering) -> bool;

const RELATIONS_OF_VALUES: [(&str, Ordered); 6] = [
    ("=", Ordering::is_eq),
    ("<>", Ordering::is_ne),
    ("<", Ordering::is_lt),
    ("<=", Ordering::is_le),
    (">", Ordering::is_gt),
    (">=", Ordering::is_ge),
];

const TOUCHES: [(&str, Touch); 8] = [
    ("s_intersects", Touch::Intersects),
    ("s_disjoint", Touch::Disjoint),
    ("s_contains", Touch::Contains),
    ("s_within", Touch::Within),
    ("s_touches", Touch::Touches),
    ("s_overlaps", Touch::Overlaps),
    ("s_crosses", Touch::Crosses),
    ("s_equals", Touch::Equals),
];

const ARRAYS: [(&str, OfLists); 4] = [
    ("a_contains", |a, b| b.iter().all(|item| a.contains(item))),
    ("a_containedby", |a, b| a.iter().all(|item| b.contains(item))),
    ("a_equals", |a, b| a.iter().all(|item| b.contains(item)) && b.iter().all(|item| a.contains(item))),
    ("a_overlaps", |a, b| a.iter().any(|item| b.contains(item))),
];

/// What can be compared with what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    Text,
    Number,
    Flag,
}

impl Scope<'_> {
    /// Binds a condition.
    ///
    /// # Errors
    /// Which name or value does not fit, and what was expected.
    pub fn test(&self, node: &Node) -> Result<Test, String> {
        match node {
            Node::Truth(truth) => Ok(Test::Always(*truth)),
            Node::Property(name) => match self.property(name)? {
                (rank, Property { kind: PropertyType::Flag, .. }) => Ok(Test::Flag(rank)),
                _ => Err(format!("`{name}` is no yes-or-no property; compare it with a value")),
            },
            Node::Call(operator, arguments) => self.call(operator, arguments),
            other => Err(format!("{} is no condition", other.said())),
        }
    }

    fn call(&self, operator: &str, arguments: &[Node]) -> Result<Test, String> {
        let tests = || arguments.iter().map(|node| self.test(node)).collect::<Result<Vec<_>, _>>();
        match (operator, arguments) {
            ("and", [_, ..]) => Ok(Test::All(tests()?)),
            ("or", [_, ..]) => Ok(Test::Any(tests()?)),
            ("not", [node]) => Ok(Test::Not(Box::new(self.test(node)?))),
            ("isnull", [Node::Property(name)]) if name == GEOMETRY => Ok(Test::IsNowhere),
            ("isnull", [Node::Property(name)]) => Ok(Test::IsUnknown(self.property(name)?.0)),
            ("like", [value, pattern]) => self.like(value, pattern),
            ("between", [value, low, high]) => {
                let above = self.compare(Ordering::is_ge, false, value, low)?;
                Ok(Test::All(vec![above, self.compare(Ordering::is_le, false, value, high)?]))
            }
            ("in", [value, Node::List(list)]) if list.is_empty() => {
                Err(format!("{} is held against an empty list; expected at least one value", value.said()))
            }
            ("in", [value, Node::List(list)]) => {
                let (scalar, sort) = self.scalar(value, None)?;
                let items = list.iter().map(|item| {
                    let (item, own) = self.scalar(item, Some(value))?;
                    if own == sort {
                        Ok(item)
                    } else {
                        Err(format!("{} is compared with a list of another kind", value.said()))
                    }
                });
                Ok(Test::In(scalar, items.collect::<Result<_, String>>()?))
            }
            (operator, [a, b]) => self.pair(operator, a, b),
            (operator, _) => Err(format!("`{operator}` is no condition, or takes another number of values")),
        }
    }

    fn pair(&self, operator: &str, a: &Node, b: &Node) -> Result<Test, String> {
        if let Some(test) = self.held(operator, a, b) {
            return test;
        }
        if let Some((_, relation)) = RELATIONS_OF_VALUES.into_iter().find(|(name, _)| *name == operator) {
            return self.compare(relation, ["=", "<>"].contains(&operator), a, b);
        }
        if let Some((_, touch)) = TOUCHES.into_iter().find(|(name, _)| *name == operator) {
            return self.spatial(operator, touch, a, b);
        }
        if let Some((_, relation)) = RELATIONS.into_iter().find(|(name, _)| *name == operator) {
            return Ok(Test::Temporal(relation, self.when(a)?, self.when(b)?));
        }
        if let Some((_, relation)) = ARRAYS.into_iter().find(|(name, _)| *name == operator) {
            return Ok(Test::Array(relation, self.several(a, b)?, self.several(b, a)?));
        }
        let names = RELATIONS_OF_VALUES.iter().map(|(name, _)| *name);
        let names = names.chain(TOUCHES.iter().map(|(name, _)| *name)).chain(RELATIONS.iter().map(|(name, _)| *name));
        let known: Vec<&str> = names.chain(ARRAYS.iter().map(|(name, _)| *name)).collect();
        let hint = closest(operator, &known).map(|name| format!("; did you mean `{name}`?")).unwrap_or_default();
        Err(format!("there is no operator `{operator}`{hint}"))
    }

    fn property(&self, name: &str) -> Result<(usize, &Property), String> {
        let found = self.properties.iter().enumerate().find(|(_, property)| property.name == name);
        found.ok_or_else(|| {
            let known: Vec<&str> = self.properties.iter().map(|property| property.name.as_ref()).collect();
            let hint = closest(name, &known).map(|known| format!("; did you mean `{known}`?")).unwrap_or_default();
            format!("there is no property `{name}`{hint}")
        })
    }

    fn kind_of(&self, node: &Node) -> Option<PropertyType> {
        let Node::Property(name) = node else { return None };
        self.property(name).ok().map(|(_, property)| property.kind)
    }

    fn is_code(&self, node: &Node) -> bool {
        let Node::Property(name) = node else { return false };
        self.property(name).is_ok_and(|(_, property)| property.usage.is_code())
    }

    fn is_flag(&self, node: Option<&Node>) -> bool {
        node.and_then(|node| self.kind_of(node)) == Some(PropertyType::Flag)
    }

    /// A list beside one text: clients without lists ask so whether the text is in it.
    fn held(&self, operator: &str, a: &Node, b: &Node) -> Option<Result<Test, String>> {
        let is_list = |node: &Node| self.kind_of(node) == Some(PropertyType::List);
        let (list, text) = match (a, b) {
            (list, text @ Node::Text(_)) | (text @ Node::Text(_), list) if is_list(list) => (list, text),
            _ => return None,
        };
        let holds = || Ok(Test::Array(ARRAYS[0].1, self.several(list, text)?, self.several(text, list)?));
        match operator {
            "=" => Some(holds()),
            "<>" => Some(holds().map(|test| Test::Not(Box::new(test)))),
            _ => None,
        }
    }

    /// Two values side by side. Where they are held to be one another, a code or a word has to be one that exists; what lies
    /// before or after another in the alphabet need not.
    fn compare(&self, relation: Ordered, exact: bool, a: &Node, b: &Node) -> Result<Test, String> {
        let is_read = |node: &Node| exact || matches!(self.kind_of(node), Some(PropertyType::Day | PropertyType::Flag));
        let (left, sort) = self.scalar(a, Some(b).filter(|b| is_read(b)))?;
        let (right, other) = self.scalar(b, Some(a).filter(|a| is_read(a)))?;
        if sort != other {
            return Err(format!("{} and {} cannot be compared", a.said(), b.said()));
        }
        Ok(Test::Compare(relation, left, right))
    }

    fn like(&self, value: &Node, pattern: &Node) -> Result<Test, String> {
        let (scalar, sort) = self.scalar(value, None)?;
        let (mut node, mut no_case, mut no_accents) = (pattern, false, false);
        while let Node::Call(name, arguments) = node {
            match (name.as_str(), arguments.as_slice()) {
                ("casei", [inner]) => (node, no_case) = (inner, true),
                ("accenti", [inner]) => (node, no_accents) = (inner, true),
                _ => break,
            }
        }
        match node {
            Node::Text(text) if sort == Sort::Text => {
                let capitals = self.is_code(value).then(|| text.to_uppercase());
                let text = capitals.as_ref().unwrap_or(text);
                Ok(Test::Like(scalar, Pattern::new(&same(text.as_str().into(), no_case, no_accents))))
            }
            _ => Err(format!("{} is held against a pattern; expected a text and a pattern in quotes", value.said())),
        }
    }

    /// A value to compare. A text beside a property of codes or words is understood as one of them.
    fn scalar(&self, node: &Node, beside: Option<&Node>) -> Result<(Scalar, Sort), String> {
        let plain = |what, sort| Ok((Scalar { what, no_case: false, no_accents: false }, sort));
        match node {
            // GDAL and QGIS have no yes and no: they write 1 and 0.
            Node::Number(number) if self.is_flag(beside) && [0.0, 1.0].contains(number) => {
                plain(What::Flag(*number > 0.5), Sort::Flag)
            }
            Node::Number(number) if number.is_finite() => plain(What::Number(*number), Sort::Number),
            Node::Truth(truth) => plain(What::Flag(*truth), Sort::Flag),
            Node::Text(text) => plain(What::Text(self.understood(text, beside)?), Sort::Text),
            Node::Property(name) => {
                let (rank, property) = self.property(name)?;
                let sort = match property.kind {
                    PropertyType::Text | PropertyType::Day => Sort::Text,
                    PropertyType::Integer | PropertyType::Number => Sort::Number,
                    PropertyType::Flag => Sort::Flag,
                    PropertyType::List => {
                        return Err(format!("`{name}` is a list; ask with a_contains({name}, ('…')) or a_overlaps"));
                    }
                };
                plain(What::Property(rank), sort)
            }
            Node::Call(name, arguments) => match (name.as_str(), arguments.as_slice()) {
                ("date" | "timestamp", [_]) => plain(What::Text(Self::day_of(node)?.to_string()), Sort::Text),
                ("casei" | "accenti", [inner]) => {
                    // No word of a closed list is meant as it is written then.
                    let (mut scalar, sort) = self.scalar(inner, None)?;
                    scalar.no_case |= name == "casei";
                    scalar.no_accents |= name == "accenti";
                    if sort == Sort::Text { Ok((scalar, sort)) } else { Err(format!("`{name}` takes a text")) }
                }
                _ => Err(format!("`{name}` is no value")),
            },
            other => Err(format!("{} is no value to compare", other.said())),
        }
    }

    fn understood(&self, text: &str, beside: Option<&Node>) -> Result<String, String> {
        let Some(Node::Property(name)) = beside else { return Ok(text.to_owned()) };
        let (_, property) = self.property(name)?;
        if property.kind == PropertyType::Day {
            let day = spans::day(text).ok_or_else(|| format!("`{name}` is a day; '{text}' is none"))?;
            return Ok(day.to_string());
        }
        property.usage.understand(self.atlas, name, text).map_err(|problem| problem.detail().to_owned())
    }

    fn several(&self, node: &Node, beside: &Node) -> Result<Several, String> {
        match node {
            Node::Property(name) => match self.property(name)? {
                (rank, Property { kind: PropertyType::List, .. }) => Ok(Several::Property(rank)),
                _ => Err(format!("`{name}` is no list")),
            },
            Node::List(items) => {
                let text = |item: &Node| match item {
                    Node::Text(text) => self.understood(text, Some(beside)),
                    other => Err(format!("{} stands in a list of texts", other.said())),
                };
                items.iter().map(text).collect::<Result<_, _>>().map(Several::Given)
            }
            Node::Text(text) => Ok(Several::Given(vec![self.understood(text, Some(beside))?])),
            other => Err(format!("{} is no list", other.said())),
        }
    }

    fn day_of(node: &Node) -> Result<NaiveDate, String> {
        let text = match node {
            Node::Call(name, arguments) if name == "date" || name == "timestamp" => match arguments.as_slice() {
                [Node::Text(text)] => Some(text),
                _ => None,
            },
            Node::Text(text) => Some(text),
            _ => None,
        };
        let day = text.and_then(|text| spans::day(text));
        day.ok_or_else(|| {
            format!("{} is no day; expected DATE('2024-01-31') or TIMESTAMP('2024-01-31T10:00:00Z')", node.said())
        })
    }

    fn when(&self, node: &Node) -> Result<When, String> {
        match node {
            Node::Property(name) => match self.property(name)? {
                (rank, Property { kind: PropertyType::Day, .. }) => Ok(When::Property(rank)),
                _ => Err(format!("`{name}` is no day")),
            },
            Node::Call(name, ends) if name == "interval" => {
                let [first, last] = ends.as_slice() else { return Err("an interval has two ends".to_owned()) };
                let end = |node: &Node, open| match node {
                    Node::Text(text) if text == ".." => Ok(open),
                    node => Self::day_of(node),
                };
                let span = Span { first: end(first, NaiveDate::MIN)?, last: end(last, NaiveDate::MAX)? };
                if span.first <= span.last {
                    Ok(When::Given(span))
                } else {
                    Err("an interval ends after it begins".to_owned())
                }
            }
            node => Ok(When::Given(Span::day(Self::day_of(node)?))),
        }
    }

    fn spatial(&self, operator: &str, touch: Touch, a: &Node, b: &Node) -> Result<Test, String> {
        let is_own = |node: &Node| matches!(node, Node::Property(name) if name == GEOMETRY);
        let (touch, other) = match (is_own(a), is_own(b)) {
            (true, false) => (touch, b),
            // Written the other way round.
            (false, true) => match touch {
                Touch::Contains => (Touch::Within, a),
                Touch::Within => (Touch::Contains, a),
                same => (same, a),
            },
            _ => return Err(format!("`{operator}` takes the property `{GEOMETRY}` and a geometry")),
        };
        let (shape, around) = self.shape(other)?;
        Ok(Test::Spatial(touch, Box::new(shape), around))
    }

    /// A box by its lower and its upper corner, as they are written; one that begins in the east and ends in the west crosses
    /// the antimeridian.
    fn boxed(&self, low: [f64; 2], high: [f64; 2]) -> Result<Shape, String> {
        let (lon, lat) = if self.crs.north_first() { (1, 0) } else { (0, 1) };
        if low[lat] > high[lat] || (self.crs.is_planar() && low[lon] > high[lon]) {
            return Err("the lower corner of a bbox comes first".to_owned());
        }
        let side = |west: f64, east: f64| {
            let (mut low, mut high) = (low, high);
            (low[lon], high[lon]) = (west, east);
            Rect::new(low, high).to_polygon()
        };
        if low[lon] <= high[lon] {
            return Ok(side(low[lon], high[lon]).into());
        }
        Ok(MultiPolygon(vec![side(low[lon], 180.0), side(-180.0, high[lon])]).into())
    }

    fn shape(&self, node: &Node) -> Result<(Shape, Rect), String> {
        let shape: Shape = match node {
            Node::Geometry(members) => {
                let geometry: Geometry =
                    serde_json::from_value(members.clone()).map_err(|error| format!("a geometry: {error}"))?;
                Shape::try_from(geometry).map_err(|error| format!("a geometry: {error}"))?
            }
            Node::Call(name, sides) if name == "bbox" => {
                let number = |node: &Node| if let Node::Number(number) = node { Some(*number) } else { None };
                let sides: Option<Vec<f64>> = sides.iter().map(number).collect();
                let (low, high) = match sides.as_deref() {
                    Some(&[a, b, c, d] | &[a, b, _, c, d, _]) => ([a, b], [c, d]),
                    _ => return Err("a bbox has four numbers, or six with heights".to_owned()),
                };
                self.boxed(low, high)?
            }
            other => return Err(format!("{} is no geometry", other.said())),
        };
        let written = self.crs.written();
        let shape = shape.try_map_coords(|at| {
            let [lon, lat] =
                written.back([at.x, at.y]).filter(|pair| pair[0].abs() <= 180.0 && pair[1].abs() <= 90.0).ok_or(())?;
            Ok::<_, ()>(coord! { x: lon, y: lat })
        });
        let shape = shape
            .map_err(|()| "a geometry lies off the globe; filter-crs names its system, CRS84 by default".to_owned())?;
        let around = shape.bounding_rect().ok_or_else(|| "a geometry without positions".to_owned())?;
        Ok((shape, around))
    }
}
