//! A set of rows.

/// A set of rows of a table, a bit each.
///
/// ```
/// use xiangma::Selection;
///
/// let even = Selection::from_fn(100, |row| row % 2 == 0);
/// let late = Selection::from_fn(100, |row| row >= 90);
/// let mut both = even.clone();
/// both.and(&late);
/// assert_eq!(both.rows().collect::<Vec<_>>(), [90, 92, 94, 96, 98]);
/// assert_eq!(even.count(), 50);
///
/// let mut rest = even;
/// rest.or(&late);
/// rest.not();
/// assert_eq!((rest.count(), rest.contains(1), rest.contains(91)), (45, true, false));
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    len: usize,
    words: Vec<u64>,
}

const BITS: usize = u64::BITS as usize;

impl Selection {
    /// The rows of a table of `len` rows for which a condition holds.
    pub fn from_fn(len: usize, mut holds: impl FnMut(usize) -> bool) -> Self {
        let word = |start: usize| (start..len.min(start + BITS)).fold(0, |word, row| word | u64::from(holds(row)) << (row - start));
        Self { len, words: (0..len).step_by(BITS).map(word).collect() }
    }

    /// Every row of a table of `len` rows.
    pub fn all(len: usize) -> Self {
        let mut words = vec![u64::MAX; len.div_ceil(BITS)];
        if let Some(last) = words.last_mut().filter(|_| !len.is_multiple_of(BITS)) {
            *last = (1 << (len % BITS)) - 1;
        }
        Self { len, words }
    }

    /// How many rows the table has.
    pub fn len(&self) -> usize {
        self.len
    }

    /// True when no row is selected.
    pub fn is_empty(&self) -> bool {
        self.words.iter().all(|w| *w == 0)
    }

    /// True when a row is selected.
    pub fn contains(&self, row: usize) -> bool {
        self.words.get(row / BITS).is_some_and(|w| w >> (row % BITS) & 1 == 1)
    }

    /// How many rows are selected.
    pub fn count(&self) -> usize {
        self.words.iter().map(|w| w.count_ones() as usize).sum()
    }

    /// The rows selected, in order.
    pub fn rows(&self) -> impl Iterator<Item = u32> + '_ {
        self.words.iter().enumerate().flat_map(|(at, word)| {
            let mut word = *word;
            std::iter::from_fn(move || {
                let bit = (word != 0).then(|| word.trailing_zeros())?;
                word &= word - 1;
                Some((at * BITS) as u32 + bit)
            })
        })
    }

    /// Keeps the rows that another selection has too. Both are of one table.
    pub fn and(&mut self, other: &Self) {
        let others = other.words.iter().chain(std::iter::repeat(&0));
        self.words.iter_mut().zip(others).for_each(|(word, other)| *word &= other);
    }

    /// Adds the rows that another selection has. Both are of one table.
    pub fn or(&mut self, other: &Self) {
        self.words.iter_mut().zip(&other.words).for_each(|(word, other)| *word |= other);
        self.trim();
    }

    /// Inverts it: rows that were selected no longer are, and the others are.
    pub fn not(&mut self) {
        self.words.iter_mut().for_each(|word| *word = !*word);
        self.trim();
    }

    /// No row behind the last is selected.
    fn trim(&mut self) {
        if let Some(last) = self.words.last_mut().filter(|_| !self.len.is_multiple_of(BITS)) {
            *last &= (1 << (self.len % BITS)) - 1;
        }
    }

    pub(crate) fn words(&self) -> &[u64] {
        &self.words
    }
}
