//! What a plan says in one sentence.

use super::*;
use crate::placement::ObjectiveKind;

fn summary(measure: Measure, before: Option<f64>, value: f64, bound: f64) -> Summary {
    let status = if value.total_cmp(&bound).is_eq() { Status::Optimal } else { Status::WithinGap };
    Summary {
        persons: 100_000,
        communes_unknown: 0,
        joined: 0,
        covered_before: 0,
        covered_after: 0,
        measure,
        value_before: before,
        value,
        bound,
        any_rounds: None,
        gap_percent: Some(100.0 * (bound - value).abs() / value),
        status,
        shortfall: 0.0,
        least_shortfall: 0.0,
        stopped: false,
        posts: 5,
        existing_posts: 0,
        cost_eur: 250_000,
        minutes_before: None,
        minutes_after: None,
    }
}

fn plain(summary: &Summary) -> String {
    let kind = ObjectiveKind::named(if summary.measure == Measure::MeanWay { "median" } else { "coverage" }).unwrap();
    let defaults = Request::defaults();
    let objective = crate::planning::Goal::of(kind, defaults.reach);
    sentence(summary, &Request { objective, ..defaults }).replace(['\u{a0}', '\u{202f}'], " ")
}

#[test]
fn the_sentence_counts_what_the_plan_adds() {
    let plan = summary(Measure::Persons, Some(10_000.0), 51_200.0, 51_285.0);
    assert_eq!(
        plain(&plan),
        "Ce plan couvre 41 200 personnes de plus ; aucun plan ne peut en couvrir plus de 41 285 (écart 0,2 %)."
    );
}

#[test]
fn the_best_is_said_only_when_it_is_proven() {
    let plan = plain(&summary(Measure::Persons, None, 412.0, 412.0));
    assert_eq!(plan, "Ce plan couvre 412 personnes de plus ; c'est démontré, aucun plan ne peut en couvrir davantage.");
    assert!(!plain(&summary(Measure::Posts, None, 9.0, 8.0)).contains("démontré"));
}

#[test]
fn what_is_asked_of_each_territory_or_in_all_is_said() {
    let told = |name: &str, share: f64, level: Level, summary: &Summary| {
        let kind = ObjectiveKind::named(name).unwrap();
        let defaults = Request::defaults();
        let objective = crate::planning::Goal { share, level, ..crate::planning::Goal::of(kind, defaults.reach) };
        sentence(summary, &Request { objective, ..defaults }).replace(['\u{a0}', '\u{202f}'], " ")
    };
    assert_eq!(
        told("set-cover", 0.95, Level::Epci, &summary(Measure::Posts, None, 5.0, 5.0)),
        "Pour mettre 95 % des personnes à portée (10 min), il faut 5 postes ; c'est démontré, aucun plan n'y arrive avec moins."
    );
    let none = Summary { posts: 0, ..summary(Measure::Posts, None, 0.0, 0.0) };
    assert_eq!(
        told("set-cover", 0.9987, Level::Epci, &none),
        "Pour mettre 99,87 % des personnes à portée (10 min), aucun poste de plus n'est nécessaire : c'est démontré."
    );
    assert_eq!(
        told("floor", 0.8, Level::Departement, &summary(Measure::Persons, None, 30.0, 30.0)),
        "Ce plan, qui vise 80 % au moins dans chaque département, couvre 30 personnes de plus ; c'est démontré, aucun plan qui \
         tient ce minimum ne peut en couvrir davantage."
    );
    let least = told("leximin", 0.5, Level::Epci, &summary(Measure::Share, None, 0.5, 0.5));
    assert!(least.starts_with("L'intercommunalité la moins bien servie a 50,0 % de ses personnes à portée"), "{least}");
}

