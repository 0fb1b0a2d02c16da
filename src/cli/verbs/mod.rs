//! The verbs, a file each; they know what verbs share, and not one another.

mod alike;
mod chains;
mod compare;
mod completions;
mod diagnose;
mod evaluate;
mod explain;
mod intake;
mod ledger;
mod locate;
mod man;
mod mcdm;
mod pipeline;
mod plan;
mod predict;
mod push;
mod rank;
mod robustness;
mod scorecard;
mod segments;
mod train;
mod weigh;

use clap::Subcommand;

use super::failure::Failure;

/// What the program is asked to do.
#[derive(Debug, Subcommand)]
pub(super) enum Verb {
    Intake(intake::Intake),
    Locate(locate::Locate),
    Diagnose(diagnose::Diagnose),
    Rank(rank::Rank),
    Explain(explain::Explain),
    Robustness(robustness::Robustness),
    Compare(compare::Compare),
    Push(push::Push),
    Plan(plan::Plan),
    Weigh(weigh::Weigh),
    Scorecard(scorecard::Scorecard),
    Chains(chains::Chains),
    Mcdm(mcdm::Mcdm),
    Ledger(ledger::Ledger),
    Pipeline(pipeline::Pipeline),
    Train(train::Train),
    Predict(predict::Predict),
    Evaluate(evaluate::Evaluate),
    Alike(alike::Alike),
    Segments(segments::Segments),
    Completions(completions::Completions),
    Man(man::Man),
}

impl Verb {
    pub(super) fn run(self, program: &clap::Command) -> Result<(), Failure> {
        match self {
            Self::Intake(verb) => verb.run(),
            Self::Locate(verb) => verb.run(),
            Self::Diagnose(verb) => verb.run(),
            Self::Rank(verb) => verb.run(),
            Self::Explain(verb) => verb.run(),
            Self::Robustness(verb) => verb.run(),
            Self::Compare(verb) => verb.run(),
            Self::Push(verb) => verb.run(),
            Self::Plan(verb) => verb.run(),
            Self::Weigh(verb) => verb.run(),
            Self::Scorecard(verb) => verb.run(),
            Self::Chains(verb) => verb.run(),
            Self::Mcdm(verb) => verb.run(),
            Self::Ledger(verb) => verb.run(),
            Self::Pipeline(verb) => verb.run(),
            Self::Train(verb) => verb.run(),
            Self::Predict(verb) => verb.run(),
            Self::Evaluate(verb) => verb.run(),
            Self::Alike(verb) => verb.run(),
            Self::Segments(verb) => verb.run(),
            Self::Completions(verb) => verb.run(program),
            Self::Man(verb) => verb.run(program),
        }
    }
}
