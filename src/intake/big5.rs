//! Big5 with the supplement of Hong Kong, as files of partners in Taiwan and Hong Kong are still saved.
//!
//! A decoder of its own, as that of GB18030 is; the mini-program has none. The tests hold it, code by code and over any bytes, to what the
//! general one gives.

use crate::intake::distances;

/// Characters of the codes in order; `cargo test` says how it was made.
const DISTANCES: &[u8] = include_bytes!("big5.bin");

/// Second bytes: 0x40 to 0x7e and 0xa1 to 0xfe.
const SECONDS: usize = 157;
#[cfg(test)]
const CODES: usize = 126 * SECONDS;

const REPLACEMENT: char = '\u{fffd}';

fn table() -> &'static [u32] {
    static TABLE: std::sync::OnceLock<Vec<u32>> = std::sync::OnceLock::new();
    TABLE.get_or_init(|| distances::read(DISTANCES).collect())
}

fn place(first: u8, second: u8) -> Option<usize> {
    let offset = match second {
        0x40..=0x7e => second - 0x40,
        0xa1..=0xfe => second - 0x62,
        _ => return None,
    };
    Some(usize::from(first.checked_sub(0x81)?) * SECONDS + usize::from(offset))
}

/// Decodes a text. What is malformed becomes U+FFFD, a byte or a code at a time, as browsers do it.
pub(super) fn decode(bytes: &[u8]) -> String {
    let table = table();
    let mut text = String::with_capacity(bytes.len() * 3 / 2);
    let mut rest = bytes;
    while let Some((&first, after)) = rest.split_first() {
        let ascii = rest.iter().position(|b| !b.is_ascii()).unwrap_or(rest.len());
        if ascii > 0 {
            text.push_str(std::str::from_utf8(&rest[..ascii]).unwrap_or(""));
            rest = &rest[ascii..];
            continue;
        }
        let used = if let (0x81..=0xfe, Some(second)) = (first, after.first().copied()) {
            let code = u16::from(first) << 8 | u16::from(second);
            let character = place(first, second).and_then(|at| table.get(at)).and_then(|c| char::from_u32(*c)).filter(|c| *c != '\0');
            match (character, LETTERS.iter().find(|(c, _)| *c == code)) {
                (_, Some((_, letters))) => text.push_str(letters),
                (Some(character), None) => text.push(character),
                (None, None) => text.push(REPLACEMENT),
            }
            // A letter is never swallowed.
            if text.ends_with(REPLACEMENT) && second.is_ascii() { 1 } else { 2 }
        } else {
            text.push(REPLACEMENT);
            1
        };
        rest = &rest[used..];
    }
    text
}

/// Codes that stand for a letter and its accent.
const LETTERS: [(u16, &str); 4] =
    [(0x8862, "\u{ca}\u{304}"), (0x8864, "\u{ca}\u{30c}"), (0x88a3, "\u{ea}\u{304}"), (0x88a5, "\u{ea}\u{30c}")];

/// So many bytes are looked at to tell Big5 from GB18030.
const SAMPLE: usize = 1 << 18;

/// True when bytes are Big5 rather than GB18030. In either the characters of daily use stand together: of a text in GB18030 nine in ten
/// are among the 3,755 first of GB 2312 or its marks, and such a text is never taken for Big5; of one in Big5 nine in ten are among the
/// 5,401 first of Big5 or its marks, and hardly half of its bytes would be daily characters in GB18030.
pub(super) fn is_likely(bytes: &[u8]) -> bool {
    let (mut codes, mut daily, mut gb_daily, mut bad) = (0_usize, 0_usize, 0_usize, 0_usize);
    let mut rest = &bytes[..bytes.len().min(SAMPLE)];
    let cut = rest.len() < bytes.len();
    while let Some((&first, after)) = rest.split_first() {
        if first.is_ascii() {
            rest = after;
            continue;
        }
        let Some((&second, _)) = after.split_first() else {
            bad += usize::from(!cut);
            break;
        };
        codes += 1;
        if place(first, second).is_none() {
            bad += 1;
        }
        let code = u16::from(first) << 8 | u16::from(second);
        daily += usize::from(matches!(code, 0xa140..=0xa3bf | 0xa440..=0xc67e));
        gb_daily += usize::from(matches!(first, 0xa1..=0xa3 | 0xb0..=0xd7) && second >= 0xa1);
        rest = &after[usize::from(!second.is_ascii() || place(first, second).is_some())..];
    }
    codes >= 4 && bad * 200 <= codes && daily * 10 >= codes * 9 && gb_daily * 10 < codes * 9 && gb_daily * 10 < daily * 8
}

#[cfg(test)]
mod tests {
    use encoding_rs::{BIG5, GB18030};
    use proptest::prelude::*;

    use super::*;

    fn oracle(bytes: &[u8]) -> String {
        BIG5.decode_without_bom_handling(bytes).0.into_owned()
    }

    fn code(at: usize) -> [u8; 2] {
        let (first, second) = (at / SECONDS, at % SECONDS);
        [0x81 + first as u8, second as u8 + if second < 0x3f { 0x40 } else { 0x62 }]
    }

    #[test]
    fn the_table_is_the_one_others_have() {
        let of = |at: usize| {
            let text = oracle(&code(at));
            let mut characters = text.chars();
            characters.next().filter(|c| *c != REPLACEMENT && characters.next().is_none()).map_or(0, u32::from)
        };
        distances::hold("big5.bin", DISTANCES, (0..CODES).map(of));
        for at in 0..CODES {
            assert_eq!(decode(&code(at)), oracle(&code(at)), "{:x?}", code(at));
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_bytes_become_what_others_make_of_them(bytes in prop::collection::vec(prop_oneof![any::<u8>(), 0x40_u8..0x7f, 0x81_u8..=0xfe], 0..40)) {
            prop_assert_eq!(decode(&bytes), oracle(&bytes), "{:x?}", bytes);
        }

        /// Text in the 3,755 characters of daily use and the marks is what it is, however short.
        #[test]
        fn daily_text_in_gb18030_is_never_taken_for_big5(codes in prop::collection::vec((0xb0_u8..0xd8, 0xa1_u8..0xfa), 1..200)) {
            let bytes: Vec<u8> = codes.iter().flat_map(|(first, second)| [*first, *second]).collect();
            prop_assert!(!is_likely(&bytes), "{}", GB18030.decode(&bytes).0);
        }
    }
}
