//! Whether the selected mirror all candidates, as rows of a list.

use serde::Serialize;
use xiangma::monitor::GroupShare;

use super::failure::Failure;
use super::flags::Lang;
use super::output::{Sink, text};
use super::sitting::Sitting;

#[derive(Serialize)]
struct Line<'g> {
    kind: &'static str,
    by: &'g str,
    #[serde(flatten)]
    group: &'g GroupShare,
}

/// A row for every group, of the best `top`.
pub(super) fn rows(sink: &mut Sink, sitting: &Sitting, top: usize, lang: Lang) -> Result<(), Failure> {
    for found in sitting.session.balance(top) {
        for group in &found.groups {
            sink.row(&Line { kind: "balance", by: found.by, group }, || {
                vec![
                    text("balance"),
                    text(format!("{}: {}", found.by, lang.of(&group.words))),
                    text(format!("{}/{}", group.selected, group.pool)),
                    text(format!("×{:.2}", group.ratio)),
                    text(if group.is_unusual { lang.pick("偏离", "unusual") } else { "" }),
                ]
            })?;
        }
    }
    Ok(())
}
