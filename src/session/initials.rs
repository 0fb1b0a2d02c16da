//! Initials of Chinese characters, by which people who type on a keyboard look for a name: 光迅科技 by `gxkj`.

use std::sync::OnceLock;

use crate::intake::gb2312_characters;

/// Of every character of GB 2312 in the order of its codes, 94 a line, the first letter of its reading; `-` for what is none.
const LETTERS: &str = include_str!("initials.txt");

/// Characters with a second reading that names of firms and places have, each with its letter.
const SECOND: &str = "长c厦x重c行h曾z乐l单s传z会k都d盛c朝c藏z石d车j沈c叶x解x番p蚌b宿x泊p合g大t贾g仇q查z折s缪m翟d尉y区o员y奇j铅y扎z\
                      畜x阁g调d弹t便p宁n省x提d系j了l期q且q槛k鉴j";

/// The least and the greatest character that may have a letter.
const HAN: std::ops::RangeInclusive<u32> = 0x4e00..=0x9fff;

struct Table {
    /// Of each character of the range, its letter; 0 for none.
    first: Vec<u8>,
    second: Vec<(char, u8)>,
}

fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut first = vec![0; (HAN.end() - HAN.start() + 1) as usize];
        let letters = LETTERS.bytes().filter(|b| !b.is_ascii_whitespace());
        for (c, letter) in gb2312_characters().into_iter().zip(letters).filter(|(_, letter)| letter.is_ascii_lowercase()) {
            if let Some(its) = (c as u32).checked_sub(*HAN.start()).and_then(|at| first.get_mut(at as usize)) {
                *its = letter;
            }
        }
        let mut second: Vec<(char, u8)> = Vec::new();
        let mut pairs = SECOND.chars();
        while let (Some(c), Some(letter)) = (pairs.next(), pairs.next()) {
            second.push((c, letter as u8));
        }
        second.sort_unstable();
        Table { first, second }
    })
}

impl Table {
    fn is(&self, c: char, letter: u8) -> bool {
        let own = (c as u32).checked_sub(*HAN.start()).and_then(|at| self.first.get(at as usize)).copied().unwrap_or(0);
        own == letter
            || c.is_ascii() && c.to_ascii_lowercase() as u8 == letter
            || own != 0 && self.second.binary_search(&(c, letter)).is_ok()
    }
}

/// True when somewhere in a name the characters one after another begin with these letters, which are small ones.
pub(super) fn has_initials(name: &str, letters: &[u8]) -> bool {
    let table = table();
    let begins = |rest: &str| {
        let mut chars = rest.chars();
        letters.iter().all(|letter| chars.next().is_some_and(|c| table.is(c, *letter)))
    };
    name.char_indices().any(|(at, _)| begins(&name[at..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_by_the_letters_they_begin_with() {
        for (name, letters) in [
            ("光迅科技", "gxkj"),
            ("武汉光迅科技股份有限公司", "gx"),
            ("重庆长安", "cqca"),
            ("重工长盛", "zgcs"),
            ("厦门鑫芯", "xmxx"),
            ("A股B公司", "agb"),
        ] {
            assert!(has_initials(name, letters.as_bytes()), "{name} {letters}");
        }
        for (name, letters) in [("光迅科技", "gk"), ("", "a"), ("光", "gx")] {
            assert!(!has_initials(name, letters.as_bytes()), "{name} {letters}");
        }
    }

    #[test]
    fn every_character_has_a_letter_and_every_second_reading_differs_from_the_first() {
        let characters = gb2312_characters();
        let letters: Vec<u8> = LETTERS.bytes().filter(|b| *b != b'\n').collect();
        assert_eq!(characters.len(), letters.len());
        let without = letters.iter().zip(&characters).filter(|(l, c)| !l.is_ascii_lowercase() && HAN.contains(&(**c as u32)));
        assert_eq!(without.map(|(_, c)| *c).collect::<String>(), "");
        assert_eq!(SECOND.chars().count() % 2, 0);
    }
}
