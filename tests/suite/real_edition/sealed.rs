//! What the build has sealed, against what is worked out without it; and what editions of one country share.

use std::fs;
use std::sync::Arc;

use mediane::access::Mode;
use mediane::atlas::figures::{Basis, Followed, above_communes};
use mediane::domain::need::Preset;
use mediane::ingest::edition::{Countries, folder_of, open_with_files, read_followed};
use serde_json::Value;

use super::france;

#[test]
fn what_is_sealed_is_what_would_be_worked_out() {
    let Some(france) = france() else { return };
    let sealed = folder_of(france.out.path());
    let folder = tempfile::tempdir().unwrap();
    // The same edition as if another method had sealed it: a folder that bears no id is asked for none.
    for file in fs::read_dir(&sealed).unwrap().map(Result::unwrap) {
        fs::copy(file.path(), folder.path().join(file.file_name())).unwrap();
    }
    let manifest = folder.path().join("manifest.json");
    let mut text: Value = serde_json::from_slice(&fs::read(&manifest).unwrap()).unwrap();
    text["method"] = 0.into();
    fs::write(&manifest, serde_json::to_vec(&text).unwrap()).unwrap();

    let countries = Countries::default();
    let (read, _) = open_with_files(&sealed, &countries).unwrap();
    let (again, _) = open_with_files(folder.path(), &countries).unwrap();
    assert!(Arc::ptr_eq(read.country(), again.country()), "the tables of the country are the same");
    assert!(!Arc::ptr_eq(read.country(), france.atlas.country()), "nobody shares who was not asked to");

    let [told, worked_out] = [&read, &again].map(|atlas| atlas.analysis());
    assert_eq!(told.access.label(), worked_out.access.label());
    for mode in Mode::ALL {
        assert!(told.access.nearest(mode) == worked_out.access.nearest(mode), "{}", mode.name());
        assert!(told.france_services[mode] == worked_out.france_services[mode], "France services, {}", mode.name());
        let [a, b] = [(told, &read), (worked_out, &again)]
            .map(|(analysis, atlas)| &analysis.need(atlas, Preset::USUAL).unwrap().hours_per_person[mode]);
        assert!(a == b, "hours, {}", mode.name());
    }
    assert!(told.pass == worked_out.pass);

    let need = worked_out.need(&again, Preset::USUAL).unwrap();
    let followed = Followed::of(&above_communes(&Basis::new(&again, need, Mode::Car)));
    assert!(followed.lines().count() > 1_300, "the nation, its régions, départements and EPCI");
    assert_eq!(read_followed(&sealed), Some(followed));
    assert_eq!(read_followed(folder.path()), None, "of another method nothing is believed");
}
