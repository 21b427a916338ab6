//! The binary format, `.osm.pbf`: <https://wiki.openstreetmap.org/wiki/PBF_Format>. One block is in memory at a time.

mod messages;

use std::fs::File;
use std::io::{BufReader, ErrorKind, Read};
use std::path::Path;

use flate2::read::ZlibDecoder;
use prost::Message;

use self::messages::{Blob, BlobHeader, DenseNodes, HeaderBlock, PrimitiveBlock, StringTable};
use super::Element;
use crate::domain::Degrees;

/// Longest header of a block, and longest block, packed or not, in bytes: the limits of the format.
const LONGEST_HEADER: usize = 64 * 1024;
const LONGEST_BLOCK: usize = 32 * 1024 * 1024;
/// What a file may require of its reader.
const UNDERSTOOD: [&str; 2] = ["OsmSchema-V0.6", "DenseNodes"];

/// Gives every node and way of a file, in its order.
pub(super) fn visit(path: &Path, with: &mut dyn FnMut(Element<'_>)) -> Result<(), String> {
    let mut file = BufReader::new(File::open(path).map_err(|error| error.to_string())?);
    let mut seen_header = false;
    for block in 1.. {
        let told = |error: String| format!("block {block}: {error}");
        let Some((kind, bytes)) = next_block(&mut file).map_err(told)? else { break };
        match kind.as_str() {
            "OSMHeader" => {
                let header = HeaderBlock::decode(bytes.as_slice()).map_err(|error| told(error.to_string()))?;
                let unknown = header.required_features.iter().find(|name| !UNDERSTOOD.contains(&name.as_str()));
                if let Some(unknown) = unknown {
                    return Err(told(format!("the file requires {unknown}, expected no more than {UNDERSTOOD:?}")));
                }
                seen_header = true;
            }
            "OSMData" if seen_header => {
                let data = PrimitiveBlock::decode(bytes.as_slice()).map_err(|error| told(error.to_string()))?;
                elements(&data, with).map_err(told)?;
            }
            "OSMData" => return Err(told("data before the header OSMHeader".into())),
            // The format asks readers to skip what they do not know.
            _ => {}
        }
    }
    if seen_header { Ok(()) } else { Err("no block OSMHeader: not an extract in .osm.pbf".into()) }
}

/// The kind and the unpacked bytes of the next block; `None` at the end of the file.
fn next_block(file: &mut impl Read) -> Result<Option<(String, Vec<u8>)>, String> {
    let mut length = [0; 4];
    match file.read_exact(&mut length[..1]) {
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => return Ok(None),
        other => other.map_err(|error| error.to_string())?,
    }
    file.read_exact(&mut length[1..]).map_err(|error| error.to_string())?;
    let header = exactly(file, u32::from_be_bytes(length) as usize, LONGEST_HEADER)?;
    let header = BlobHeader::decode(header.as_slice()).map_err(|error| error.to_string())?;
    let size = usize::try_from(header.size).map_err(|_| format!("a size of {}", header.size))?;
    let blob = exactly(file, size, LONGEST_BLOCK)?;
    let blob = Blob::decode(blob.as_slice()).map_err(|error| error.to_string())?;
    Ok(Some((header.kind, unpacked(blob)?)))
}

fn exactly(file: &mut impl Read, size: usize, longest: usize) -> Result<Vec<u8>, String> {
    if size > longest {
        return Err(format!("{size} bytes announced, expected at most {longest}"));
    }
    let mut bytes = vec![0; size];
    file.read_exact(&mut bytes).map_err(|error| format!("{size} bytes announced: {error}"))?;
    Ok(bytes)
}

fn unpacked(blob: Blob) -> Result<Vec<u8>, String> {
    if let Some(raw) = blob.raw {
        return Ok(raw);
    }
    let packed = blob.zlib.ok_or("packed in another way than zlib; osmium cat writes the file anew")?;
    let mut bytes = Vec::new();
    let limit = LONGEST_BLOCK as u64 + 1;
    ZlibDecoder::new(packed.as_slice()).take(limit).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
    if bytes.len() > LONGEST_BLOCK {
        return Err(format!("unpacks to more than {LONGEST_BLOCK} bytes"));
    }
    match blob.raw_size {
        Some(size) if usize::try_from(size) != Ok(bytes.len()) => {
            Err(format!("unpacks to {} bytes, {size} announced", bytes.len()))
        }
        _ => Ok(bytes),
    }
}

/// The texts and the scale of a block.
struct Scale<'a> {
    texts: Vec<&'a str>,
    granularity: i64,
    lat_offset: i64,
    lon_offset: i64,
}

