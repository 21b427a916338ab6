//! The largest cities in a plan of the nation: none left out, none favoured.

use std::ops::ControlFlow;

use mediane::domain::CommuneCode;
use mediane::placement::{Threads, verify};
use mediane::planning::{Request, Study};

use super::france;

/// Paris, Marseille, Lyon, Toulouse, Nice, Nantes, Montpellier, Strasbourg, Bordeaux, Lille.
const CITIES: [&str; 10] = ["75056", "13055", "69123", "31555", "06088", "44109", "34172", "67482", "33063", "59350"];

#[test]
fn posts_with_room_for_few_are_spread_over_the_cities_as_their_need_is() {
    let Some(france) = france() else { return };
    // With few posts all are full wherever they go: which town has how many is then nobody's choice but ours.
    for number in ["1000", "4000"] {
        let fields = [("territory", "france"), ("objective", "capacity"), ("posts", number), ("existing", "none")];
        let pairs: Vec<(String, String)> = fields.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
        let request = Request::from_pairs(&pairs).unwrap();
        let study = Study::new(&france.atlas, &request).unwrap();
        let began = std::time::Instant::now();
        let plan = study.solve(Threads::Two, &mut |_| ControlFlow::Continue(()));
        let searched = began.elapsed();
        verify(study.problem(), &plan).unwrap();
        let answer = study.answer(&plan);
        eprintln!("searched in {searched:.1?}, told in {:.1?}: {:?}", began.elapsed(), answer.summary);
        assert_eq!(answer.summary.gap_percent, Some(0.0), "every post is full");
        let posts: u64 = answer.sites.iter().map(|site| u64::from(site.posts)).sum();
        assert_eq!(posts.to_string(), number);
        let need = france.atlas.analysis().need(&france.atlas, request.denominator).unwrap();
        let all: u64 = need.estimate.total(france.atlas.communes().keys());
        for code in CITIES {
            let commune = france.atlas.places().by_code(CommuneCode::parse(code).unwrap()).unwrap();
            let own =
                answer.sites.iter().filter(|site| site.commune == Some(commune)).map(|site| u64::from(site.posts));
            let own = own.sum::<u64>() as f64;
            let due = posts as f64 * need.estimate.total([commune]) as f64 / all as f64;
            let name = &france.atlas.communes()[commune].name;
            eprintln!("{number}, {name}: {own} posts, {due:.1} by its share of the need");
            // Within a factor of two, in whole posts.
            let fits = ((due / 2.0).floor()..=(due * 2.0).ceil()).contains(&own);
            assert!(fits, "{number}, {name}: {own} posts, {due} by its share of the need");
        }
    }
}

#[test]
fn no_plan_of_four_thousand_posts_leaves_a_large_city_uncovered() {
    let Some(france) = france() else { return };
    let fields = [("territory", "france"), ("posts", "4000"), ("existing", "none"), ("minutes", "10")];
    let pairs: Vec<(String, String)> = fields.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
    let study = Study::new(&france.atlas, &Request::from_pairs(&pairs).unwrap()).unwrap();
    let answer = study.answer(&study.solve(Threads::Two, &mut |_| ControlFlow::Continue(())));
    for code in CITIES {
        let commune = france.atlas.places().by_code(CommuneCode::parse(code).unwrap()).unwrap();
        let own = answer.sites.iter().any(|site| site.commune == Some(commune) || site.serves.contains(&commune));
        assert!(own, "{}: nobody goes to a post of the plan", france.atlas.communes()[commune].name);
    }
}
