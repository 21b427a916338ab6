//! Solves one published placement instance, or the national one, and prints the certificate as one line of JSON.
//!
//! `cargo bench --profile release --bench placement_bench -- --format orlib|tsplib|mclp FILE --posts P [--radius-m R]
//! [--seconds S]`
//!
//! - `orlib`: a `pmed` file of Beasley (1985); the last of repeated edges wins, all vertices are demand and candidates.
//!   `--posts` may be left out: the file has its own.
//! - `tsplib`: a p-median on coordinates, distances rounded down.
//! - `mclp`: maximal covering on longitudes and latitudes, great circle of radius 6,378,100 m.
//! - `communes`: `data/territories/communes.csv`, demand is a fifth of the population. `--objective median` truncates at the radius.
//! - `cells`: the same spread over 1 km cells, some 528,000 of them, against 54,000 candidates.
//! - `made`, without FILE: `--points` and `--sites` anywhere in a square of side 30, points of weight 1 to 100, as Cordeau, Furini
//!   and Ljubić (2019) make theirs; a unit is a kilometre.
//!
//! `--objective` is one of the product's (coverage of the radius, or the median of the first two formats, unless told), `--share` is for
//! set covers, whose `--posts` may be left out.
//!
//! `--export FILE` writes the instance down for another program: a line for each demand point with its persons and the sites within the
//! radius, numbered from 0.
//!
//! `gap` is in percent of the objective, `seconds` begins when the distances are known, `sites` are numbered from 1 in
//! the order of the file. `--rounds N` spends so much work instead of time; `--threads 1|2`; `--seed N`; `--verify`
//! checks the plan from the data.

use std::error::Error;
use std::io::Write;
use std::ops::ControlFlow;
use std::time::Instant;

use mediane::domain::{Degrees, Metres, Position};
use mediane::placement::{
    Draft, Limit, Objective, ObjectiveKind, Pair, Pairs, Plan, Problem, Random, Settings, Shape, Site, Threads,
    pairs_within, place, verify,
};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// Radius of the Earth in the published MCLP instances, in metres.
const MCLP_RADIUS_M: f64 = 6_378_100.0;
/// Share of the population that is far from digital (the national plan says 13 M, some 20 %).
const DEMAND_SHARE: f64 = 0.2;

struct Arguments {
    format: String,
    file: String,
    posts: Option<u64>,
    radius_m: u32,
    seconds: f64,
    rounds: u32,
    threads: Threads,
    seed: u64,
    objective: Option<&'static ObjectiveKind>,
    share: f64,
    points: usize,
    sites: usize,
    export: Option<String>,
    verify: bool,
}

