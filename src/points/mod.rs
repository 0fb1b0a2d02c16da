//! Points of many enterprises on many criteria, two bytes a cell, laid out for weighing them all at once.

mod lanes;
mod selection;

pub(crate) use lanes::Sums;
use lanes::{LANES, Pair, Tile};
pub use selection::Selection;

/// Rows in a block.
const BLOCK: usize = 512;

/// Tiles in a block, for one pair of criteria.
const TILES: usize = BLOCK / LANES;

/// A table of points, 0 to 10 000.
///
/// Rows stand in blocks of 512; in a block, criteria stand in pairs, and of each pair the tiles of eight rows one after another. So
/// weighing all criteria reads memory from end to end while its sums stay near, and moving one weight reads only its pair.
#[derive(Debug, Clone, Default)]
pub(crate) struct Points {
    rows: usize,
    criteria: usize,
    tiles: Vec<Tile>,
    /// The most points of each block on each criterion, as a table of blocks: what a block cannot reach need not be read.
    most: Option<Box<Points>>,
}

/// The sums of a block.
type BlockSums = [Sums; TILES];

/// Weights of all criteria, pair by pair.
#[derive(Debug, Clone, Default)]
pub(crate) struct Weights(Vec<Pair>);

impl Weights {
    /// Each weight is at most 30 000, and all together at most 200 000.
    pub(crate) fn new(weights: &[u32]) -> Self {
        let at = |pair: &[u32], i: usize| pair.get(i).map_or(0, |w| *w as i16);
        Self(weights.chunks(2).map(|pair| Pair::new(at(pair, 0), at(pair, 1))).collect())
    }
}

impl Points {
    /// A table made row by row.
    pub(crate) fn builder(criteria: usize) -> Builder {
        Builder { table: Self { rows: 0, criteria, tiles: Vec::new(), most: None }, block: vec![[0; BLOCK]; criteria], most: Vec::new() }
    }

    pub(crate) fn rows(&self) -> usize {
        self.rows
    }

    pub(crate) fn criteria(&self) -> usize {
        self.criteria
    }

    fn pairs(&self) -> usize {
        self.criteria.div_ceil(2)
    }

    fn blocks(&self) -> usize {
        self.rows.div_ceil(BLOCK)
    }

    /// Adds the rows of another table of the same criteria.
    pub(crate) fn append(&mut self, other: &Self) {
        let mut builder = Builder::resumed(std::mem::take(self));
        builder.append(other);
        *self = builder.finish();
    }

    /// The points of one row on one criterion.
    pub(crate) fn get(&self, criterion: usize, row: usize) -> Option<u16> {
        if row >= self.rows || criterion >= self.criteria {
            return None;
        }
        let at = (row / BLOCK * self.pairs() + criterion / 2) * TILES + row % BLOCK / LANES;
        let (first, second) = self.tiles[at].split();
        Some(if criterion.is_multiple_of(2) { first } else { second }[row % LANES])
    }

    /// The points of one row on every criterion.
    pub(crate) fn row(&self, row: usize) -> impl Iterator<Item = u16> {
        (0..self.criteria).map(move |criterion| self.get(criterion, row).unwrap_or(0))
    }

    /// The sum of one row.
    pub(crate) fn sum(&self, weights: &[u32], row: usize) -> u32 {
        weights.iter().enumerate().filter(|(_, w)| **w > 0).map(|(c, w)| w * u32::from(self.get(c, row).unwrap_or(0))).sum()
    }

    /// The tiles of one block, pair after pair.
    fn block(&self, block: usize) -> &[Tile] {
        let size = self.pairs() * TILES;
        &self.tiles[block * size..(block + 1) * size]
    }

    /// Weighs a block.
    #[inline]
    fn weigh(&self, weights: &Weights, block: usize, sums: &mut BlockSums) {
        sums.fill(Sums::splat(0));
        for (tiles, weights) in self.block(block).chunks_exact(TILES).zip(&weights.0) {
            for (sum, tile) in sums.iter_mut().zip(tiles) {
                sum.add(tile, *weights);
            }
        }
    }

