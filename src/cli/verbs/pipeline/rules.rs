//! `xiangma pipeline rules`, and `xiangma pipeline rules check`.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand, ValueEnum};
use serde::Deserialize;
use xiangma::pipeline::{AppraisalRules, PerMuRules, Phases, Tasks, check_appraisal, check_per_mu, check_phases, check_tasks};

use crate::cli::failure::Failure;
use crate::cli::files;
use crate::cli::flags::Out;
use crate::cli::output::{Sink, pretty, print, text};
use crate::cli::terminal::tell;

/// Print the rules that come with the program, to write your own from, or check those you wrote.
#[derive(Debug, Args)]
#[command(
    args_conflicts_with_subcommands = true,
    after_help = "Examples:\n  xiangma pipeline rules phases > own_phases.json\n  xiangma pipeline rules check own_phases.json"
)]
pub(in crate::cli) struct Rules {
    #[command(subcommand)]
    check: Option<Check>,
    /// Which rules.
    #[arg(value_enum)]
    which: Option<Which>,
}

#[derive(Debug, Subcommand)]
enum Check {
    /// Say everything that is wrong with a file of phases, of tasks, of thresholds or of an evaluation per mu.
    Check {
        /// The file.
        file: PathBuf,
        #[command(flatten)]
        out: Out,
    },
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Which {
    /// Phases, gates and clocks.
    Phases,
    /// Tasks of a schedule.
    Tasks,
    /// Thresholds by which projects are let in.
    Appraisal,
    /// Items, bases and grades of an evaluation per mu.
    PerMu,
}

/// What a file says it is.
#[derive(Deserialize)]
struct Format {
    format: String,
}

impl Rules {
    pub(super) fn run(self) -> Result<(), Failure> {
        match (self.check, self.which) {
            (Some(Check::Check { file, out }), _) => check(&file, &out),
            (None, Some(Which::Phases)) => print(&pretty(&Phases::default())?),
            (None, Some(Which::Tasks)) => print(&pretty(&Tasks::default())?),
            (None, Some(Which::Appraisal)) => print(&pretty(&AppraisalRules::default())?),
            (None, Some(Which::PerMu)) => print(&pretty(&PerMuRules::default())?),
            (None, None) => Err(Failure::Argument("name the rules to print: phases, tasks, appraisal or per-mu".to_owned())),
        }
    }
}

fn check(file: &Path, out: &Out) -> Result<(), Failure> {
    out.check([file])?;
    let read = files::text(file)?;
    let format = serde_json::from_str::<Format>(&read).map_or_else(|_| String::new(), |f| f.format);
    let findings = match format.as_str() {
        "xiangma-tasks" => check_tasks(&read),
        "xiangma-appraisal" => check_appraisal(&read),
        "xiangma-per-mu" => check_per_mu(&read),
        _ => check_phases(&read),
    };
    let findings = findings.map_err(files::of(file))?;
    let lang = out.lang;
    let mut sink = Sink::new(out, out.lang.pick(&["代码", "是否须改正", "位置", "说明"], &["code", "error", "place", "finding"]))?;
    for f in &findings {
        let is_error = if f.is_error { "yes" } else { "no" };
        sink.row(f, || vec![text(f.code), text(is_error), text(&f.place), text(lang.pick(&f.zh, &f.en))])?;
    }
    sink.finish()?;
    let count = findings.len();
    tell(&lang.pick(format!("{count} 条发现，均须改正"), format!("{count} findings, all of them errors")));
    if count > 0 { Err(Failure::Findings("BAD_RULES")) } else { Ok(()) }
}
