//! Why the program stops early, and with which exit code.

use std::io;

/// Why the program stops early.
#[derive(Debug)]
pub(super) enum Failure {
    /// The library refuses: a file, where it is of one.
    Library { file: Option<String>, error: xiangma::Error },
    /// A file that cannot be read.
    Input { file: String, error: io::Error },
    /// A place that cannot be written to.
    Output { place: String, why: String },
    /// An argument that means nothing, or several that do not go together.
    Argument(String),
    /// A file with errors; they have been listed. The code says what it is a file of.
    Findings(&'static str),
    /// Whoever read the output has gone, and has what they wanted.
    Closed,
}

impl Failure {
    /// 0 done, 1 bad input, 2 bad arguments.
    pub(super) fn exit_code(&self) -> u8 {
        match self {
            Self::Closed => 0,
            Self::Library { error, .. } if error.is_model() => 2,
            Self::Argument(_) => 2,
            _ => 1,
        }
    }

    /// What to tell, if anything.
    pub(super) fn message(&self) -> Option<String> {
        Some(match self {
            Self::Library { file: Some(file), error } => format!("error[{}]: {file}: {error}", error.code()),
            Self::Library { file: None, error } => format!("error[{}]: {error}", error.code()),
            Self::Input { file, error } => format!("error[FILE]: {file}: {error}"),
            Self::Output { place, why } => format!("error[OUTPUT]: {place}: {why}"),
            Self::Argument(what) => format!("error[BAD_ARGUMENT]: {what}"),
            Self::Findings("BAD_CHAIN") => "error[BAD_CHAIN]: the file cannot be used until the errors listed are mended".to_owned(),
            Self::Findings(code) => format!("error[{code}]: correct what is listed as an error"),
            Self::Closed => return None,
        })
    }

    /// Writing went wrong; to a reader that has gone it did not.
    pub(super) fn writing(place: &str, error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::Closed,
            _ => Self::Output { place: place.to_owned(), why: error.to_string() },
        }
    }
}

impl From<xiangma::Error> for Failure {
    fn from(error: xiangma::Error) -> Self {
        Self::Library { file: None, error }
    }
}
