//! Posts that fill up and move, against flows that are looked for anew.

use std::cmp::Ordering;

use super::instances::{capacity, problems};
use crate::placement::flow::{Flow, most_served};
use crate::placement::random::Random;

#[test]
fn a_post_moves_where_more_are_served_and_all_stands_as_before_where_fewer_are() {
    let mut random = Random::new(5);
    let (mut moved, mut refused) = (0, 0);
    for problem in problems(60, 12, 40, capacity(40, 60.0)) {
        let sites = problem.sites().len();
        let mut posts: Vec<u32> = (0..sites).map(|_| random.below(3) as u32).collect();
        let mut flow = Flow::new(&problem);
        (0..).zip(&posts).filter(|(_, count)| **count > 0).for_each(|(site, &count)| {
            flow.add_posts(site, count);
        });
        for _ in 0..40 {
            let [from, to] = [0, 1].map(|_| random.below(sites));
            let gives = posts[from] > 0 && random.below(4) > 0;
            if from == to {
                continue;
            }
            let before = most_served(&problem, &posts);
            assert_eq!(flow.served, before);
            let mut then = posts.clone();
            then[to] += 1;
            then[from] -= u32::from(gives);
            let stays = flow.exchange(gives.then_some(from as u32), to as u32);
            match most_served(&problem, &then).cmp(&before) {
                Ordering::Less => assert!(!stays),
                // Which of the two wants it more is another question.
                Ordering::Equal => assert!(stays || gives),
                Ordering::Greater => assert!(stays),
            }
            if stays {
                posts = then;
                moved += 1;
            } else {
                refused += 1;
            }
        }
        assert_eq!(flow.served, most_served(&problem, &posts));
    }
    assert!(moved > 500 && refused > 200, "{moved} moved, {refused} did not");
}
