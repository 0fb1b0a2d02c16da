//! GB18030, the superset of GBK and GB 2312 that Chinese spreadsheet programs write.
//!
//! A decoder of its own because the general one brings the tables of every other encoding of Asia with it, a fifth of what a
//! mini-program may weigh. The tests hold it, code by code and over any bytes, to what that one gives.

use crate::intake::distances;

/// Characters of the two-byte codes in order; `cargo test` says how it was made.
const DISTANCES: &[u8] = include_bytes!("gb18030.bin");

/// How many two-byte codes there are: 126 first bytes, 190 second ones.
#[cfg(test)]
const PAIRS: usize = 126 * 190;

const REPLACEMENT: char = '\u{fffd}';

/// The tables, unfolded.
struct Tables {
    pairs: Vec<u16>,
    /// What the four-byte codes of the basic plane mean: the characters no shorter code has, in order, as runs (first code, first
    /// character).
    runs: Vec<(u32, u32)>,
}

impl Tables {
    fn new() -> Self {
        let pairs: Vec<u16> = distances::read(DISTANCES).map(|character| character as u16).collect();
        let mut has = vec![false; 1 << 16];
        pairs.iter().for_each(|c| has[usize::from(*c)] = true);
        SHORTENED.iter().for_each(|c| has[usize::from(*c)] = false);
        FORMER.iter().for_each(|c| has[usize::from(*c)] = true);
        let mut runs = Vec::new();
        let (mut code, mut open) = (0, false);
        for character in 0x80..=0xffff_u32 {
            let free = !has[character as usize] && !(0xd800..0xe000).contains(&character);
            if free && !open {
                runs.push((code, character));
            }
            open = free;
            code += u32::from(free);
        }
        Self { pairs, runs }
    }

    fn four(&self, code: u32) -> Option<char> {
        match code {
            // The one that has changed places since.
            7_457 => Some('\u{e7c7}'),
            0..=39_419 => {
                let run = self.runs.partition_point(|r| r.0 <= code).checked_sub(1)?;
                let (first, character) = self.runs[run];
                char::from_u32(character + code - first)
            }
            189_000..=1_237_575 => char::from_u32(code - 189_000 + 0x1_0000),
            _ => None,
        }
    }

    fn two(&self, first: u8, second: u8) -> Option<char> {
        let offset = if second < 0x7f { 0x40 } else { 0x41 };
        let at = usize::from(first - 0x81) * 190 + usize::from(second.checked_sub(offset)?);
        self.pairs.get(at).and_then(|c| char::from_u32(u32::from(*c))).filter(|c| *c != '\0')
    }
}

/// The Chinese characters of GB 2312 in the order of its codes, 94 of every first byte from B0 to F7; U+FFFD or a private one where there is none.
pub(crate) fn gb2312_characters() -> Vec<char> {
    let codes: Vec<u8> = (0xb0..=0xf7).flat_map(|first| (0xa1..=0xfe).flat_map(move |second| [first, second])).collect();
    decode(&codes).chars().collect()
}

/// Decodes a text. What is malformed becomes U+FFFD, a byte or a code at a time, as browsers do it.
pub(super) fn decode(bytes: &[u8]) -> String {
    static TABLES: std::sync::OnceLock<Tables> = std::sync::OnceLock::new();
    let tables = TABLES.get_or_init(Tables::new);
    let mut text = String::with_capacity(bytes.len() * 3 / 2);
    let mut rest = bytes;
    while let Some((&first, after)) = rest.split_first() {
        let ascii = rest.iter().position(|b| !b.is_ascii()).unwrap_or(rest.len());
        if ascii > 0 {
            text.push_str(std::str::from_utf8(&rest[..ascii]).unwrap_or(""));
            rest = &rest[ascii..];
            continue;
        }
        let (character, used) = match (first, after) {
            (0x80, _) => ('€', 1),
            (0x81..=0xfe, [second @ 0x30..=0x39, third @ 0x81..=0xfe, fourth @ 0x30..=0x39, ..]) => {
                let digit = |byte: u8, from: u8| u32::from(byte - from);
                let code = ((digit(first, 0x81) * 10 + digit(*second, 0x30)) * 126 + digit(*third, 0x81)) * 10 + digit(*fourth, 0x30);
                (tables.four(code).unwrap_or(REPLACEMENT), 4)
            }
            // A code cut off at the end is one fault.
            (0x81..=0xfe, [] | [0x30..=0x39] | [0x30..=0x39, 0x81..=0xfe]) => (REPLACEMENT, rest.len()),
            (0x81..=0xfe, [second @ (0x40..=0x7e | 0x80..=0xfe), ..]) => match tables.two(first, *second) {
                Some(character) => (character, 2),
                // A letter is never swallowed.
                None => (REPLACEMENT, if second.is_ascii() { 1 } else { 2 }),
            },
            (0x81..=0xfe, [second, ..]) if !second.is_ascii() => (REPLACEMENT, 2),
            _ => (REPLACEMENT, 1),
        };
        text.push(character);
        rest = &rest[used..];
    }
    text
}

