//! The unified social credit code, GB 32100-2015.

use std::fmt;

use serde::Serialize;

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
    /// Reads a code. Lower case is raised. `None` when the length, a character or the check character is wrong.
    ///
    /// The check character makes `Σ value(i) · (3^i mod 31)` over the first seventeen, plus its own value, a multiple of 31.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let bytes: [u8; 18] = text.as_bytes().try_into().ok()?;
        let bytes = bytes.map(|b| b.to_ascii_uppercase());
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

fn value(byte: u8) -> Option<usize> {
    ALPHABET.iter().position(|a| *a == byte)
}

impl fmt::Display for CreditCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for CreditCode {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}
