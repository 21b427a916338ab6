//! Resorts, villages overseas and lands that are better known than the communes they are in, and towns and régions by their names in
//! English. By hand, 2026; codes of today.

/// A folded name, and the codes of what it is in, the likeliest first.
pub const VILLAGES: [(&str, &[&str]); 62] = [
    // Winter resorts and beaches, beside the commune that they are in.
    ("val thorens", &["73257"]),
    ("les menuires", &["73257"]),
    ("courchevel 1850", &["73227"]),
    ("meribel", &["73015"]),
    ("meribel mottaret", &["73015"]),
    ("arc 1600", &["73054"]),
    ("arc 1800", &["73054"]),
    ("arc 1950", &["73054"]),
    ("arc 2000", &["73054"]),
    ("les arcs 1600", &["73054"]),
    ("les arcs 1800", &["73054"]),
    ("les arcs 1950", &["73054"]),
    ("les arcs 2000", &["73054"]),
    ("avoriaz", &["74191"]),
    ("flaine", &["74014"]),
    ("serre chevalier", &["05161", "05133", "05079"]),
    ("super besse", &["63038"]),
    ("pra loup", &["04226"]),
    ("le lioran", &["15101"]),
    ("cap d agde", &["34003"]),
    ("carnon", &["34154"]),
    ("carnon plage", &["34154"]),
    ("juan les pins", &["06004"]),
    ("port camargue", &["30133"]),
    ("hossegor", &["40304"]),
    // Villages and quarters overseas that are better known than their commune.
    ("la saline les bains", &["97415"]),
    ("saint gilles les bains", &["97415"]),
    ("saint gilles les hauts", &["97415"]),
    ("l hermitage les bains", &["97415"]),
    ("plaine des cafres", &["97422"]),
    ("riviere des galets", &["97407"]),
    ("sainte clotilde", &["97411"]),
    ("jarry", &["97103"]),
    ("raizet", &["97101"]),
    ("cacao", &["97310"]),
    ("tonate", &["97305"]),
    ("combani", &["97617"]),
    ("kaweni", &["97611"]),
    ("labattoir", &["97608"]),
    ("majicavo", &["97610"]),
    ("mtsapere", &["97611"]),
    ("passamainti", &["97611"]),
    ("passamainty", &["97611"]),
    ("taravao", &["98747"]),
    // Lands that are no territory of today.
    ("bresse", &["01053", "71263"]),
    ("forez", &["42147"]),
    ("larzac", &["12145", "34142"]),
    ("medoc", &["33240", "33314"]),
    ("morvan", &["58062", "71014", "89025"]),
    ("vexin", &["95355", "27284", "60143"]),
    // Names in English.
    ("brittany", &["R53"]),
    ("burgundy", &["71", "21", "89", "58"]),
    ("corsica", &["R94"]),
    ("dunkirk", &["59183"]),
    ("french guiana", &["973"]),
    ("french polynesia", &["987"]),
    ("french riviera", &["06", "83"]),
    ("new caledonia", &["988"]),
    ("normandy", &["R28"]),
    ("picardy", &["80", "60", "02"]),
    ("reunion island", &["974"]),
    ("rheims", &["51454"]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_folded_and_stands_once() {
        let mut names: Vec<&str> = VILLAGES.iter().map(|(name, _)| *name).collect();
        assert!(names.iter().all(|name| crate::domain::text::fold_place(name) == **name), "{names:?}");
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), VILLAGES.len());
    }
}