/// Characters with a two-byte code that kept their place among the four-byte ones: most were given the shorter code by the edition of 2022.
#[rustfmt::skip]
const SHORTENED: &[u16] = &[
    0x1e3f, 0x9fb4, 0x9fb5, 0x9fb6, 0x9fb7, 0x9fb8, 0x9fb9, 0x9fba, 0x9fbb,
    0xfe10, 0xfe11, 0xfe12, 0xfe13, 0xfe14, 0xfe15, 0xfe16, 0xfe17, 0xfe18, 0xfe19,
];

/// Characters of private use, most of which had those shorter codes before, without a place among the four-byte ones.
#[rustfmt::skip]
const FORMER: &[u16] = &[
    0xe5e5, 0xe7c7, 0xe81e, 0xe826, 0xe82b, 0xe82c, 0xe832, 0xe843, 0xe854, 0xe864,
    0xe78d, 0xe78e, 0xe78f, 0xe790, 0xe791, 0xe792, 0xe793, 0xe794, 0xe795, 0xe796,
];

#[cfg(test)]
mod tests {
    use encoding_rs::GB18030;
    use proptest::prelude::*;

    use super::*;

    fn oracle(bytes: &[u8]) -> String {
        GB18030.decode_without_bom_handling(bytes).0.into_owned()
    }

    fn pair(at: usize) -> [u8; 2] {
        let (first, second) = (at / 190, at % 190);
        [0x81 + first as u8, second as u8 + if second < 0x3f { 0x40 } else { 0x41 }]
    }

    #[test]
    fn the_table_is_the_one_others_have() {
        let of = |at: usize| oracle(&pair(at)).chars().next().filter(|c| *c != REPLACEMENT).map_or(0, u32::from);
        distances::hold("gb18030.bin", DISTANCES, (0..PAIRS).map(of));
    }

    #[test]
    fn every_code_means_what_it_means_to_others() {
        for at in 0..PAIRS {
            assert_eq!(decode(&pair(at)), oracle(&pair(at)), "{:x?}", pair(at));
        }
        let mut wrong = Vec::new();
        for code in (0..39_420_u32).chain(188_990..189_100).chain((189_000..1_237_600).step_by(97)) {
            let digits = [code / 12_600, code / 1_260 % 10, code / 10 % 126, code % 10];
            let bytes = [0x81 + digits[0] as u8, 0x30 + digits[1] as u8, 0x81 + digits[2] as u8, 0x30 + digits[3] as u8];
            if decode(&bytes) != oracle(&bytes) {
                wrong.push((code, decode(&bytes), oracle(&bytes)));
            }
        }
        assert!(wrong.is_empty(), "{} wrong: {:?}", wrong.len(), &wrong[..wrong.len().min(20)]);
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_bytes_become_what_others_make_of_them(bytes in prop::collection::vec(prop_oneof![any::<u8>(), 0x30_u8..0x3a, 0x81_u8..=0xfe], 0..40)) {
            prop_assert_eq!(decode(&bytes), oracle(&bytes), "{:x?}", bytes);
        }
    }
}
