//! The one place that knows of threads: work on parts of a table, with the parts in order afterwards. Without the feature `parallel` the
//! parts are worked on one after another; the same comes of it either way, whatever the number of threads.

use std::ops::Range;
use std::sync::Mutex;

/// Works on parts of `0..count`, each of at most `size`; what comes of them is in their order.
#[cfg(feature = "parallel")]
pub(crate) fn parts<T: Send>(count: usize, size: usize, work: impl Fn(Range<usize>) -> T + Sync) -> Vec<T> {
    use rayon::prelude::*;
    let starts: Vec<usize> = (0..count).step_by(size.max(1)).collect();
    starts.into_par_iter().map(|start| work(start..(start + size).min(count))).collect()
}

/// Works on parts of `0..count`, each of at most `size`; what comes of them is in their order.
#[cfg(not(feature = "parallel"))]
pub(crate) fn parts<T>(count: usize, size: usize, work: impl Fn(Range<usize>) -> T) -> Vec<T> {
    (0..count).step_by(size.max(1)).map(|start| work(start..(start + size).min(count))).collect()
}

/// Works on things, each of which is gone afterwards; what comes of them is in their order.
#[cfg(feature = "parallel")]
pub(crate) fn each<T: Send, R: Send>(things: Vec<T>, work: impl Fn(T) -> R + Sync + Send) -> Vec<R> {
    use rayon::prelude::*;
    things.into_par_iter().with_max_len(1).map(work).collect()
}

/// Works on things, each of which is gone afterwards; what comes of them is in their order.
#[cfg(not(feature = "parallel"))]
pub(crate) fn each<T, R>(things: Vec<T>, work: impl Fn(T) -> R) -> Vec<R> {
    things.into_iter().map(work).collect()
}

/// Does one thing here, and another meanwhile.
#[cfg(feature = "parallel")]
pub(crate) fn meanwhile(here: impl FnOnce(), other: impl FnOnce() + Send) {
    rayon::in_place_scope(|scope| {
        scope.spawn(|_| other());
        here();
    });
}

/// Does one thing, and then another.
#[cfg(not(feature = "parallel"))]
pub(crate) fn meanwhile(here: impl FnOnce(), other: impl FnOnce()) {
    here();
    other();
}

/// How many threads there are to work on.
pub(crate) fn threads() -> usize {
    #[cfg(feature = "parallel")]
    return rayon::current_num_threads();
    #[cfg(not(feature = "parallel"))]
    1
}

/// Sorts by a comparison that calls no two equal.
#[cfg(feature = "parallel")]
pub(crate) fn sort_by<T: Send>(items: &mut [T], compare: impl Fn(&T, &T) -> std::cmp::Ordering + Sync) {
    use rayon::prelude::*;
    items.par_sort_unstable_by(compare);
}

/// Sorts by a comparison that calls no two equal.
#[cfg(not(feature = "parallel"))]
pub(crate) fn sort_by<T>(items: &mut [T], compare: impl Fn(&T, &T) -> std::cmp::Ordering) {
    items.sort_unstable_by(compare);
}

/// Things that are costly to make, or know more the longer they are used: lent to whoever works, and kept for the next.
#[derive(Debug, Default)]
pub(crate) struct Idle<T>(Mutex<Vec<T>>);

impl<T: Default> Idle<T> {
    /// Works with one of them, made anew where all are out.
    pub(crate) fn lend<R>(&self, work: impl FnOnce(&mut T) -> R) -> R {
        let mut lent = self.0.lock().ok().and_then(|mut idle| idle.pop()).unwrap_or_default();
        let done = work(&mut lent);
        if let Ok(mut idle) = self.0.lock() {
            idle.push(lent);
        }
        done
    }
}
