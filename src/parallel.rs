//! The one place that knows of threads: work on parts of a table, with the parts in order afterwards. Without the feature `parallel` the
//! parts are worked on one after another; the same comes of it either way, whatever the number of threads.

use std::marker::PhantomData;
use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Mutex};

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

/// Takes work that is begun now and done whenever a thread is free.
pub(crate) struct Crew<'c, 'w> {
    #[cfg(feature = "parallel")]
    scope: &'c rayon::Scope<'w>,
    /// How much is begun and not done.
    open: Arc<AtomicUsize>,
    lifetimes: PhantomData<(&'c (), &'w ())>,
}

/// Calls back with a crew; what it took is done when this returns.
pub(crate) fn with_crew<'w, R>(call: impl FnOnce(&Crew<'_, 'w>) -> R) -> R {
    #[cfg(feature = "parallel")]
    return rayon::in_place_scope(|scope| call(&Crew { scope, open: Arc::default(), lifetimes: PhantomData }));
    #[cfg(not(feature = "parallel"))]
    call(&Crew { open: Arc::default(), lifetimes: PhantomData })
}

impl<'w> Crew<'_, 'w> {
    /// Takes work on.
    #[cfg(feature = "parallel")]
    pub(crate) fn begin(&self, work: impl FnOnce() + Send + 'w) {
        self.open.fetch_add(1, SeqCst);
        let open = Open(self.open.clone());
        self.scope.spawn(move |_| {
            work();
            drop(open);
        });
    }

    /// Takes work on, and does it.
    #[cfg(not(feature = "parallel"))]
    #[allow(clippy::unused_self, reason = "a crew of one has nothing to keep")]
    pub(crate) fn begin(&self, work: impl FnOnce() + 'w) {
        work();
    }

    /// Waits, and lends a hand, until no more than so much is left to do.
    pub(crate) fn catch_up(&self, left: usize) {
        while self.open.load(SeqCst) > left {
            #[cfg(feature = "parallel")]
            if rayon::yield_now().is_none() {
                // Called from outside the pool, whose threads have the work.
                std::thread::sleep(std::time::Duration::from_micros(100));
            }
        }
    }
}

/// Counts as work that is begun until it is gone, whether it was done or failed.
#[cfg(feature = "parallel")]
struct Open(Arc<AtomicUsize>);

#[cfg(feature = "parallel")]
impl Drop for Open {
    fn drop(&mut self) {
        self.0.fetch_sub(1, SeqCst);
    }
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
