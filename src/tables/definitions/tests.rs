use super::*;

#[test]
fn a_name_means_one_thing() {
    let mut names: Vec<&str> = definitions().iter().map(|definition| definition.id).collect();
    names.sort_unstable();
    let twice: Vec<&[&str]> = names.windows(2).filter(|pair| pair[0] == pair[1]).collect();
    assert!(twice.is_empty(), "two definitions have one name, and the second is never shown: {twice:?}");
}
