//! What is in force: the flag, else the variable, else the file, else the default.

use std::path::{Path, PathBuf};

use super::arguments::Arguments;
use super::fault::{Fault, Faults, Origin};
use super::file;
use super::key::Key;
use super::keys::KEYS;
use super::kind::{Kind, Value};
use super::said::Said;

/// A configuration that was understood.
#[derive(Debug)]
pub struct Config {
    /// The file it comes from.
    pub file: Option<PathBuf>,
    /// Each key that has a value, with where the value comes from.
    pub(super) values: Vec<(&'static Key, Value, Origin)>,
    /// Variables that are nearly ours, in sentences.
    pub(super) misspelt: Vec<String>,
}

impl Config {
    /// Gathers what was said.
    ///
    /// # Errors
    /// Everything that is wrong, at once.
    pub fn gather(arguments: &Arguments) -> Result<Self, Faults> {
        let (mut faults, mut values) = (Vec::new(), Vec::new());
        let in_file = arguments.file.as_deref().map_or_else(|| Ok(Vec::new()), file::read).unwrap_or_else(|found| {
            faults.extend(found.0);
            Vec::new()
        });
        for key in KEYS {
            let by_default =
                key.default.map(|text| Said { key, texts: vec![text.to_owned()], origin: Origin::Default });
            let of_this = |said: &&Said| said.key.name == key.name;
            let said =
                arguments.said.iter().find(of_this).or_else(|| in_file.iter().find(of_this)).or(by_default.as_ref());
            // What is said in vain is checked all the same: it would be a trap for whoever removes the flag.
            for other in in_file.iter().filter(of_this) {
                if key.kind.read(&other.texts).is_none() && said.is_none_or(|said| said.origin != other.origin) {
                    faults.push(fault(other));
                }
            }
            match said.map(|said| (said, key.kind.read(&said.texts))) {
                None => {}
                Some((said, None)) => faults.push(fault(said)),
                Some((said, Some(value))) => values.push((key, beside(value, key, &said.origin), said.origin.clone())),
            }
        }
        let config = Self { file: arguments.file.clone(), values, misspelt: arguments.misspelt.clone() };
        config.check(&mut faults);
        if faults.is_empty() { Ok(config) } else { Err(Faults(faults)) }
    }

    /// The value of a key and where it comes from.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<(&Value, &Origin)> {
        self.values.iter().find(|(key, ..)| key.name == name).map(|(_, value, origin)| (value, origin))
    }

    /// What does not go together.
    fn check(&self, faults: &mut Vec<Fault>) {
        let address = |name| {
            self.get(name).and_then(|(value, origin)| match value {
                Value::Address(address) if address.port() != 0 => Some((*address, origin)),
                _ => None,
            })
        };
        if let (Some((public, _)), Some((metrics, origin))) = (address("listen"), address("metrics_listen"))
            && public.port() == metrics.port()
            && (public.ip() == metrics.ip() || public.ip().is_unspecified() || metrics.ip().is_unspecified())
        {
            let message =
                format!("metrics_listen: {metrics} is the address of the service (listen); metrics are not public");
            faults.push(Fault { origin: origin.clone(), message });
        }
    }
}

fn fault(said: &Said) -> Fault {
    let Said { key, texts, origin } = said;
    let expected = key.kind.expected();
    let got = texts.iter().map(|text| format!("{:?}", shortened(text))).collect::<Vec<_>>().join(", ");
    let message = if key.kind.is_secret() {
        format!("{}: expected {expected}", key.name)
    } else {
        format!("{}: got {got}, expected {expected}", key.name)
    };
    Fault { origin: origin.clone(), message }
}

fn shortened(text: &str) -> String {
    const LONGEST: usize = 80;
    if text.chars().count() <= LONGEST { text.to_owned() } else { text.chars().take(LONGEST).chain(['…']).collect() }
}

/// A relative path of a file means: from the folder of that file.
fn beside(value: Value, key: &Key, origin: &Origin) -> Value {
    let Origin::File { path: file, .. } = origin else { return value };
    let folder = file.parent().unwrap_or(Path::new(""));
    match value {
        Value::Path(path) => Value::Path(folder.join(path)),
        Value::Text(text) if key.kind == Kind::Store && !text.contains("://") => {
            Value::Text(folder.join(text).to_string_lossy().into_owned())
        }
        other => other,
    }
}
