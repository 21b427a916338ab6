//! A report as a document that people go on writing: every table with the titles of its columns, then what they mean and where
//! they come from. `WordprocessingML` (ISO/IEC 29500) by hand: six small parts in an archive. The same question gives the
//! same bytes.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::changes::feed::escaped;
use super::definitions::Definition;
use super::french;
use super::report::Report;
use super::table::Table;
use crate::features::Value;
use crate::http::State;
use crate::http::problem::Problem;

const CONTENT_TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>"#;

const RELS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>"#;

const DOCUMENT_RELS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"#;

const STYLES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Liberation Sans" w:hAnsi="Liberation Sans" w:cs="Liberation Sans"/><w:sz w:val="20"/><w:lang w:val="fr-FR"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="120"/></w:pPr></w:pPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style><w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:basedOn w:val="Normal"/><w:rPr><w:b/><w:sz w:val="36"/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:pPr><w:keepNext/><w:spacing w:before="240"/><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/><w:sz w:val="26"/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="Cell"><w:name w:val="Cell"/><w:basedOn w:val="Normal"/><w:pPr><w:spacing w:after="0"/></w:pPr><w:rPr><w:sz w:val="14"/></w:rPr></w:style><w:style w:type="table" w:styleId="Grid"><w:name w:val="Grid"/><w:tblPr><w:tblBorders><w:top w:val="single" w:sz="4" w:color="66787C"/><w:bottom w:val="single" w:sz="4" w:color="66787C"/><w:insideH w:val="single" w:sz="4" w:color="C3CFD1"/></w:tblBorders><w:tblCellMar><w:left w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style></w:styles>"#;

/// A picture that stands before the tables.
#[derive(Debug, Clone)]
pub struct Picture {
    /// An Enhanced Metafile.
    pub emf: Vec<u8>,
    /// Width and height, in units of one proportion.
    pub size: [u32; 2],
    /// What it shows, for whoever does not see it.
    pub words: String,
}

/// Writes the report.
///
/// # Errors
/// 500 when the archive cannot be written, which no data makes happen.
pub(crate) fn write(report: &Report, state: &State) -> Result<Vec<u8>, Problem> {
    illustrated(report, state, None)
}

/// The same with a picture.
///
/// # Errors
/// Those of a report without one.
pub fn illustrated(report: &Report, state: &State, picture: Option<&Picture>) -> Result<Vec<u8>, Problem> {
    let core = core_properties(report, state);
    let document = document(report, state, picture);
    let types = CONTENT_TYPES.replacen("<Override", EMF_TYPE, usize::from(picture.is_some()));
    let relations = DOCUMENT_RELS.replacen("<Relationship ", EMF_RELATION, usize::from(picture.is_some()));
    let mut parts = vec![
        ("[Content_Types].xml", types.as_bytes()),
        ("_rels/.rels", RELS.as_bytes()),
        ("docProps/core.xml", core.as_bytes()),
        ("word/document.xml", document.as_bytes()),
        ("word/_rels/document.xml.rels", relations.as_bytes()),
        ("word/styles.xml", STYLES.as_bytes()),
    ];
    parts.extend(picture.map(|picture| ("word/media/carte.emf", &picture.emf[..])));
    archive(&parts).map_err(|error| state.incident(report.subject, &error.to_string()))
}

/// What a picture adds to the parts that name others, before what stands there.
const EMF_TYPE: &str = r#"<Default Extension="emf" ContentType="image/x-emf"/><Override"#;
const EMF_RELATION: &str = r#"<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="media/carte.emf"/><Relationship "#;
/// English Metric Units in a millimetre, and the room that a page has for a picture.
const EMU_PER_MM: f64 = 36_000.0;
const MOST_MM: [f64; 2] = [250.0, 150.0];

fn write_picture(out: &mut String, picture: &Picture) {
    let [wide, high] = picture.size.map(f64::from);
    let scale = EMU_PER_MM * (MOST_MM[0] / wide).min(MOST_MM[1] / high);
    let [cx, cy] = [wide, high].map(|side| (side * scale).round() as u64);
    let words = escaped(&picture.words);
    let _ = write!(
        out,
        "<w:p><w:r><w:drawing><wp:inline xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" \
         distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx=\"{cx}\" cy=\"{cy}\"/><wp:docPr id=\"1\" name=\"Carte\" \
         descr=\"{words}\"/><a:graphic xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\"><a:graphicData \
         uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic \
         xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:nvPicPr><pic:cNvPr id=\"1\" \
         name=\"carte.emf\"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip \
         xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" r:embed=\"rId2\"/><a:stretch><a:fillRect/>\
         </a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"{cx}\" cy=\"{cy}\"/></a:xfrm><a:prstGeom \
         prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    );
}

fn archive(parts: &[(&str, &[u8])]) -> std::io::Result<Vec<u8>> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    // No time of writing: it would make every document another one.
    let options = SimpleFileOptions::DEFAULT.compression_method(CompressionMethod::Deflated);
    for (name, bytes) in parts {
        archive.start_file(*name, options)?;
        archive.write_all(bytes)?;
    }
    Ok(archive.finish()?.into_inner())
}

fn title(report: &Report) -> String {
    format!("{} — {}", report.tables[0].title, report.place.name)
}

fn core_properties(report: &Report, state: &State) -> String {
    let day = state.atlas.edition().as_of.unwrap_or_default();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<cp:coreProperties \
         xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{}</dc:title><dc:creator>Médiane</dc:creator>\
         <dc:language>fr-FR</dc:language><dcterms:created xsi:type=\"dcterms:W3CDTF\">{day}T00:00:00Z</dcterms:created>\
         </cp:coreProperties>",
        escaped(&title(report))
    )
}