#[test]
fn what_a_question_leaves_out_or_assumes_is_in_its_sentence() {
    let defaults = Request::defaults();
    let told = |request: Request| {
        let plan = summary(Measure::Persons, None, 30.0, 30.0);
        sentence(&plan, &request).replace(['\u{a0}', '\u{202f}'], " ")
    };
    let without = told(Request { forbidden: vec!["48128".into()], ..defaults.clone() });
    assert!(without.contains("c'est démontré, sans les sites exclus, aucun plan"), "{without}");
    let horizon = chrono::NaiveDate::from_ymd_opt(2024, 1, 1).unwrap();
    let lapse = Conventions::Lapse { horizon, months: 24 };
    let later = told(Request { conventions: lapse, ..defaults.clone() });
    assert!(later.ends_with("Plan jugé au 1er janvier 2024 : les postes déjà là comptent 24 mois après leur validation, sans renouvellement."), "{later}");
    let fewer = Preset::ALL.iter().find(|preset| preset.id == "8m").unwrap();
    let of_eight = told(Request { denominator: fewer, ..defaults });
    assert!(of_eight.ends_with("Le besoin est compté sur « 8 millions de personnes (2021) »."), "{of_eight}");
}

#[test]
fn ways_go_down_and_are_told_in_minutes() {
    let plan = Summary { covered_after: 100_000, ..summary(Measure::MeanWay, Some(12.0), 8.26, 8.2) };
    assert_eq!(
        plain(&plan),
        "Avec ce plan, le trajet moyen est de 8,3 min au lieu de 12,0 min ; aucun plan ne peut descendre sous 8,2 min (écart 0,7 %)."
    );
}

#[test]
fn the_limit_of_looking_is_no_longest_way() {
    let kind = ObjectiveKind::named("centre").unwrap();
    let Reach::Minutes { mode, .. } = Request::defaults().reach else { panic!("minutes are usual") };
    let reach = Reach::Minutes { mode, minutes: 30 };
    let request = Request { objective: crate::planning::Goal::of(kind, reach), reach, ..Request::defaults() };
    let plain = |summary: &Summary| sentence(summary, &request).replace(['\u{a0}', '\u{202f}'], " ");
    let whole = Summary { covered_after: 100_000, ..summary(Measure::LongestWay, None, 28.0, 28.0) };
    assert_eq!(
        plain(&whole),
        "Avec ce plan, le plus long trajet est de 28,0 min ; c'est démontré, aucun plan ne peut descendre plus bas."
    );
    let capped = Summary { covered_after: 99_698, ..summary(Measure::LongestWay, None, 30.0, 30.0) };
    assert_eq!(
        plain(&capped),
        "Avec ce plan, 302 personnes restent à plus de 30 min ; c'est démontré, aucun plan n'amène tout le monde à 30 min avec \
         ces moyens. Pour connaître le plus long trajet, demandez avec un temps plus long."
    );
}

#[test]
fn what_is_missing_is_said() {
    let short = Summary { status: Status::FallsShort, shortfall: 12.0, ..summary(Measure::Persons, None, 9.0, 8.0) };
    assert!(plain(&short).ends_with("il lui manque 12 personnes pour tenir ce qui est demandé."));
    let posts = Summary { measure: Measure::Posts, covered_after: 94_000, least_shortfall: 3.0, ..short };
    let kind = ObjectiveKind::named("set-cover").unwrap();
    let defaults = Request::defaults();
    let objective = crate::planning::Goal { share: 0.95, ..crate::planning::Goal::of(kind, defaults.reach) };
    let told = sentence(&posts, &Request { objective, ..defaults }).replace(['\u{a0}', '\u{202f}'], " ");
    assert_eq!(
        told,
        "9 postes ne suffisent pas à mettre 95 % des personnes à portée (10 min) : avec ce plan, 94,0 % le sont, il en manque 12 \
         personnes, et aucun plan n'y arrive avec ces moyens."
    );
}

#[test]
fn a_small_gap_does_not_look_like_none() {
    let plain = |value| percent(value).replace('\u{a0}', " ");
    assert_eq!([0.0, 0.001, 0.04, 0.21, 12.0].map(plain), ["0 %", "moins de 0,01 %", "0,04 %", "0,2 %", "12,0 %"]);
}

