//! Capital that its own register cannot be right about: seven and a half million, entered in ten thousands.

use crate::enterprise::{Enterprise, Size};
use crate::scorecard::listing::listing;

/// Yuan from which capital needs somebody known behind it.
const VAST: f64 = 1e10;

/// Yuan from which it does even where a file tells nothing of the kind of anybody: neither staff, nor size, nor listing.
const VASTEST: f64 = 5e10;

/// Yuan from which it needs more than a handful of people.
const LARGE: f64 = 1e9;

/// True when an amount does not fit what else is told of the enterprise: ten thousand million yuan and more with neither a listing nor the
/// state nor staff behind it, or a thousand million and more with hardly anybody there.
pub(crate) fn is_doubtful(e: &Enterprise, yuan: f64) -> bool {
    let has_people = e.size == Some(Size::Large) || e.staff.is_some_and(|s| s >= 500);
    let is_tiny = e.size == Some(Size::Micro) || e.staff.is_some_and(|s| s <= 5);
    let is_listed = || e.listing.as_deref().and_then(listing) == Some("listed");
    let is_state = || {
        let of_state = |kind: &str| ["国有", "国家", "全民", "中央"].iter().any(|w| kind.contains(w));
        e.kind.as_deref().is_some_and(of_state) || ["中国", "国家", "中央"].iter().any(|w| e.name.starts_with(w))
    };
    let is_listed_kind = || e.kind.as_deref().is_some_and(|k| k.contains("上市") && !k.contains("非上市") && !k.contains("未上市"));
    match yuan {
        y if y < LARGE => false,
        y if y < VAST => is_tiny,
        y if y < VASTEST && e.staff.is_none() && e.size.is_none() && e.listing.is_none() => false,
        _ => is_tiny || !(has_people || is_listed() || is_listed_kind() || is_state()),
    }
}
