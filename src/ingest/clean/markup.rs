//! Texts that somebody wrote for a page of another site: Markdown and comments of HTML are no words.

/// A text without its marks: `\-` is a dash, `**notre action**` is said without stars, `<!-- -->` says nothing.
#[must_use]
pub fn plain(text: &str) -> String {
    if !text.contains(['\\', '*', '<', '#', '_', '`']) {
        return text.to_owned();
    }
    let mut rest = text;
    let mut said = String::with_capacity(text.len());
    while let Some((before, after)) = rest.split_once("<!--") {
        let Some((_, after)) = after.split_once("-->") else { break };
        said.push_str(before);
        rest = after;
    }
    said.push_str(rest);
    let said = said.replace("**", "").replace("__", "");
    let mut plain = String::with_capacity(said.len());
    let mut chars = said.chars().peekable();
    while let Some(c) = chars.next() {
        let escapes = c == '\\' && chars.peek().is_some_and(|next| r"\`*_{}[]()#+-.!>|~".contains(*next));
        if !escapes {
            plain.push(c);
        }
    }
    let lines = plain.lines().map(|line| {
        let bare = line.trim_start().trim_start_matches('#');
        if line.trim_start().starts_with('#') && bare.starts_with(' ') { bare.trim_start() } else { line.trim_end() }
    });
    let mut kept: Vec<&str> = Vec::new();
    for line in lines {
        // What a comment leaves behind is one empty line, not three.
        if !(line.is_empty() && kept.last().is_none_or(|last| last.is_empty())) {
            kept.push(line);
        }
    }
    kept.join("\n").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_pages_are_taken_out_of_texts() {
        for (text, said) in [
            ("\\- L'animation pour tous, dès 8&nbsp;ans", "- L'animation pour tous, dès 8&nbsp;ans"),
            (
                "**Notre action :**\n\n- en vous informant\n\n\n<!-- -->\n\nEnsuite",
                "Notre action :\n\n- en vous informant\n\nEnsuite",
            ),
            ("## Horaires\nlundi", "Horaires\nlundi"),
            ("C'est le n\\. 1", "C'est le n. 1"),
            ("2 * 3 = 6, #1 du quartier", "2 * 3 = 6, #1 du quartier"),
            ("Un texte simple", "Un texte simple"),
            ("5 < 6 <!-- sans fin", "5 < 6 <!-- sans fin"),
        ] {
            assert_eq!(plain(text), said, "{text}");
        }
    }
}
