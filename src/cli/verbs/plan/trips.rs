//! `xiangma plan trips`.

use std::path::PathBuf;

use clap::Args;
use serde::Serialize;
use xiangma::plan::{Listed, TripOptions, place_named, trips};
use xiangma::{EnterpriseKey, Region};

use crate::cli::failure::Failure;
use crate::cli::flags::Out;
use crate::cli::output::{Sink, number, text};
use crate::cli::terminal::tell;

/// Group those to be visited into trips: as few as can be, then as short a way.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  xiangma plan trips shortlist.jsonl --days 3 --visits 3 --from 金华 --format table")]
pub(super) struct Trips {
    /// Those to be visited: a table, or the JSON Lines of `rank --facts` or `plan shortlist`.
    file: PathBuf,
    /// Days of a trip at most.
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=30))]
    days: u32,
    /// Visits of a day at most.
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=20))]
    visits: u32,
    /// The city trips begin and end in; without it the ways there and back are not counted.
    #[arg(long, value_name = "CITY")]
    from: Option<String>,
    #[command(flatten)]
    out: Out,
}

#[derive(Serialize)]
struct Line<'s> {
    trip: Option<usize>,
    day: Option<usize>,
    visit: Option<usize>,
    key: &'s EnterpriseKey,
    name: &'s str,
    province: Option<&'s str>,
    city: Option<&'s str>,
    address: Option<&'s str>,
    link: Option<&'s str>,
    /// Kilometres of the whole trip, estimated.
    trip_km: Option<u64>,
}

impl<'s> Line<'s> {
    fn of(listed: &'s Listed, at: Option<(usize, usize, usize, u64)>) -> Self {
        let Listed { key, name, region, link, .. } = listed;
        let Region { province, city, address, .. } = region;
        Self {
            trip: at.map(|a| a.0),
            day: at.map(|a| a.1),
            visit: at.map(|a| a.2),
            key,
            name,
            province: province.as_deref(),
            city: city.as_deref(),
            address: address.as_deref(),
            link: link.as_deref(),
            trip_km: at.map(|a| a.3),
        }
    }
}

impl Trips {
    pub(super) fn run(self) -> Result<(), Failure> {
        let Self { file, days, visits, from, out } = self;
        out.check([file.as_path()])?;
        let unknown =
            |name: &String| Failure::Argument(format!("--from {name}: no city of that name is known; write it as 金华市 or 浙江省金华市"));
        let home = from.as_ref().map(|name| place_named(name).ok_or_else(|| unknown(name))).transpose()?;
        let list = super::listed(&file)?;
        let at: Vec<Option<u32>> = list.iter().map(|l| l.region.code).collect();
        let plan = trips(&at, TripOptions { days, visits, home })?;
        let mut sink = Sink::new(
            &out,
            out.lang.pick(
                &["行程", "第几天", "第几家", "企业名称", "城市", "地址", "全程公里"],
                &["trip", "day", "visit", "name", "city", "address", "km of the trip"],
            ),
        )?;
        let none = || text("");
        for (number_of, trip) in (1..).zip(&plan.trips) {
            for (day, visited) in (1..).zip(&trip.days) {
                for (visit, listed) in (1..).zip(visited.iter().filter_map(|v| list.get(*v))) {
                    let line = Line::of(listed, Some((number_of, day, visit, trip.km)));
                    sink.row(&line, || {
                        let counts = [number_of, day, visit].map(|n| number(n as f64));
                        let city = text(line.city.or(line.province).unwrap_or(""));
                        let rest = [text(line.name), city, text(line.address.unwrap_or("")), number(trip.km as f64)];
                        counts.into_iter().chain(rest).collect()
                    })?;
                }
            }
        }
        for listed in plan.unplaced.iter().filter_map(|v| list.get(*v)) {
            let line = Line::of(listed, None);
            sink.row(&line, || vec![none(), none(), none(), text(line.name), text(line.province.unwrap_or("")), none(), none()])?;
        }
        sink.finish()?;
        let (many, km, unplaced) = (plan.trips.len(), plan.km, plan.unplaced.len());
        tell(&out.lang.pick(
            format!("共安排外出 {many} 次，约 {km} 公里（按球面距离的 1.3 倍估算，每天家数未计路途时间）"),
            format!("trips: {many}, some {km} km (estimated: great circles times 1.3; visits of a day leave time on the road aside)"),
        ));
        if unplaced > 0 {
            tell(&out.lang.pick(
                format!("注意：{unplaced} 家不知所在城市，未排入行程，列在最后"),
                format!("note: the cities of {unplaced} are not known; they are on no trip and stand last"),
            ));
        }
        Ok(())
    }
}
