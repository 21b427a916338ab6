//! Vector tiles (Mapbox specification 2.1) for maps in browsers, and their `TileJSON`.

pub mod archive;
mod around;
pub mod base;
pub mod territories;
pub mod tilejson;
pub mod venues;

use std::io::Write;

use actix_web::http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, HeaderValue};
use actix_web::web;
use actix_web::{HttpRequest, HttpResponse};
use flate2::Compression;
use flate2::write::GzEncoder;
use mvt::Error;

use crate::domain::Level;
use crate::editions::Snapshot;
use crate::http::State;
use crate::http::answers::Answers;
use crate::http::endpoint::{Answer, Endpoint, Operation};
use crate::http::problem::Problem;
use crate::http::reply::{MVT, Tag};
use crate::http::work::Kind;
use crate::maps::shapes::Shapes;
use crate::maps::world::{MAX_ZOOM, Tile};

/// Level of gzip. The transport takes the fastest for what it packs as it goes; tiles are kept by whoever asks.
const PACKING: u32 = 7;

/// The addresses of tiles.
pub const ENDPOINTS: &[Endpoint] = &[tilejson::ENDPOINT, TILE];

const TILE: Endpoint = Endpoint::at(
    "/tiles/{layer}/{z}/{x}/{y}.mvt",
    &[Operation::get("tile", "Une tuile vectorielle", || web::to(tile))
        .of_an_edition()
        .answering(&[Answer::ok(&[(MVT, "binary")]), Answer::EMPTY, Answer::UNCHANGED])
        .refusing(&[400, 404])],
);

/// A layer of tiles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layer {
    /// Territories of one level.
    Territories(Level),
    /// Venues that receive the public.
    Venues,
}

impl Layer {
    /// Every layer.
    pub const ALL: [Layer; 5] = [
        Self::Territories(Level::Region),
        Self::Territories(Level::Departement),
        Self::Territories(Level::Epci),
        Self::Territories(Level::Commune),
        Self::Venues,
    ];

    /// Name in addresses and inside the tiles.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Territories(level) => level.plural(),
            Self::Venues => "venues",
        }
    }

    /// First and last zoom with tiles. The first is where a tile of France stays below 500 kB; contours are known to a
    /// few metres, which zoom 12 shows.
    #[must_use]
    pub fn zooms(self) -> (u32, u32) {
        match self {
            Self::Territories(Level::Region | Level::Departement | Level::Epci) => (0, 12),
            Self::Territories(Level::Commune) => (8, 12),
            Self::Venues => (0, MAX_ZOOM),
        }
    }

    /// The layer with this name.
    ///
    /// # Errors
    /// 404 with the names there are.
    pub fn named(name: &str) -> Result<Self, Problem> {
        Self::ALL.into_iter().find(|layer| layer.name() == name).ok_or_else(|| {
            let names = Self::ALL.into_iter().map(Self::name);
            Problem::not_found("unknown-layer", "there is no such layer of tiles").about("layer", name).allowing(names)
        })
    }

    fn encode(self, state: &Snapshot, tile: Tile) -> Result<Option<Vec<u8>>, Error> {
        match self {
            Self::Territories(level) => territories::encode(state, level, tile),
            Self::Venues => venues::encode(state, tile),
        }
    }
}

/// Works out which vertices of each level go at which zoom: seconds that nobody who asks for a tile should wait.
pub fn prepare(snapshot: &Snapshot) {
    for layer in Layer::ALL {
        if let Layer::Territories(level) = layer
            && layer.zooms().0 < territories::WHOLE_FROM
        {
            let _ = Shapes::kept(snapshot).weights(&snapshot.atlas, level);
        }
    }
}

/// `GET /tiles/{layer}/{z}/{x}/{y}.mvt`: 200 with the tile, 204 when nothing is in it. With `edition=` of today, as the
/// `TileJSON` writes it, the answer may be kept for ever.
///
/// # Errors
/// 404 for a layer, a zoom or a tile that does not exist; 400 on an unknown parameter.
pub async fn tile(request: HttpRequest, state: State) -> Result<HttpResponse, Problem> {
    let part = |name| request.match_info().query(name);
    let layer = Layer::named(part("layer"))?;
    let tile = Tile::parse(part("z"), part("x"), part("y"))?;
    let (first, last) = layer.zooms();
    if !(first..=last).contains(&tile.z) {
        let detail = format!("the tiles of {} go from zoom {first} to {last}", layer.name());
        return Err(Problem::not_found("unknown-tile", detail).about("z", part("z")));
    }
    let query = TILE.query(&request)?;
    let tag = Tag::of(&request, &state, "").keeping(query.text("edition"), &state);
    if let Some(fresh) = tag.not_modified(&request) {
        return Ok(fresh);
    }
    let packed = accepts_gzip(&request);
    // Packed and not, the bytes are others: each is drawn once for everybody.
    let bytes = Tag::of(&request, &state, if packed { "packed" } else { "" });
    let drawing = move |state: &State| {
        let drawn = layer.encode(state, tile).map_err(|error| state.incident(TILE.path, &error.to_string()))?;
        let is_empty = drawn.is_none();
        let drawn = drawn.map(|bytes| if packed { pack(&bytes) } else { bytes });
        Ok((MVT, drawn.unwrap_or_default(), Drawn { is_empty }))
    };
    let drawn = Answers::<Drawn>::once(&state, &bytes, Kind::Interactive, drawing).await?;
    if drawn.meta.is_empty {
        return Ok(tag.nothing());
    }
    let mut answer = drawn.as_it_is(&tag);
    if packed {
        answer.headers_mut().insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    Ok(answer)
}

/// A tile that was drawn.
#[derive(Debug, Clone, Copy)]
struct Drawn {
    /// Whether nothing is in it.
    is_empty: bool,
}

/// Packs a tile where it was drawn, off the threads that answer.
fn pack(bytes: &[u8]) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::with_capacity(bytes.len() / 2), Compression::new(PACKING));
    packer.write_all(bytes).and_then(|()| packer.finish()).expect("memory takes what it is given")
}

/// Whether the client takes gzip: named, or by `*`, and not with a weight of 0.
fn accepts_gzip(request: &HttpRequest) -> bool {
    let Some(accepted) = request.headers().get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok()) else {
        return false;
    };
    let weight = |wanted: &str| {
        accepted.split(',').find_map(|coding| {
            let (name, weight) = coding.split_once(';').unwrap_or((coding, "q=1"));
            let weight = weight.trim().strip_prefix("q=").and_then(|weight| weight.parse::<f32>().ok());
            (name.trim() == wanted).then(|| weight.unwrap_or(1.0) > 0.0)
        })
    };
    weight("gzip").or_else(|| weight("*")).unwrap_or(false)
}
