//! Machine codes: the closed set of what can be wrong with a file, a row or a value, with their official spelling.

use std::fmt;

use serde::{Serialize, Serializer};

/// Declares the enum and its spellings side by side, so that one cannot change without the other.
macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $variant:ident = $spelling:literal,)+) => {
        /// What was found. Spelled in French in reports, because administrations publish and read them.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $($(#[doc = $doc])+ $variant,)+
        }

        impl Code {
            /// Every code, in the order of this file.
            pub const ALL: &[Code] = &[$(Code::$variant,)+];

            /// The official spelling, stable from one release to the next.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Code::$variant => $spelling,)+
                }
            }
        }
    };
}

codes! {
    // The file as a whole.
    /// The file has no byte, or only blank ones.
    EmptyFile = "fichier_vide",
    /// A header, or an empty list, and no row.
    NoRows = "aucune_ligne",
    /// A web page saved under the name of a data file.
    HtmlContent = "contenu_html",
    /// The file cannot be opened or read.
    UnreadableFile = "fichier_illisible",
    /// Another kind of file than declared (ZIP, XLSX, JSON for CSV…).
    UnexpectedContent = "contenu_inattendu",
    /// More bytes than the limit.
    TooLarge = "trop_gros",
    /// More rows than the limit.
    TooManyRows = "trop_de_lignes",
    /// More columns than the limit.
    TooManyColumns = "trop_de_colonnes",
    /// One value longer than the limit.
    FieldTooLong = "champ_trop_long",
    /// The file ends in the middle of a row.
    TruncatedFile = "fichier_tronque",
    /// Other bytes than those the publisher announced.
    ChecksumMismatch = "empreinte_differente",
    /// The last row is complete but its line is not ended.
    NoFinalNewline = "saut_final_absent",
    /// Far fewer rows than in the previous edition.
    DropInRows = "chute_de_volume",
    /// Far more rows than in the previous edition.
    RiseInRows = "hausse_de_volume",
    /// A file that the previous edition had and that is not there.
    AbsentFile = "fichier_absent",
    /// The reading of the file took more memory than it may.
    MemoryExceeded = "memoire_depassee",
    /// The reading of the file took more time than it may.
    TimeExceeded = "temps_depasse",
    /// Too large a share of the rows was set aside.
    TooManyQuarantined = "taux_de_quarantaine",
    /// Too large a share of the places has moved.
    DriftInPositions = "derive_de_position",
    /// The reader itself failed; a defect of the program, not of the file.
    ReaderFailure = "lecture_impossible",

    // Encoding.
    /// Not UTF-8; read in the encoding named in the entry.
    GuessedEncoding = "encodage_deduit",
    /// One line in another encoding than the rest of the file.
    MixedEncoding = "encodage_mixte",
    /// No encoding explains the bytes.
    UnknownEncoding = "encodage_inconnu",
    /// Text that was decoded wrongly before it came to us.
    LikelyMojibake = "mojibake_probable",
    /// A NUL byte.
    NulByte = "octet_nul",
    /// A control character, such as a terminal escape.
    ControlCharacter = "caractere_controle",
    /// A character that changes the direction of writing.
    BidiControl = "bidi",

    // Lines, fields and columns.
    /// Another separator than the declared one.
    GuessedSeparator = "separateur_deduit",
    /// No accepted separator explains the header.
    UnknownSeparator = "separateur_inconnu",
    /// Lines ended by a lone carriage return.
    LineEnds = "fin_de_ligne",
    /// Fewer fields than columns.
    ShortRow = "ligne_trop_courte",
    /// More fields than columns.
    LongRow = "ligne_trop_longue",
    /// A quote that is never closed, or closed rows later.
    UnclosedQuote = "guillemet_non_ferme",
    /// A quote inside a field that is not quoted, or text after a closing quote.
    InvalidQuote = "guillemet_invalide",
    /// Lines that hold nothing.
    BlankLine = "ligne_vide",
    /// Prose above the header.
    TitleLines = "lignes_de_titre",
    /// A row that the publisher itself marks as not to be shown.
    ExcludedRow = "exclu_par_la_source",
    /// A row of totals.
    TotalRow = "ligne_total",
    /// A row of the template left in the file.
    TemplateRow = "exemple_modele",
    /// A required column is absent.
    MissingColumn = "colonne_manquante",
    /// A column nobody asked for.
    UnknownColumn = "colonne_inconnue",
    /// A column of the previous edition's file that is gone, or no longer filled.
    VanishedColumn = "colonne_disparue",
    /// Two columns of one name.
    DuplicateColumn = "colonne_en_double",
    /// A column without a name.
    UnnamedColumn = "colonne_sans_nom",
    /// A column known under another name.
    RenamedColumn = "colonne_renommee",
    /// A list whose separator is not the standard one.
    ListSeparator = "separateur_liste",

    // JSON and Parquet.
    /// The text is not JSON.
    InvalidJson = "json_invalide",
    /// One object says the same key twice.
    DuplicateKey = "cle_json_en_double",
    /// Objects within objects beyond the limit.
    TooDeep = "json_trop_profond",
    /// An element of the list is not an object.
    NotAnObject = "objet_attendu",
    /// A geometry other than a point.
    UnexpectedGeometry = "geometrie_inattendue",
    /// The Parquet file cannot be decoded.
    CorruptParquet = "parquet_corrompu",
    /// The Parquet file has lost its end.
    TruncatedParquet = "parquet_tronque",
    /// A Parquet column is of a type no cell can hold.
    ParquetSchema = "parquet_schema",

    // Identifiers and texts.
    /// No identifier.
    MissingId = "id_absent",
    /// One identifier for two different rows.
    DuplicateId = "id_en_double",
    /// An identifier beyond 512 characters.
    LongId = "id_trop_long",
    /// An identifier that does not survive in a URL.
    IdCharacters = "id_caracteres",
    /// Two identifiers that differ only by Unicode form.
    UnicodeId = "id_unicode",
    /// The same row twice.
    ExactDuplicate = "doublon_exact",
    /// Probably the same place as another row.
    LikelyDuplicate = "doublon_probable",
    /// A SIRET that cannot be one.
    InvalidPivot = "pivot_invalide",
    /// No name.
    MissingName = "nom_absent",
    /// A number or an identifier where the name belongs.
    InvalidName = "nom_invalide",
    /// Markup in a text.
    HtmlInText = "html_dans_texte",
    /// A text longer than the standard allows.
    LongText = "texte_trop_long",
    /// A word that stands for nothing (NULL, `[ND]`, `#N/A`).
    NullWord = "mot_vide",
    /// A text that was still escaped for HTML or JSON.
    EscapedText = "texte_echappe",
    /// A value outside the closed list.
    UnlistedValue = "valeur_hors_liste",
    /// Opening hours that cannot be understood.
    InvalidHours = "horaires_invalides",
    /// Opening hours whose meaning was made plain: another notation, an early time.
    RepairedHours = "horaires_traduits",
    /// A telephone number that cannot be one.
    InvalidPhone = "telephone_invalide",
    /// An e-mail address that cannot be one.
    InvalidEmail = "courriel_invalide",
    /// An e-mail address that looks like a person's.
    PersonalEmail = "courriel_personnel",
    /// A link that must not be followed.
    InvalidUrl = "url_invalide",
    /// A link without its scheme.
    RepairedUrl = "url_reparee",
    /// A date that does not exist.
    InvalidDate = "date_invalide",
    /// A date in French order.
    DateFormat = "date_format",
    /// A date whose day and month could be swapped.
    AmbiguousDate = "date_ambigue",
    /// A date after the build.
    FutureDate = "date_future",
    /// A date before the web.
    AncientDate = "date_ancienne",

    // Places.
    /// No coordinates, or only one.
    MissingCoordinates = "coordonnees_absentes",
    /// Coordinates 0, 0.
    NullIsland = "coordonnees_nulles",
    /// Latitude and longitude swapped.
    SwappedCoordinates = "coordonnees_inversees",
    /// A coordinate that is not a number of degrees.
    InvalidCoordinate = "coordonnee_invalide",
    /// Metres of Lambert-93.
    Lambert93 = "projection_lambert93",
    /// Metres of Web Mercator.
    WebMercator = "projection_mercator",
    /// Metres of Lambert II étendu.
    Lambert2 = "projection_lambert2",
    /// Outside every French territory.
    OutsideTerritory = "hors_territoire",
    /// Away from the commune it names.
    OutsideCommune = "hors_commune",
    /// Placed by its address.
    PlacedByAddress = "place_par_adresse",
    /// The coordinates of the commune, not of the place.
    CommuneCoordinates = "coordonnees_commune",
    /// Many places on one point.
    RepeatedCoordinates = "coordonnees_repetees",
    /// The name of a place holds that of a person.
    PersonName = "nom_de_personne",
    /// A record that citizens are not shown: a test, a seat of offices, a firm's own service, a place closed or not to be used.
    HiddenPlace = "lieu_masque",
    /// The name of a place says that it moves, and the list does not.
    MovingPlace = "lieu_mobile",
    /// Coordinates of few decimals.
    LowPrecision = "precision_faible",
    /// A code that had lost its leading zero.
    CompletedCode = "code_complete",
    /// A code written another way.
    NormalisedCode = "code_normalise",
    /// A code of an earlier vintage.
    OutdatedCode = "code_perime",
    /// A code of an arrondissement of Paris, Lyon or Marseille.
    ArrondissementCode = "code_arrondissement",
    /// A code that fits several places.
    AmbiguousCode = "code_ambigu",
    /// A commune that was split again.
    SplitCode = "code_scinde",
    /// A code no vintage knows.
    UnknownCode = "code_inconnu",
    /// A postal code given for an INSEE code, or the reverse.
    ConfusedCode = "code_confusion",
    /// A code that has not the shape of one.
    InvalidCode = "code_invalide",
    /// A CEDEX postal code.
    CedexCode = "code_cedex",
    /// An overseas code that fits several territories.
    OverseasCode = "code_drom",
    /// A commune under another name.
    CommuneAlias = "commune_alias",

    // Indicators.
    /// A value under statistical secrecy.
    SuppressedValue = "valeur_secrete",
    /// A value that is not a number of its unit.
    InvalidValue = "valeur_invalide",
    /// A value its indicator cannot take.
    ValueOutOfRange = "valeur_hors_bornes",
    /// A column that says the same everywhere.
    ConstantValues = "valeurs_constantes",
    /// Shares and percentages in one column.
    MixedUnits = "unite_incoherente",
    /// One territory with two different values.
    RepeatedKey = "cle_en_double",
    /// A territory the reference does not know.
    UnknownKey = "cle_inconnue",
    /// Values of another vintage than the map.
    Vintage = "millesime",
    /// A vintage nobody declared.
    UnknownVintage = "millesime_inconnu",
    /// A city and its arrondissements together.
    CountedTwice = "plm_double",
    /// A year written with decimals.
    PartialYear = "annee_partielle",
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_code_has_its_own_snake_case_spelling() {
        let spellings: BTreeSet<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
        assert_eq!(spellings.len(), Code::ALL.len());
        for spelling in spellings {
            assert!(spelling.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_'), "{spelling}");
        }
    }
}
