//! Compound files (OLE 2), the envelope of old workbooks: the streams within, followed sector by sector. A chain that runs in a circle or
//! out of the file ends there.

const END: u32 = 0xffff_fff8;

pub(crate) struct Compound<'b> {
    bytes: &'b [u8],
    sector: usize,
    table: Vec<u32>,
    mini_table: Vec<u32>,
    mini_stream: Vec<u8>,
    entries: Vec<Entry>,
    /// Streams shorter than this lie in small sectors.
    cutoff: u64,
}

struct Entry {
    name: String,
    start: u32,
    size: u64,
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at + 2)?.try_into().ok().map(u16::from_le_bytes)
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 4)?.try_into().ok().map(u32::from_le_bytes)
}

impl<'b> Compound<'b> {
    /// Opens a compound file; `None` when it is none, or damaged.
    pub fn open(bytes: &'b [u8]) -> Option<Self> {
        let shift = u32::from(u16_at(bytes, 30)?);
        if shift != 9 && shift != 12 {
            return None;
        }
        let sector = 1_usize << shift;
        let mut file = Self {
            bytes,
            sector,
            table: Vec::new(),
            mini_table: Vec::new(),
            mini_stream: Vec::new(),
            entries: Vec::new(),
            cutoff: u64::from(u32_at(bytes, 56)?),
        };
        // The sectors of the table: 109 in the header, more in a chain of their own.
        let mut of_table: Vec<u32> = (0..109).filter_map(|i| u32_at(bytes, 76 + 4 * i)).take_while(|s| *s < END).collect();
        let most = bytes.len() / sector + 1;
        let mut next = u32_at(bytes, 68)?;
        let mut seen = 0;
        while next < END && seen <= most {
            let Some(block) = file.block(next) else { break };
            of_table.extend((0..sector / 4 - 1).filter_map(|i| u32_at(block, 4 * i)).filter(|s| *s < END));
            next = u32_at(block, sector - 4)?;
            seen += 1;
        }
        for number in of_table.into_iter().take(most) {
            let Some(block) = file.block(number) else { continue };
            file.table.extend(block.as_chunks::<4>().0.iter().map(|b| u32::from_le_bytes(*b)));
        }
        let directory = file.chain(u32_at(bytes, 48)?, u64::MAX);
        for entry in directory.chunks_exact(128) {
            let length = usize::from(u16_at(entry, 64)?).saturating_sub(2).min(62);
            let units: Vec<u16> = entry[..length].as_chunks::<2>().0.iter().map(|u| u16::from_le_bytes(*u)).collect();
            let (start, size) = (u32_at(entry, 116)?, u64::from(u32_at(entry, 120)?));
            if entry[66] != 0 {
                file.entries.push(Entry { name: String::from_utf16_lossy(&units), start, size });
            }
        }
        let small = file.chain(u32_at(bytes, 60)?, u64::MAX);
        file.mini_table = small.as_chunks::<4>().0.iter().map(|b| u32::from_le_bytes(*b)).collect();
        if let Some(root) = file.entries.first() {
            file.mini_stream = file.chain(root.start, root.size);
        }
        Some(file)
    }

    fn block(&self, number: u32) -> Option<&'b [u8]> {
        let from = (number as usize).checked_add(1)?.checked_mul(self.sector)?;
        self.bytes.get(from..from.checked_add(self.sector)?)
    }

    fn chain(&self, start: u32, size: u64) -> Vec<u8> {
        let (mut bytes, mut next, mut steps) = (Vec::new(), start, 0);
        while next < END && steps <= self.bytes.len() / self.sector && (bytes.len() as u64) < size {
            let Some(block) = self.block(next) else { break };
            bytes.extend_from_slice(block);
            let Some(following) = self.table.get(next as usize) else { break };
            (next, steps) = (*following, steps + 1);
        }
        bytes.truncate(usize::try_from(size).unwrap_or(usize::MAX));
        bytes
    }

    fn small(&self, start: u32, size: u64) -> Vec<u8> {
        let (mut bytes, mut next, mut steps) = (Vec::new(), start, 0);
        while next < END && steps <= self.mini_stream.len() / 64 && (bytes.len() as u64) < size {
            let Some(block) = (next as usize).checked_mul(64).and_then(|at| self.mini_stream.get(at..at + 64)) else { break };
            bytes.extend_from_slice(block);
            let Some(following) = self.mini_table.get(next as usize) else { break };
            (next, steps) = (*following, steps + 1);
        }
        bytes.truncate(usize::try_from(size).unwrap_or(usize::MAX));
        bytes
    }

    /// The stream of that name.
    pub fn stream(&self, name: &str) -> Option<Vec<u8>> {
        let entry = self.entries.iter().find(|e| e.name.eq_ignore_ascii_case(name))?;
        Some(if entry.size < self.cutoff { self.small(entry.start, entry.size) } else { self.chain(entry.start, entry.size) })
    }

    /// True when there is a stream of that name.
    pub fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|e| e.name.eq_ignore_ascii_case(name))
    }
}
