//! `cargo xtask web` builds everything and serves the page; `cargo xtask test` runs every check and test there is.

mod bench;
mod build;
mod command;
mod dist;
mod docs;
mod fuzz;
mod growth;
mod lint;
mod notices;
mod parts;
mod places;
mod python;
mod sbom;
mod serve;
mod skipped;
mod step;
mod supply;
mod test;
mod wasm;

use anyhow::{Result, bail};

fn main() -> Result<()> {
    let mut args = std::env::args().skip(1);
    match args.next().as_deref() {
        Some("web") => {
            build::page()?;
            serve::forever(&command::root().join("www/dist"), args.next().as_deref().unwrap_or("8000"))
        }
        Some("build") => build::page(),
        Some("docs") => match args.next() {
            Some(port) => serve::forever(&docs::site("/")?, &port),
            None => docs::site("/").map(|folder| println!("{}: cargo xtask docs PORT serves it", folder.display())),
        },
        Some("pictures") => docs::pictures(),
        Some("dist") => dist::all(),
        Some("test") => match args.next().as_deref() {
            None => test::all(python::test),
            Some("--spark") => test::all(python::test_with_spark),
            Some(other) => bail!("usage: cargo xtask test [--spark], not {other}"),
        },
        Some("fuzz") => fuzz::all(args),
        Some("supply") => supply::check(),
        Some("lint") => lint::check(),
        Some("fmt") => lint::write(),
        Some("rewrite") => test::rewrite(),
        Some("places") => match (args.next(), args.next()) {
            (Some(table), Some(day)) => places::write(table.as_ref(), &day, &command::root().join("src/plan/places.txt")),
            _ => bail!("usage: cargo xtask places ADCODES.csv DAY"),
        },
        Some("bench") => match args.next().as_deref() {
            Some("learn") => bench::learning(),
            only => bench::run(only),
        },
        _ => bail!(
            "usage: cargo xtask web [PORT] | docs [PORT] | pictures | build | supply | dist | test [--spark] | fuzz [--minutes N] [TARGET] | lint | fmt | rewrite | places ADCODES.csv DAY | bench [rank | methods | learn]"
        ),
    }
}