impl<'a> Scale<'a> {
    fn of(block: &'a PrimitiveBlock) -> Result<Self, String> {
        let texts = block.texts.iter().flat_map(|StringTable { texts }| texts);
        let texts = texts.map(|text| std::str::from_utf8(text)).collect::<Result<_, _>>();
        Ok(Self {
            texts: texts.map_err(|error| error.to_string())?,
            granularity: block.granularity.unwrap_or(100).into(),
            lat_offset: block.lat_offset.unwrap_or(0),
            lon_offset: block.lon_offset.unwrap_or(0),
        })
    }

    fn degrees(&self, lon: i64, lat: i64) -> Degrees {
        let degrees = |offset: i64, steps: i64| 1e-9 * offset.wrapping_add(self.granularity.wrapping_mul(steps)) as f64;
        Degrees { lon: degrees(self.lon_offset, lon), lat: degrees(self.lat_offset, lat) }
    }

    fn text(&self, rank: usize) -> Result<&'a str, String> {
        self.texts.get(rank).copied().ok_or_else(|| format!("text {rank} of {}", self.texts.len()))
    }

    fn tags(&self, keys: &[u32], values: &[u32]) -> Result<Vec<(&'a str, &'a str)>, String> {
        keys.iter()
            .zip(values)
            .map(|(key, value)| Ok((self.text(*key as usize)?, self.text(*value as usize)?)))
            .collect()
    }
}

fn elements(block: &PrimitiveBlock, with: &mut dyn FnMut(Element<'_>)) -> Result<(), String> {
    let scale = Scale::of(block)?;
    for group in &block.groups {
        for node in &group.nodes {
            let tags = scale.tags(&node.keys, &node.values)?;
            with(Element::Node { id: node.id, degrees: scale.degrees(node.lon, node.lat), tags: &tags });
        }
        if let Some(dense) = &group.dense {
            dense_nodes(dense, &scale, with)?;
        }
        for way in &group.ways {
            let tags = scale.tags(&way.keys, &way.values)?;
            let nodes: Vec<i64> = summed(&way.nodes).collect();
            with(Element::Way { nodes: &nodes, tags: &tags });
        }
    }
    Ok(())
}

fn dense_nodes(dense: &DenseNodes, scale: &Scale<'_>, with: &mut dyn FnMut(Element<'_>)) -> Result<(), String> {
    if dense.lats.len() != dense.ids.len() || dense.lons.len() != dense.ids.len() {
        return Err(format!(
            "{} nodes with {} latitudes and {} longitudes",
            dense.ids.len(),
            dense.lats.len(),
            dense.lons.len()
        ));
    }
    let mut keys_values = dense.keys_values.iter().map(|rank| *rank as usize);
    for ((id, lat), lon) in summed(&dense.ids).zip(summed(&dense.lats)).zip(summed(&dense.lons)) {
        let mut tags = Vec::new();
        while let Some(key) = keys_values.next().filter(|key| *key != 0) {
            tags.push((scale.text(key)?, scale.text(keys_values.next().unwrap_or(usize::MAX))?));
        }
        with(Element::Node { id, degrees: scale.degrees(lon, lat), tags: &tags });
    }
    Ok(())
}

/// Numbers written as differences.
fn summed(differences: &[i64]) -> impl Iterator<Item = i64> + '_ {
    differences.iter().scan(0_i64, |sum, difference| {
        *sum = sum.wrapping_add(*difference);
        Some(*sum)
    })
}
