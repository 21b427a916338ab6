//! Editions on disk: a folder of Parquet tables, a report and a manifest with the checksum of each.
//!
//! Layout of the output folder:
//!
//! ```text
//! OUT/editions/<id>/…      one folder per edition; <id> is the beginning of the SHA-256 of its manifest
//! OUT/current              link to the edition in force, switched by one rename
//! OUT/kept/<sha256>        the files that editions were read from; served by nobody
//! OUT/report.json, …       links through `current`, for people who look into OUT
//! ```

mod access;
mod added;
mod columns;
mod country;
mod districts;
mod followed;
mod geoparquet;
mod guidance;
mod kept;
mod land;
mod listing;
mod manifest;
mod network;
mod provenance;
mod publish;
mod reaches;
mod read;
mod rows;
mod streets;
mod wkb;
mod write;

pub use added::{MakeFiles, add_files};
pub use country::Countries;
pub use followed::read_followed;
pub use geoparquet::geoparquet;
pub use kept::KeptFiles;
pub use listing::{OnDisk, in_force, on_disk};
pub use manifest::{FORMAT, Manifest, ManifestSource, edition_id, is_id, sha256};
pub use publish::{Lock, PublishError, publish};
pub use read::{OpenError, folder_of, open, open_with_files, read_manifest, venues_in_force};
pub use write::write;
