//! Flags and variables, made of the table of keys.

use std::path::PathBuf;
use std::sync::LazyLock;

use clap::builder::PossibleValuesParser;
use clap::parser::ValueSource;
use clap::{Arg, ArgAction, ArgMatches, Command, Error, FromArgMatches};

use super::fault::Origin;
use super::key::Key;
use super::keys::KEYS;
use super::kind::Kind;
use super::said::Said;

/// What the command line and the environment say.
#[derive(Debug, Clone, Default)]
pub struct Arguments {
    /// The file.
    pub file: Option<PathBuf>,
    pub(super) said: Vec<Said>,
    /// Variables that are none of ours, and nearly: what they say is not heard.
    pub(super) misspelt: Vec<String>,
}

/// Slips of the pen in a name at most.
const SLIPS: usize = 2;

/// The variables among some that were meant for a key and are not its own, in a sentence each. What is far from every key
/// belongs to somebody else: an orchestrator gives its containers variables that begin with the name of the service.
pub(super) fn misspelt(variables: impl IntoIterator<Item = String>) -> Vec<String> {
    let ours = || NAMES.iter().map(|(_, variable)| variable.as_str()).chain(["MEDIANE_CONFIG"]);
    let meant = |variable: &String| {
        let is_near = |known: &&str| strsim::damerau_levenshtein(known, variable) <= SLIPS;
        if ours().any(|known| known == variable) { None } else { ours().find(is_near) }
    };
    let mut told: Vec<String> = variables
        .into_iter()
        .filter_map(|variable| {
            meant(&variable).map(|known| {
                format!("the variable {variable} is none of ours and changes nothing; did you mean {known}?")
            })
        })
        .collect();
    told.sort();
    told
}

const FILE: &str = "config";

/// The flag and the variable of each key: clap keeps names for as long as the program runs.
static NAMES: LazyLock<Vec<(String, String)>> =
    LazyLock::new(|| KEYS.iter().map(|key| (key.flag(), key.variable())).collect());

fn argument((key, (flag, variable)): (&'static Key, &'static (String, String))) -> Arg {
    let mut argument = Arg::new(key.name)
        .long(flag.as_str())
        .env(variable.as_str())
        .hide_env_values(true)
        .value_name(key.placeholder)
        .help(match key.default {
            Some(value) => format!("{} [default: {value}]", key.meaning),
            None => key.meaning.to_owned(),
        });
    if let Some(also) = key.also {
        argument = argument.alias(also);
    }
    match key.kind {
        Kind::Switch => argument.num_args(0..=1).require_equals(true).default_missing_value("true"),
        Kind::Choice(words) => argument.value_parser(PossibleValuesParser::new(words)),
        kind if kind.is_list() => argument.action(ArgAction::Append).value_delimiter(','),
        _ => argument,
    }
}

impl clap::Args for Arguments {
    fn augment_args(command: Command) -> Command {
        let file = Arg::new(FILE)
            .long(FILE)
            .env("MEDIANE_CONFIG")
            .value_name("FILE")
            .value_parser(clap::value_parser!(PathBuf))
            .help("Configuration in TOML; a flag wins over a variable, a variable over this file");
        command.arg(file).args(KEYS.iter().zip(NAMES.iter()).map(argument))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for Arguments {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        let said = |key: &'static Key| {
            let origin = match matches.value_source(key.name)? {
                ValueSource::EnvVariable => Origin::Variable(key.variable()),
                _ => Origin::Flag(format!("--{}", key.flag())),
            };
            let texts: Vec<String> = matches.get_many::<String>(key.name)?.cloned().collect();
            // An empty variable is how containers say nothing.
            let nothing = matches!(origin, Origin::Variable(_)) && texts.iter().all(String::is_empty);
            (!nothing).then_some(Said { key, texts, origin })
        };
        Ok(Self {
            file: matches.get_one::<PathBuf>(FILE).filter(|path| !path.as_os_str().is_empty()).cloned(),
            said: KEYS.iter().filter_map(said).collect(),
            misspelt: misspelt(std::env::vars_os().filter_map(|(name, _)| name.into_string().ok())),
        })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}