    /// The sums of every row.
    pub(crate) fn all_sums(&self, weights: &Weights) -> Vec<Sums> {
        let mut all = Vec::with_capacity(self.blocks() * TILES);
        self.fill_sums(weights, &mut all);
        all
    }

    /// The sums of every row, in the place of whatever was there.
    pub(crate) fn fill_sums(&self, weights: &Weights, all: &mut Vec<Sums>) {
        all.clear();
        let mut sums = [Sums::splat(0); TILES];
        for block in 0..self.blocks() {
            self.weigh(weights, block, &mut sums);
            all.extend_from_slice(&sums);
        }
    }

    /// Moves one weight by a difference: adds it to sums made before.
    pub(crate) fn move_one(&self, sums: &mut [Sums], criterion: usize, difference: i32) {
        let difference = difference as i16;
        let weights = if criterion.is_multiple_of(2) { Pair::new(difference, 0) } else { Pair::new(0, difference) };
        let its = self.tiles.chunks_exact(TILES).skip(criterion / 2).step_by(self.pairs());
        for (sums, tiles) in sums.chunks_exact_mut(TILES).zip(its) {
            for (sum, tile) in sums.iter_mut().zip(tiles) {
                sum.add(tile, weights);
            }
        }
    }

    /// Reads every cell and does as good as nothing with it: the floor of any weighing, for measuring.
    pub(crate) fn read_all(&self) -> i32 {
        let mut sum = Sums::splat(0);
        let one = Pair::new(1, 1);
        self.tiles.iter().for_each(|tile| sum.add(tile, one));
        sum.each().iter().fold(0, |all, x| all ^ x)
    }

    /// Calls back with every selected row whose sum may reach a floor that the callback raises: `each(row, sum)` returns the floor
    /// from there on. Blocks that cannot reach it are not read.
    #[inline]
    pub(crate) fn reach(&self, weights: &Weights, rows: &Selection, mut floor: i32, mut each: impl FnMut(u32, i32) -> i32) {
        let mut sums = [Sums::splat(0); TILES];
        let mut bounds = [Sums::splat(0); TILES];
        for (block, words) in rows.words().chunks(WORDS).enumerate() {
            if let Some(most) = self.most.as_deref() {
                if block.is_multiple_of(BLOCK) {
                    most.weigh(weights, block / BLOCK, &mut bounds);
                }
                if bounds[block % BLOCK / LANES].each()[block % LANES] < floor {
                    continue;
                }
            }
            if words.iter().any(|w| *w != 0) {
                self.weigh(weights, block, &mut sums);
                floor = reach_block(&sums, words, block * BLOCK, floor, &mut each);
            }
        }
    }
}

/// As [`Points::reach`], over sums made before.
#[inline]
pub(crate) fn reach_sums(sums: &[Sums], rows: &Selection, mut floor: i32, mut each: impl FnMut(u32, i32) -> i32) {
    for (block, (sums, words)) in sums.chunks_exact(TILES).zip(rows.words().chunks(WORDS)).enumerate() {
        floor = reach_block(sums, words, block * BLOCK, floor, &mut each);
    }
}

/// Words of a [`Selection`] in a block, and tiles in such a word.
const WORDS: usize = BLOCK / 64;
const WORD_TILES: usize = 64 / LANES;

#[inline]
fn reach_block(sums: &[Sums], words: &[u64], first: usize, mut floor: i32, each: &mut impl FnMut(u32, i32) -> i32) -> i32 {
    let mut bound = Sums::splat(floor - 1);
    for (at, (sums, word)) in sums.chunks_exact(WORD_TILES).zip(words).enumerate() {
        // Most of a table lies under the floor: one question for 64 rows.
        if !Sums::any_over(sums, bound) {
            continue;
        }
        let mut reached = sums.iter().rev().fold(0, |bits, sums| bits << LANES | u64::from(sums.over(bound))) & word;
        let before = floor;
        while reached != 0 {
            let bit = reached.trailing_zeros() as usize;
            reached &= reached - 1;
            let sum = sums[bit / LANES].each()[bit % LANES];
            if sum >= floor {
                floor = each((first + at * 64 + bit) as u32, sum);
            }
        }
        if floor != before {
            bound = Sums::splat(floor - 1);
        }
    }
    floor
}

