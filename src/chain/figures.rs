//! The figures behind the score of a match, which `docs/locating.md` tells; a test holds the two together.

macro_rules! figures {
    ($($(#[$doc:meta])* $name:ident = $value:literal;)*) => {
        $($(#[$doc])* pub(super) const $name: f32 = $value;)*
        /// Every figure with its name.
        pub(super) const FIGURES: &[(&str, f32)] = &[$((stringify!($name), $name)),*];
    };
}

figures! {
    /// Weight of who makes it, and of whoever does what the link's core actor does.
    CORE = 1.0;
    /// Weight of who develops it.
    DEVELOPER = 0.9;
    /// Weight of who operates it: even the core actor of a station, which stands where the sun and the wind are, brings no factory.
    OPERATOR = 0.55;
    /// Weight of who installs, repairs, tests it or advises on it.
    SERVICE = 0.45;
    /// Weight of who buys and sells it.
    TRADER = 0.3;
    /// Size of a business whose products tell a share of revenue: this much, and the rest by the square root of the share.
    SHARE = 0.5;
    /// Size of what only the scope names, where products are told.
    ASIDE = 0.5;
    /// Size of what a scope names last of very many items; the first has 1, the last of n LAST + (1 − LAST) / n.
    LAST = 0.7;
    /// What a link beside the chain, or a catch-all, leaves of the score.
    BESIDE = 0.7;
    /// What is left for who develops in a field and has no link to show for it: half of all companies claim that.
    CLAIM = 0.7;
    /// What a chain that only shares the link has of the score, in percent, rounded down.
    SHARED_PERCENT = 90.0;
    /// How sure general words make a place on a chain without a link: so much of the best one's strength …
    GENERAL = 1.4;
    /// … and so much where the name has one …
    GENERAL_NAME = 0.2;
    /// … up to this.
    GENERAL_MOST = 0.75;
    /// What is left of that where nothing general is made, operated or developed: a dealer in machines is on no chain.
    GENERAL_TRADED = 0.3;
    /// From this strength of a word on, general words place on the chain.
    GENERAL_LEAST = 0.3;
    /// A near miss less sure than this, in percent, is kept only where it is the nearest there is.
    FAINT = 10.0;
    /// The most matches an enterprise keeps.
    KEPT = 12.0;
}
