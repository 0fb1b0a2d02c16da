//! Days as numbers and as text. The calendar is [`jiff`]'s; its arithmetic and its printer know far more than days, and weigh as much.

use serde::{Deserialize, Deserializer, Serializer, de};

use crate::enterprise::Date;

/// Days since 1970-01-01, by counting from 0000-03-01, so that the leap day is the last of its year.
pub(crate) fn number(day: Date) -> i64 {
    let (month, year) = (i64::from(day.month()), i64::from(day.year()));
    let year = if month <= 2 { year - 1 } else { year };
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + i64::from(day.day()) - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// The day that is so many days after 1970-01-01; `None` outside the years -9999 to 9999.
pub(crate) fn from_number(days: i64) -> Option<Date> {
    let days = days.checked_add(719_468)?;
    let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year + era * 400 + i64::from(month <= 2);
    Date::new(i16::try_from(year).ok()?, month as i8, day as i8).ok()
}

/// As ISO 8601 writes it: `2026-11-01`.
pub(crate) fn written(day: Date) -> String {
    format!("{:04}-{:02}-{:02}", day.year(), day.month(), day.day())
}

/// A day as ISO 8601 writes it, and nothing else.
pub(crate) fn parsed(text: &str) -> Option<Date> {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text.as_bytes() else { return None };
    let number = |digits: &[&u8]| {
        digits.iter().try_fold(0_i16, |number, digit| digit.is_ascii_digit().then(|| number * 10 + i16::from(**digit - b'0')))
    };
    Date::new(number(&[y1, y2, y3, y4])?, number(&[m1, m2])? as i8, number(&[d1, d2])? as i8).ok()
}

/// For fields of serde.
#[allow(clippy::ref_option, clippy::trivially_copy_pass_by_ref, reason = "as serde calls it")]
pub(crate) fn serialize<S: Serializer>(day: &Option<Date>, serializer: S) -> Result<S::Ok, S::Error> {
    match day {
        Some(day) => serializer.serialize_some(&written(*day)),
        None => serializer.serialize_none(),
    }
}

/// For fields of serde: an ISO day, or none.
pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
    let Some(text) = Option::<String>::deserialize(deserializer)? else { return Ok(None) };
    parsed(&text).map(Some).ok_or_else(|| de::Error::custom(format_args!("`{text}` is no day; write YYYY-MM-DD")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_those_of_the_calendar() {
        let mut day = Date::constant(1582, 1, 1);
        let mut n = number(day);
        while day.year() < 2420 {
            assert_eq!(from_number(n), Some(day));
            assert_eq!(written(day), day.to_string());
            assert_eq!(parsed(&written(day)), Some(day));
            let next = day.tomorrow().expect("a day follows");
            assert_eq!(number(next), n + 1, "{next}");
            (day, n) = (next, n + 1);
        }
        for text in ["", "2026-1-1", "2026-02-30", "2026/01/01", "2026-00-10", "2026-13-01", "20x6-01-01", "2026-01-01 ", "一二三四"] {
            assert_eq!(parsed(text), None, "{text}");
        }
        assert_eq!(number(Date::constant(1970, 1, 1)), 0);
        assert_eq!((from_number(i64::MAX), from_number(i64::MIN)), (None, None));
        for day in [Date::MIN, Date::MAX] {
            assert_eq!(from_number(number(day)), Some(day));
        }
    }
}