fn main() -> Result<()> {
    let arguments = read_arguments()?;
    let problem = read_problem(&arguments)?;
    let start = Instant::now();
    let Arguments { seed, rounds, threads, .. } = arguments;
    let mut first_plan = None;
    // On these dense instances a proof of many cases takes nearly as long to check as to find.
    let dense = matches!(arguments.format.as_str(), "orlib" | "tsplib");
    let search = if dense { 0.55 * arguments.seconds } else { arguments.seconds };
    let plan = place(&problem, Settings { seed, rounds, threads }, &mut |_| {
        let seconds = start.elapsed().as_secs_f64();
        first_plan.get_or_insert(seconds);
        if seconds < search { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    let seconds = start.elapsed().as_secs_f64();
    eprintln!(
        "first plan after {:.3} s, {} rounds, optimal: {}",
        first_plan.unwrap_or(seconds),
        plan.rounds,
        plan.is_optimal()
    );
    if arguments.verify {
        verify(&problem, &plan)?;
        eprintln!("verified in {:.3} s", start.elapsed().as_secs_f64() - seconds);
    }
    print(&problem, &plan, seconds);
    Ok(())
}

fn print(problem: &Problem, plan: &Plan, seconds: f64) {
    let units = problem.units_per_one();
    let sites: Vec<String> = plan.openings.iter().map(|opening| (opening.site + 1).to_string()).collect();
    println!(
        r#"{{"objective": {}, "bound": {}, "gap": {:.4}, "seconds": {seconds:.3}, "sites": [{}]}}"#,
        plan.objective as f64 / units as f64,
        plan.bound as f64 / units as f64,
        plan.gap_percent().unwrap_or(f64::INFINITY),
        sites.join(", ")
    );
}

fn read_arguments() -> Result<Arguments> {
    let mut read = Arguments {
        format: String::new(),
        file: String::new(),
        posts: None,
        radius_m: 0,
        seconds: f64::NAN,
        rounds: u32::MAX,
        threads: Threads::Two,
        seed: 1,
        objective: None,
        share: 1.0,
        points: 1_000_000,
        sites: 100,
        export: None,
        verify: false,
    };
    let mut arguments = std::env::args().skip(1).filter(|argument| argument != "--bench");
    while let Some(name) = arguments.next() {
        let mut value = || arguments.next().ok_or(format!("{name}: a value is missing"));
        match name.as_str() {
            "--format" => read.format = value()?,
            "--posts" => read.posts = Some(value()?.parse()?),
            "--radius-m" => read.radius_m = value()?.parse()?,
            "--seconds" => read.seconds = value()?.parse()?,
            "--rounds" => read.rounds = value()?.parse()?,
            "--seed" => read.seed = value()?.parse()?,
            "--threads" => read.threads = if value()? == "1" { Threads::One } else { Threads::Two },
            "--objective" => {
                let name = value()?;
                let kind =
                    ObjectiveKind::named(&name).ok_or(format!("--objective {name}: there is no such objective"))?;
                read.objective = Some(kind);
            }
            "--share" => read.share = value()?.parse()?,
            "--points" => read.points = value()?.parse()?,
            "--sites" => read.sites = value()?.parse()?,
            "--export" => read.export = Some(value()?),
            "--verify" => read.verify = true,
            _ if name.starts_with("--") => return Err(format!("{name} is unknown").into()),
            _ => read.file = name,
        }
    }
    if read.seconds.is_nan() {
        read.seconds = match read.format.as_str() {
            _ if read.rounds < u32::MAX => f64::INFINITY,
            "orlib" => 1.8,
            "tsplib" => 9.0,
            _ => 28.0,
        };
    }
    Ok(read)
}

fn read_problem(arguments: &Arguments) -> Result<Problem> {
    let text = if arguments.format == "made" { String::new() } else { std::fs::read_to_string(&arguments.file)? };
    let of_kind = |kind, near| Objective { share: arguments.share, ..Objective::new(kind, near) };
    let usual = ObjectiveKind::named("coverage").ok_or("no coverage")?;
    let coverage = of_kind(arguments.objective.unwrap_or(usual), arguments.radius_m);
    let (demand, pairs, objective, own_posts) = match arguments.format.as_str() {
        "orlib" => {
            let (pairs, posts) = read_graph(&text)?;
            (vec![1.0; pairs.demand()], pairs, None, Some(posts))
        }
        "tsplib" => {
            let points: Vec<[f64; 2]> = section(&text, "NODE_COORD")?.iter().map(|row| [row[1], row[2]]).collect();
            let distance = |a: [f64; 2], b: [f64; 2]| (a[0] - b[0]).hypot(a[1] - b[1]).floor();
            (vec![1.0; points.len()], matrix(&points, distance, f64::INFINITY)?, None, None)
        }
        "mclp" => {
            let points: Vec<[f64; 2]> = section(&text, "NODE_COORD")?.iter().map(|row| [row[0], row[1]]).collect();
            let demand = section(&text, "DEMAND")?.iter().map(|row| row[0]).collect();
            (demand, matrix(&points, great_circle, f64::from(arguments.radius_m))?, Some(coverage), None)
        }
        "communes" | "cells" => {
            let (demand, points, sites) = read_communes(&text, arguments.format == "cells")?;
            let radius = Metres::new(f64::from(arguments.radius_m)).ok_or("--radius-m is missing")?;
            let start = Instant::now();
            let pairs = pairs_within(&points, &sites, radius)?;
            eprintln!("{} pairs in {:.3} s", pairs.len(), start.elapsed().as_secs_f64());
            (demand, pairs, Some(coverage), None)
        }
        "made" => {
            let (demand, pairs) = made(arguments)?;
            (demand, pairs, Some(coverage), None)
        }
        other => return Err(format!("--format {other}: expected orlib, tsplib, mclp, communes, cells or made").into()),
    };
    let farthest = || pairs.iter().flatten().map(|pair| pair.cost).max().unwrap_or(0) + 1;
    let objective = match (objective, arguments.objective) {
        (Some(objective), _) => objective,
        (None, Some(kind)) => of_kind(kind, farthest()),
        (None, None) => Objective::median(farthest()),
    };
    let all = (objective.shape() == Shape::Spent).then_some(pairs.sites() as u64);
    let posts = arguments.posts.or(own_posts).or(all).ok_or("--posts is missing")?;
    if let Some(file) = &arguments.export {
        export(file, &demand, &pairs, objective.near)?;
    }
    let sites = vec![Site::CANDIDATE; pairs.sites()];
    Ok(Problem::new(Draft { demand, sites, pairs, objective, limit: Limit::Posts(posts), territories: Vec::new() })?)
}

/// Writes down who is where and which sites are within the radius.
fn export(file: &str, demand: &[f64], pairs: &Pairs, near: u32) -> Result<()> {
    let mut out = std::io::BufWriter::new(std::fs::File::create(file)?);
    for (persons, row) in demand.iter().zip(pairs.iter()) {
        write!(out, "{persons}")?;
        for pair in row.iter().filter(|pair| pair.cost <= near) {
            write!(out, " {}", pair.site)?;
        }
        writeln!(out)?;
    }
    Ok(())
}

/// Points and sites anywhere in a square, and the pairs within the radius.
fn made(arguments: &Arguments) -> Result<(Vec<f64>, Pairs)> {
    const SIDE_M: usize = 30_000;
    let mut random = Random::new(arguments.seed);
    let mut anywhere = || [random.below(SIDE_M + 1), random.below(SIDE_M + 1)].map(|metres| metres as f64);
    let sites: Vec<[f64; 2]> = (0..arguments.sites).map(|_| anywhere()).collect();
    let points: Vec<[f64; 2]> = (0..arguments.points).map(|_| anywhere()).collect();
    let demand = points.iter().map(|_| 1.0 + random.below(100) as f64).collect();
    let near = f64::from(arguments.radius_m);
    let rows = points.iter().map(|point| {
        let ways = (0..).zip(&sites).map(|(site, at)| (site, (point[0] - at[0]).hypot(point[1] - at[1])));
        let near = ways.filter(|(_, metres)| *metres <= near);
        near.map(|(site, metres)| Pair { site, cost: metres.ceil() as u32 }).collect::<Vec<_>>()
    });
    let pairs = Pairs::from_rows(arguments.sites, rows)?;
    eprintln!("{} points, {} sites, {} pairs", arguments.points, arguments.sites, pairs.len());
    Ok((demand, pairs))
}

/// Shortest paths between all vertices (Floyd and Warshall), and the number of posts of the file.
fn read_graph(text: &str) -> Result<(Pairs, u64)> {
    let numbers: Vec<u32> = text.split_whitespace().map(str::parse).collect::<std::result::Result<_, _>>()?;
    let [vertices, _, posts, edges @ ..] = numbers.as_slice() else { return Err("the first line is missing".into()) };
    let count = *vertices as usize;
    let unknown = u32::MAX / 2;
    let mut costs = vec![unknown; count * count];
    for edge in edges.chunks_exact(3) {
        let [u, v] = [edge[0] as usize - 1, edge[1] as usize - 1];
        (costs[u * count + v], costs[v * count + u]) = (edge[2], edge[2]);
    }
    (0..count).for_each(|vertex| costs[vertex * count + vertex] = 0);
    for by in 0..count {
        let onward = costs[by * count..][..count].to_vec();
        for from in costs.chunks_exact_mut(count) {
            let first = from[by];
            from.iter_mut().zip(&onward).for_each(|(direct, next)| *direct = (*direct).min(first + next));
        }
    }
    let rows = costs.chunks_exact(count).map(|row| {
        let pairs = (0..).zip(row).filter(|(_, cost)| **cost < unknown);
        pairs.map(|(site, &cost)| Pair { site, cost }).collect::<Vec<_>>()
    });
    Ok((Pairs::from_rows(count, rows)?, u64::from(*posts)))
}

/// The rows of numbers of one section.
fn section(text: &str, name: &str) -> Result<Vec<Vec<f64>>> {
    let mut lines = text.lines().skip_while(|line| !line.starts_with(name)).skip(1);
    let mut rows = Vec::new();
    for line in lines.by_ref() {
        let row: Vec<f64> =
            line.split_whitespace().map_while(|word| word.trim_end_matches("EOF").parse().ok()).collect();
        if row.is_empty() {
            break;
        }
        rows.push(row);
    }
    if rows.is_empty() { Err(format!("section {name} is missing").into()) } else { Ok(rows) }
}

/// All pairs no farther than `radius`; a part of a metre counts as a whole.
fn matrix(points: &[[f64; 2]], distance: impl Fn([f64; 2], [f64; 2]) -> f64, radius: f64) -> Result<Pairs> {
    let rows = points.iter().map(|&from| {
        let distances = (0..).zip(points).map(|(site, &to)| (site, distance(from, to)));
        let near = distances.filter(|(_, metres)| *metres <= radius);
        near.map(|(site, metres)| Pair { site, cost: metres.ceil() as u32 }).collect::<Vec<_>>()
    });
    Ok(Pairs::from_rows(points.len(), rows)?)
}

/// Latitude and longitude in degrees, the arc-cosine formula of the published instances.
fn great_circle(a: [f64; 2], b: [f64; 2]) -> f64 {
    let [[lat_a, lon_a], [lat_b, lon_b]] = [a, b].map(|point| point.map(f64::to_radians));
    let cosine = lat_a.sin() * lat_b.sin() + lat_a.cos() * lat_b.cos() * (lon_a - lon_b).cos();
    MCLP_RADIUS_M * cosine.clamp(-1.0, 1.0).acos()
}

/// Demand, where it is, and the candidate sites.
fn read_communes(text: &str, cells: bool) -> Result<(Vec<f64>, Vec<Position>, Vec<Position>)> {
    let mut communes = csv::Reader::from_reader(text.as_bytes());
    let names = communes.headers()?.clone();
    let column = |name: &str| names.iter().position(|other| other == name).ok_or(format!("column {name} is missing"));
    let columns = [column("longitude")?, column("latitude")?, column("population")?, column("area_km2")?];
    let (mut demand, mut points, mut sites) = (Vec::new(), Vec::new(), Vec::new());
    for record in communes.records() {
        let record = record?;
        let [Ok(lon), Ok(lat), population, area] = columns.map(|column| record[column].parse::<f64>()) else {
            continue;
        };
        let persons = population.unwrap_or(0.0) * DEMAND_SHARE;
        let town = Position::new(Degrees { lon, lat })?;
        sites.push(town);
        if !cells {
            demand.push(persons.round());
            points.push(town);
            continue;
        }
        // A square of cells around the town hall; people thin out unevenly, the same way each time.
        let count = (area.unwrap_or(1.0) * 0.95).round().clamp(1.0, 400.0) as usize;
        let width = (count as f64).sqrt().ceil() as usize;
        for cell in 0..count {
            let [east, north] = [cell % width, cell / width].map(|step| step as f64 - width as f64 / 2.0);
            let lon = lon + east / (111.2 * lat.to_radians().cos());
            let cell_position = Position::new(Degrees { lon, lat: lat + north / 111.2 })?;
            let uneven = 0.2 + 1.6 * ((cell * 7_919 + points.len() * 31) % 101) as f64 / 100.0;
            demand.push((persons / count as f64 * uneven).round());
            if points.len() % 27 == 0 {
                sites.push(cell_position);
            }
            points.push(cell_position);
        }
    }
    eprintln!("{} demand points, {} candidates", points.len(), sites.len());
    Ok((demand, points, sites))
}
