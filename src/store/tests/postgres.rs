//! A store in `PostgreSQL`: the empty database of `MEDIANE_TEST_POSTGRES`, or one made for the test by Debian's own programs.

use super::cluster::{Cluster, programs};
use super::{content, contract, id, once, plans, scenario, wait};
use crate::ports::*;
use crate::store::{Location, SqlStore};

#[test]
fn postgresql_keeps_the_contract() {
    if let Ok(url) = std::env::var("MEDIANE_TEST_POSTGRES") {
        let [store, other] = [(); 2].map(|()| SqlStore::open(&Location::Postgres(url.clone())).unwrap());
        contract::kept_by(&store);
        plans::kept_by(&store, &other);
        return once::kept_by(&store, &other);
    }
    let Some(programs) = programs() else {
        eprintln!("SKIPPED: no PostgreSQL under /usr/lib/postgresql, and MEDIANE_TEST_POSTGRES is not set");
        return;
    };
    let cluster = match Cluster::start(programs) {
        Ok(cluster) => cluster,
        Err(error) => {
            eprintln!("SKIPPED: PostgreSQL did not start: {error}");
            return;
        }
    };
    let location = Location::Postgres(cluster.url());
    // Two replicas that start at once make the tables once.
    let [store, other] = std::thread::scope(|scope| {
        let start = || SqlStore::open(&location).unwrap();
        [scope.spawn(start), scope.spawn(start)].map(|started| started.join().unwrap())
    });
    contract::kept_by(&store);
    plans::kept_by(&store, &other);
    once::kept_by(&store, &other);
    drop(other);
    // The database ends and comes back: what is asked meanwhile is to be asked again, and nothing needs a restart.
    let number = |number| scenario(number, 9, content("un", Visibility::Private));
    wait(store.create(number(101))).unwrap();
    cluster.stop().unwrap();
    for _ in 0..3 {
        assert_eq!(wait(store.create(number(102))), Err(StoreError::Busy));
        assert_eq!(wait(store.read(id(101), None)), Err(StoreError::Busy));
    }
    let late = SqlStore::open(&location).unwrap();
    assert!(!late.is_reached());
    assert_eq!(wait(late.create(number(103))), Err(StoreError::Busy));
    cluster.go_on().unwrap();
    for (store, own) in [(&store, 104), (&late, 105)] {
        assert_eq!(wait(store.create(number(own))), Ok(()));
        assert_eq!(wait(store.read(id(101), None)).map(|found| found.is_some()), Ok(true), "what was kept is there");
    }
    assert!(late.is_reached());
}
