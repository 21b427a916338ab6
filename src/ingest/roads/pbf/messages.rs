//! The messages of the format, as far as nodes and ways need them; fields that are left out are skipped when read.
//! Source: `fileformat.proto` and `osmformat.proto` of OSM-binary, 1.5 (2021).

use prost::Message;

/// What comes next in the file.
#[derive(Clone, PartialEq, Message)]
pub struct BlobHeader {
    #[prost(string, tag = "1")]
    pub kind: String,
    #[prost(int32, tag = "3")]
    pub size: i32,
}

/// A block, packed in one of several ways.
#[derive(Clone, PartialEq, Message)]
pub struct Blob {
    #[prost(bytes = "vec", optional, tag = "1")]
    pub raw: Option<Vec<u8>>,
    #[prost(int32, optional, tag = "2")]
    pub raw_size: Option<i32>,
    #[prost(bytes = "vec", optional, tag = "3")]
    pub zlib: Option<Vec<u8>>,
}

/// What a reader must know to read the file.
#[derive(Clone, PartialEq, Message)]
pub struct HeaderBlock {
    #[prost(string, repeated, tag = "4")]
    pub required_features: Vec<String>,
}

/// Some thousands of elements with the texts they share.
#[derive(Clone, PartialEq, Message)]
pub struct PrimitiveBlock {
    #[prost(message, optional, tag = "1")]
    pub texts: Option<StringTable>,
    #[prost(message, repeated, tag = "2")]
    pub groups: Vec<PrimitiveGroup>,
    /// Nanodegrees in a step of a coordinate; 100 when absent.
    #[prost(int32, optional, tag = "17")]
    pub granularity: Option<i32>,
    /// Nanodegrees.
    #[prost(int64, optional, tag = "19")]
    pub lat_offset: Option<i64>,
    /// Nanodegrees.
    #[prost(int64, optional, tag = "20")]
    pub lon_offset: Option<i64>,
}

/// The texts of a block; tags are ranks in it.
#[derive(Clone, PartialEq, Message)]
pub struct StringTable {
    #[prost(bytes = "vec", repeated, tag = "1")]
    pub texts: Vec<Vec<u8>>,
}

/// Elements of one kind.
#[derive(Clone, PartialEq, Message)]
pub struct PrimitiveGroup {
    #[prost(message, repeated, tag = "1")]
    pub nodes: Vec<Node>,
    #[prost(message, optional, tag = "2")]
    pub dense: Option<DenseNodes>,
    #[prost(message, repeated, tag = "3")]
    pub ways: Vec<Way>,
}

/// One node.
#[derive(Clone, PartialEq, Message)]
pub struct Node {
    #[prost(sint64, tag = "1")]
    pub id: i64,
    #[prost(uint32, repeated, tag = "2")]
    pub keys: Vec<u32>,
    #[prost(uint32, repeated, tag = "3")]
    pub values: Vec<u32>,
    #[prost(sint64, tag = "8")]
    pub lat: i64,
    #[prost(sint64, tag = "9")]
    pub lon: i64,
}

/// Many nodes: every number is the difference from the one before; tags are `key value … 0` for each node.
#[derive(Clone, PartialEq, Message)]
pub struct DenseNodes {
    #[prost(sint64, repeated, tag = "1")]
    pub ids: Vec<i64>,
    #[prost(sint64, repeated, tag = "8")]
    pub lats: Vec<i64>,
    #[prost(sint64, repeated, tag = "9")]
    pub lons: Vec<i64>,
    #[prost(int32, repeated, tag = "10")]
    pub keys_values: Vec<i32>,
}

/// One way; each node is the difference from the one before.
#[derive(Clone, PartialEq, Message)]
pub struct Way {
    #[prost(uint32, repeated, tag = "2")]
    pub keys: Vec<u32>,
    #[prost(uint32, repeated, tag = "3")]
    pub values: Vec<u32>,
    #[prost(sint64, repeated, tag = "8")]
    pub nodes: Vec<i64>,
}