/// Makes a table row by row.
#[derive(Debug)]
pub(crate) struct Builder {
    table: Points,
    /// The block under way, a column each.
    block: Vec<[u16; BLOCK]>,
    /// Of each full block, its most points on each criterion.
    most: Vec<u16>,
}

impl Builder {
    /// Adds a row: its points on every criterion, each at most 10 000.
    pub(crate) fn push(&mut self, points: impl Iterator<Item = u16>) {
        let at = self.table.rows % BLOCK;
        for (column, points) in self.block.iter_mut().zip(points) {
            debug_assert!(points <= 10_000, "points over the most there are");
            column[at] = points;
        }
        self.table.rows += 1;
        if at + 1 == BLOCK {
            self.close();
        }
    }

    /// Puts other points in the place of a row's.
    pub(crate) fn set(&mut self, row: usize, points: impl Iterator<Item = u16>) {
        let (block, at, pairs) = (row / BLOCK, row % BLOCK, self.table.pairs());
        for (criterion, points) in points.enumerate().take(self.table.criteria) {
            if block == self.table.rows / BLOCK {
                self.block[criterion][at] = points;
                continue;
            }
            let tile = &mut self.table.tiles[(block * pairs + criterion / 2) * TILES + at / LANES];
            let (mut first, mut second) = tile.split();
            let half = if criterion.is_multiple_of(2) { &mut first } else { &mut second };
            half[at % LANES] = points;
            *tile = Tile::new(first, second);
            // What it was may have been the most: then the block can reach less than is said, and is read once in vain.
            let most = &mut self.most[block * self.table.criteria + criterion];
            *most = points.max(*most);
        }
    }

    /// Adds the rows of another table of the same criteria.
    pub(crate) fn append(&mut self, other: &Points) {
        let mut next = 0;
        if let Some(bounds) = other.most.as_deref().filter(|_| self.table.rows.is_multiple_of(BLOCK)) {
            // Whole blocks come as they are.
            let whole = other.rows / BLOCK;
            self.table.tiles.extend_from_slice(&other.tiles[..whole * other.pairs() * TILES]);
            self.most.extend((0..whole).flat_map(|block| bounds.row(block)));
            self.table.rows += whole * BLOCK;
            next = whole * BLOCK;
        }
        for row in next..other.rows {
            self.push(other.row(row));
        }
    }

    /// A table taken up again where it ended.
    fn resumed(mut table: Points) -> Self {
        let (rows, criteria) = (table.rows, table.criteria);
        let whole = rows / BLOCK;
        let begun: Vec<Vec<u16>> = (whole * BLOCK..rows).map(|row| table.row(row).collect()).collect();
        let most = table.most.take().map(|bounds| (0..whole).flat_map(|block| bounds.row(block)).collect()).unwrap_or_default();
        table.tiles.truncate(whole * table.pairs() * TILES);
        table.rows = whole * BLOCK;
        let mut builder = Self { table, block: vec![[0; BLOCK]; criteria], most };
        begun.into_iter().for_each(|row| builder.push(row.into_iter()));
        builder
    }

    /// Closes the block under way, where one is begun.
    fn close_rest(&mut self) {
        if !self.table.rows.is_multiple_of(BLOCK) {
            self.close();
        }
    }

    fn close(&mut self) {
        self.most.extend(self.block.iter().map(|column| column.iter().copied().max().unwrap_or(0)));
        for pair in self.block.chunks(2) {
            for at in (0..BLOCK).step_by(LANES) {
                let of = |column: Option<&[u16; BLOCK]>| std::array::from_fn(|lane| column.map_or(0, |c| c[at + lane]));
                self.table.tiles.push(Tile::new(of(pair.first()), of(pair.get(1))));
            }
        }
        self.block.fill([0; BLOCK]);
    }

    pub(crate) fn finish(mut self) -> Points {
        let criteria = self.table.criteria;
        self.close_rest();
        if criteria > 0 {
            // A table of bounds has none of its own: it is small.
            let mut most = Points::builder(criteria);
            self.most.chunks_exact(criteria).for_each(|block| most.push(block.iter().copied()));
            most.close_rest();
            self.table.most = Some(Box::new(most.table));
        }
        self.table
    }
}
