//! `xiangma scorecard`.

use clap::Args;

use crate::cli::failure::Failure;
use crate::cli::files::Place;
use crate::cli::flags::{Out, card, card_file};
use crate::cli::output::{Sink, text};
use crate::cli::terminal::shown;

/// Print a scorecard as a document to sign, or say what is different in another.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  xiangma scorecard attraction\n  xiangma scorecard attraction --against ours.json --format table")]
pub(in crate::cli) struct Scorecard {
    /// A scorecard file, or a preset.
    card: String,
    /// Another, to compare with.
    #[arg(long, value_name = "FILE|PRESET")]
    against: Option<String>,
    #[command(flatten)]
    out: Out,
}

impl Scorecard {
    pub(super) fn run(self) -> Result<(), Failure> {
        let Self { card: name, against, out } = self;
        out.check(card_file(&name).into_iter().chain(against.as_deref().and_then(card_file)))?;
        let card = card(&name)?;
        let Some(other) = against else {
            let mut place = Place::new(out.out.as_deref())?;
            for line in out.lang.of(&card.printed()).lines() {
                place.text(&(shown(line) + "\n"))?;
            }
            return place.done();
        };
        let mut sink = Sink::new(&out, out.lang.pick(&["位置", "变动"], &["path", "change"]))?;
        for change in card.changes(&self::card(&other)?) {
            sink.row(&change, || vec![text(&change.path), text(out.lang.of(&change.words))])?;
        }
        sink.finish()
    }
}
