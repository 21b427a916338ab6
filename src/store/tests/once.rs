//! What a store of answers does, asked by two processes.

use super::wait;
use crate::ports::*;
use crate::store::SqlStore;

fn keyed(number: usize, print: &str) -> Keyed {
    Keyed { id: format!("request {number}"), owner: "o".into(), print: print.into() }
}

/// A request is done once over both connections; the oldest answers of one owner give way.
pub(super) fn kept_by(store: &SqlStore, other: &SqlStore) {
    let begin = |store: &SqlStore, number, print| wait(store.begin_once(keyed(number, print))).unwrap();
    assert_eq!(begin(store, 0, "a"), Repeated::First);
    assert_eq!(begin(other, 0, "a"), Repeated::UnderWay);
    assert_eq!(begin(other, 0, "b"), Repeated::OtherRequest);
    wait(store.take_back_once("request 0".into())).unwrap();
    assert_eq!(begin(other, 0, "b"), Repeated::First, "nothing was done, and it may be tried again");
    wait(other.keep_once("request 0".into(), "answer".into())).unwrap();
    assert_eq!(begin(store, 0, "b"), Repeated::Answered("answer".into()));
    wait(store.take_back_once("request 0".into())).unwrap();
    assert_eq!(begin(store, 0, "b"), Repeated::Answered("answer".into()), "what was answered is not taken back");
    for number in 1..=MOST_ANSWERS_OF_ONE {
        assert_eq!(begin(store, number, "a"), Repeated::First);
        wait(store.keep_once(format!("request {number}"), "x".into())).unwrap();
    }
    assert_eq!(begin(other, 0, "b"), Repeated::First, "the oldest answer gave way");
    assert_eq!(begin(other, MOST_ANSWERS_OF_ONE, "a"), Repeated::Answered("x".into()));
}