fn document(report: &Report, state: &State, picture: Option<&Picture>) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:document \
         xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>",
    );
    paragraph(&mut out, "Title", &title(report));
    let edition = state.atlas.edition();
    let day = edition.as_of.map_or_else(|| "sans date".to_owned(), |day| format!("du {}", french::date(day)));
    paragraph(&mut out, "Normal", &format!("Médiane, édition {day} ({}).", edition.id));
    if edition.demonstration {
        paragraph(&mut out, "Normal", "Démonstration : les lieux sont fictifs.");
    }
    let (said, tables): (Vec<&Table>, Vec<&Table>) = report.tables.iter().partition(|table| table.columns.len() == 1);
    for sentence in said.iter().flat_map(|table| &table.rows).flat_map(|row| &row.values) {
        paragraph(&mut out, "Normal", &plain(sentence, ""));
    }
    picture.into_iter().for_each(|picture| write_picture(&mut out, picture));
    for table in tables.iter().filter(|table| !table.rows.is_empty()) {
        paragraph(&mut out, "Heading1", table.title);
        write_table(&mut out, table);
    }
    explain(&mut out, report, state);
    paragraph(&mut out, "Normal", &format!("Pour refaire ce calcul : {}", report.parameters()));
    out + "<w:sectPr><w:pgSz w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"/><w:pgMar w:top=\"720\" w:right=\"720\" \
           w:bottom=\"720\" w:left=\"720\" w:header=\"360\" w:footer=\"360\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>"
}

fn paragraph(out: &mut String, style: &str, text: &str) {
    let text = escaped(text);
    let _ = write!(
        out,
        "<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr><w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>"
    );
}

/// A table without the columns in which nothing is known; its head is repeated on every page.
fn write_table(out: &mut String, table: &Table) {
    let kept: Vec<usize> = (0..table.columns.len())
        .filter(|&i| table.rows.iter().any(|row| row.values.get(i).is_some_and(|value| *value != Value::Unknown)))
        .collect();
    // A row says its own unit where a column holds things of several kinds.
    let unit = table.columns.iter().position(|column| column.name == "unit");
    *out += "<w:tbl><w:tblPr><w:tblStyle w:val=\"Grid\"/><w:tblW w:w=\"5000\" w:type=\"pct\"/></w:tblPr><w:tblGrid>";
    kept.iter().for_each(|_| *out += "<w:gridCol/>");
    *out += "</w:tblGrid><w:tr><w:trPr><w:tblHeader/></w:trPr>";
    kept.iter().for_each(|&i| cell(out, &table.columns[i].heading(), "left", true));
    *out += "</w:tr>";
    for row in &table.rows {
        *out += "<w:tr><w:trPr><w:cantSplit/></w:trPr>";
        let own =
            unit.and_then(|i| if let Some(Value::Text(unit)) = row.values.get(i) { Some(unit.as_ref()) } else { None });
        for &i in &kept {
            let value = &row.values[i];
            let number = matches!(value, Value::Integer(_) | Value::Number(_));
            let unit = own.filter(|_| number).unwrap_or(table.columns[i].definition.unit);
            cell(out, &plain(value, unit), if number { "right" } else { "left" }, false);
        }
        *out += "</w:tr>";
    }
    *out += "</w:tbl>";
}

fn cell(out: &mut String, text: &str, align: &str, is_head: bool) {
    let bold = if is_head { "<w:b/>" } else { "" };
    let _ = write!(
        out,
        "<w:tc><w:tcPr><w:tcW w:w=\"0\" w:type=\"auto\"/></w:tcPr><w:p><w:pPr><w:pStyle w:val=\"Cell\"/><w:jc \
         w:val=\"{align}\"/></w:pPr><w:r><w:rPr>{bold}</w:rPr><w:t xml:space=\"preserve\">{}</w:t></w:r></w:p></w:tc>",
        escaped(text)
    );
}

/// A value as a French reader expects it; a part of one in per cent. What is unknown says so.
fn plain(value: &Value<'_>, unit: &str) -> String {
    match value {
        Value::Unknown => "inconnu".into(),
        Value::Text(text) => text.to_string(),
        Value::List(texts) => texts.join(", "),
        Value::Integer(number) => french::integer(*number),
        Value::Number(number) if unit == "part" => french::measure(100.0 * number, 1, "%"),
        Value::Number(number) => {
            let decimals = (0..4).find(|d| (number * 10_f64.powi(*d)).fract().abs() < 1e-9).unwrap_or(4);
            french::decimal(*number, decimals as u8)
        }
        Value::Flag(true) => "oui".into(),
        Value::Flag(false) => "non".into(),
    }
}

/// What the columns mean, and where everything comes from.
fn explain(out: &mut String, report: &Report, state: &State) {
    paragraph(out, "Heading1", "Ce que veulent dire les colonnes");
    let mut told: Vec<&str> = Vec::new();
    for column in report.tables.iter().flat_map(|table| &table.columns) {
        let Definition { id, title, text, .. } = column.definition;
        if !told.contains(id) {
            told.push(id);
            paragraph(out, "Normal", &format!("{title} : {text}"));
        }
    }
    paragraph(out, "Heading1", "Sources");
    for source in state.atlas.edition().sources.iter().filter(|source| source.present) {
        let day = french::vintage(&source.vintage);
        paragraph(out, "Normal", &format!("{} — {}, {day}, {}.", source.title, source.publisher, source.licence));
    }
    paragraph(
        out,
        "Normal",
        "Avant de se servir de ces chiffres : pas d’objectif fixé sur un rang, pas d’évolution plus petite que la fourchette, \
         pas d’investissement sans demander aux personnes. Voir la page « Mode d’emploi » du service.",
    );
}
