//! The unified social credit code, GB 32100-2015.

use std::fmt;

use serde::{Deserialize, Serialize};

const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";

/// A unified social credit code (统一社会信用代码) whose check character is right.
///
/// ```
/// use xiangma::CreditCode;
///
/// let code = CreditCode::parse("91350211m000100y46").ok_or("not valid")?;
/// assert_eq!(code.as_str(), "91350211M000100Y46");
/// assert_eq!(code.division(), 350_211);
/// assert!(CreditCode::parse("91350211M000100Y44").is_none());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CreditCode([u8; 18]);

impl CreditCode {
    /// Reads a code, in upper or lower case. `None` when the length, a character or the check character is wrong.
    ///
    /// The check character makes `Σ value(i) · (3^i mod 31)` over the first seventeen, plus its own value, a multiple of 31.
    ///
    /// A resident identity number is refused, though one in thirty-one of them passes the check.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let bytes: [u8; 18] = text.as_bytes().try_into().ok()?;
        let bytes = bytes.map(|b| b.to_ascii_uppercase());
        // The department that registers comes first: 1, 5 and 9 are the usual ones, then 2 to 4, 6 to 8, A and N, Y. All of them but 1 and 5
        // rule out a province of birth or a birthday; what remains is told by its digits.
        if is_identity_number(text) {
            return None;
        }
        let mut sum = 0;
        let mut weight = 1;
        for byte in &bytes[..17] {
            sum += value(*byte)? * weight;
            weight = weight * 3 % 31;
        }
        ((sum + value(bytes[17])?) % 31 == 0).then_some(Self(bytes))
    }

    /// The code, in upper case.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// The division (GB/T 2260) of the registering authority: digits 3 to 8; 0 when they are not digits.
    pub fn division(&self) -> u32 {
        self.as_str()[2..8].parse().unwrap_or(0)
    }
}

/// A resident identity number (GB 11643): 17 digits and a check character, a plausible birthday in the midst. The check character
/// is not asked: a mistyped number is a person's all the same.
pub(crate) fn is_identity_number(text: &str) -> bool {
    let bytes = text.trim().as_bytes();
    if bytes.len() != 18 || !bytes[..17].iter().all(u8::is_ascii_digit) || !(bytes[17].is_ascii_digit() || matches!(bytes[17], b'X' | b'x'))
    {
        return false;
    }
    let number = |from: usize, to: usize| bytes[from..to].iter().fold(0_u32, |n, b| n * 10 + u32::from(b - b'0'));
    let province = number(0, 2);
    // The codes of enterprises begin with 9, those of institutions with 1 and 5, where no birthday stands in the midst.
    (11..=82).contains(&province)
        && (1900..=2099).contains(&number(6, 10))
        && (1..=12).contains(&number(10, 12))
        && (1..=31).contains(&number(12, 14))
}

/// The value of every byte; of those that are no characters of codes `NONE`.
const VALUES: [u8; 256] = {
    let mut values = [NONE; 256];
    let mut at = 0;
    while at < ALPHABET.len() {
        values[ALPHABET[at] as usize] = at as u8;
        at += 1;
    }
    values
};
const NONE: u8 = u8::MAX;

fn value(byte: u8) -> Option<usize> {
    Some(VALUES[usize::from(byte)]).filter(|v| *v != NONE).map(usize::from)
}

impl fmt::Display for CreditCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for CreditCode {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom(format!("`{text}` is no unified social credit code")))
    }
}

impl Serialize for CreditCode {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}