#[test]
fn one_territory_has_none_that_follow() {
    let kind = ObjectiveKind::named("leximin").unwrap();
    let defaults = Request::defaults();
    let told = |inside: Level, level: Level| {
        let objective = crate::planning::Goal { level, ..crate::planning::Goal::of(kind, defaults.reach) };
        let territory = Area::Territory { level: inside, code: "29".to_owned() };
        let least = Summary { status: Status::OptimalForTheLeast, ..summary(Measure::Share, None, 0.8, 0.8) };
        sentence(&least, &Request { territory, objective, ..defaults.clone() })
    };
    assert!(told(Level::Departement, Level::Epci).contains("Pour les territoires suivants, rien n'est démontré."));
    for level in [Level::Departement, Level::Region] {
        assert!(!told(Level::Departement, level).contains("suivants"), "{level:?}");
    }
}

#[test]
fn a_round_is_said_to_be_somewhere_for_half_days() {
    let rounds = Some(crate::planning::Rounds { stops: 4, minutes: 20 });
    let plan = summary(Measure::Persons, None, 30.0, 30.0);
    let told = sentence(&plan, &Request { itinerant: rounds, ..Request::defaults() });
    assert!(told.ends_with("À une étape, le poste n'est là que quelques demi-journées par semaine."), "{told}");
    assert!(!sentence(&plan, &Request::defaults()).contains("demi-journées"));
}

#[test]
fn what_is_too_much_is_counted_up_to_where_nothing_more_counts() {
    let kind = ObjectiveKind::named("excess").unwrap();
    let reach = Reach::Minutes { mode: crate::planning::Mode::Bicycle, minutes: 5 };
    let objective = crate::planning::Goal::of(kind, reach);
    let plan = summary(Measure::MeanWay, None, 1.06, 1.06);
    let told =
        sentence(&plan, &Request { reach, objective, ..Request::defaults() }).replace(['\u{a0}', '\u{202f}'], " ");
    assert!(
        told.starts_with(
            "Avec ce plan, le trajet de trop, en moyenne (au-delà de 10 min de trajet, on compte 5 min de trop), est de 1,1 min"
        ),
        "{told}"
    );
}

#[test]
fn where_nothing_stands_no_way_is_said_to_be_unknown() {
    let on_foot = Reach::Minutes { mode: crate::planning::Mode::Walk, minutes: 15 };
    let told = |there| minutes(None, Some(19.2), on_foot, there).replace('\u{a0}', " ");
    assert_eq!(told(false), "19 min ; avant, rien");
    assert_eq!(told(true), "19 min ; avant, aucun chemin connu à pied");
}

#[test]
fn where_every_post_is_full_the_sites_are_said_not_to_be_told_apart() {
    let kind = ObjectiveKind::named("capacity").unwrap();
    let defaults = Request::defaults();
    let objective = crate::planning::Goal {
        hours_per_post: 1_000.0,
        hours_per_person: 10.0,
        ..crate::planning::Goal::of(kind, defaults.reach)
    };
    let told = |value: f64| {
        let plan = summary(Measure::Persons, Some(11_663.0), value, value);
        sentence(&plan, &Request { objective, ..defaults.clone() }).replace(['\u{a0}', '\u{202f}'], " ")
    };
    assert!(
        told(12_163.0).contains("Tous les postes seraient pleins (100 personnes par an chacun)"),
        "five posts of a hundred"
    );
    assert!(!told(12_100.0).contains("pleins"));
}

#[test]
fn other_stops_are_said_to_do_no_better_only_where_that_is_proven() {
    let rounds = Some(crate::planning::Rounds { stops: 4, minutes: 20 });
    let told = |any_rounds: Option<f64>| {
        let plan = Summary { any_rounds, ..summary(Measure::Persons, Some(94_020.0), 101_578.0, 101_578.0) };
        sentence(&plan, &Request { itinerant: rounds, ..Request::defaults() }).replace(['\u{a0}', '\u{202f}'], " ")
    };
    assert!(told(None).contains("d'autres feraient peut-être mieux."));
    let some = told(Some(102_023.0));
    assert!(
        some.contains(
            "d'autres feraient peut-être mieux, mais jamais plus de 8 003 personnes de plus : c'est démontré."
        ),
        "{some}"
    );
    let all = told(Some(101_578.0));
    assert!(
        all.contains("et aucune autre étape ne ferait mieux : c'est démontré aussi.") && !all.contains("peut-être"),
        "{all}"
    );
}
