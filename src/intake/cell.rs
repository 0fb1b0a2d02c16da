//! One cell as one field of an enterprise, and the count of how it was understood.

use crate::enterprise::{CreditCode, Currency, Date, Enterprise, Money, is_identity_number};
use crate::intake::money::{IMPLAUSIBLE, read_money_of};
use crate::intake::told::Of;
use crate::intake::{Field, MoneyReading, Reading, ValueReport, date, patents, personal, qualification, read_money, report, status, value};
use crate::text::{is_blank, squeeze};

/// A cell being read, and the count of its column.
pub(crate) struct Cell<'c> {
    pub row: u32,
    pub text: &'c str,
    pub as_of: Option<Date>,
    /// The calendar of the workbook.
    pub day_shift: i32,
    /// The currency another column of the row names.
    pub currency: Option<&'c str>,
    pub values: &'c mut ValueReport,
}

impl Cell<'_> {
    /// Reads it as a field; what the field knows already stays where the cell says nothing. True when it said something.
    pub fn fill(self, e: &mut Enterprise, field: Field, unit: Option<&str>) -> bool {
        let cell = self.text;
        macro_rules! set {
            ($($place:ident).+, $reading:expr) => {
                match $reading {
                    Some(value) => {
                        e.$($place).+ = Some(value);
                        true
                    }
                    None => false,
                }
            };
        }
        match field {
            Field::Name => {
                text(cell).unwrap_or_default().clone_into(&mut e.name);
                !e.name.is_empty()
            }
            Field::CreditCode => set!(credit_code, self.credit_code()),
            Field::Status => set!(status, self.keep(status::status(cell))),
            Field::Established => set!(established, self.past_date()),
            Field::FinancingDate => set!(financing_date, self.past_date()),
            // A capital of nothing is none that anybody registered.
            Field::RegisteredCapital => set!(registered_capital, self.money(unit, Of::Subscribed).filter(|m| m.amount > 0.0)),
            Field::PaidInCapital => set!(paid_in_capital, self.money(unit, Of::Paid)),
            Field::Revenue => set!(revenue, self.money(unit, Of::Column)),
            // Zero insured is what firms that insure through an agency show: it says nothing.
            Field::Staff => set!(staff, self.keep(value::count(cell)).filter(|n| *n > 0)),
            Field::PatentCount => set!(patent_count, self.keep(patents::count(cell))),
            Field::Size => match value::size(cell) {
                // 企业规模 holds bands of staff as often as classes.
                Reading::Bad => {
                    if let Reading::Ok(count) = value::count(cell) {
                        self.values.understood += 1;
                        e.staff = e.staff.or(Some(count).filter(|n| *n > 0));
                        true
                    } else {
                        self.not_understood("not_a_value");
                        false
                    }
                }
                reading => set!(size, self.keep(reading)),
            },
            Field::Province => set!(region.province, self.place()),
            Field::City => set!(region.city, self.place()),
            Field::County => set!(region.county, self.place()),
            Field::Address => set!(region.address, self.free_text()),
            Field::Kind => set!(kind, self.known_text()),
            // Read from broad to fine: the finest that says something stays.
            Field::IndustrySection | Field::IndustryDivision | Field::IndustryGroup | Field::IndustryClass => {
                set!(industry, self.known_text())
            }
            Field::Scope => set!(scope, self.known_text()),
            Field::Profile => set!(profile, self.free_text()),
            Field::MainBusiness => set!(main_business, self.free_text()),
            Field::Products => {
                e.products = value::products(cell);
                self.count_text();
                !e.products.is_empty()
            }
            Field::Patents => match patents::count(cell) {
                Reading::Ok(count) => {
                    e.patent_count = Some(count);
                    self.values.understood += 1;
                    true
                }
                _ => set!(patents, self.free_text()),
            },
            Field::Bids => set!(bids, self.free_text()),
            Field::Tags => {
                for tag in value::tags(cell).filter(|t| personal::cell(t).is_none()) {
                    e.tags.push(tag);
                }
                add_qualifications(cell, self.as_of, e);
                self.count_text();
                true
            }
            Field::Qualification => {
                let held = add_qualifications(cell, self.as_of, e);
                if held || is_blank(cell) || value::flag(cell) == Some(false) {
                    self.count_text();
                } else {
                    self.not_understood("not_a_value");
                }
                held
            }
            Field::Listing => set!(listing, self.known_text()),
            Field::FormerName => set!(former_name, text(cell)),
            Field::Shareholders => set!(shareholders, text(cell)),
            Field::AskedName | Field::CapitalCurrency => false,
        }
    }

    /// Reads it as a flag under a heading that names a title: yes, a level, the number or the day of a certificate, or the title again.
    pub fn flag(self, heading: &str, e: &mut Enterprise) {
        let cell = self.text;
        if is_blank(cell) && value::flag(cell).is_none() {
            self.values.missing += 1;
            return;
        }
        match value::flag(cell) {
            Some(true) => {
                add_qualifications(heading, None, e);
                self.values.understood += 1;
            }
            Some(false) => self.values.understood += 1,
            None => {
                let folded = squeeze(cell);
                if let Some((yes, remark)) = value::flag_with_remark(&folded) {
                    // 是(已过期): the remark is of the title.
                    if yes {
                        let remark = remark.trim_matches(|c: char| !c.is_alphanumeric());
                        add_qualifications(&format!("{heading}({remark})"), self.as_of, e);
                    }
                    self.values.understood += 1;
                    return;
                }
                let by_name = qualification::names_title(&folded);
                let level = ["国家级", "省级", "市级", "区级", "县级", "部级"].iter().any(|l| folded.contains(l));
                // GR202332001234, 2023年, 2023-11-06: the number, the year or the day of a certificate.
                let number = folded.len() >= 8
                    && folded.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
                    && folded.bytes().filter(u8::is_ascii_digit).count() >= 4;
                let years = folded.split(['、', ',', ';', '/', '，', '；']).all(|p| matches!(date::date(p, 0), Reading::Ok(_)));
                let term = format!("{heading}{folded}");
                let said = match () {
                    () if by_name => Some(cell.to_owned()),
                    () if level => Some(format!("{folded}{heading}")),
                    // 有效期至2023年: a term, judged by the day.
                    () if folded.contains("有效") || folded.contains("到期") || folded.contains("截止") => Some(term),
                    () if qualification::is_term(&folded) => Some(format!("{heading}(有效{folded})")),
                    () if number => Some(format!("{heading}({folded})")),
                    () if years || qualification::is_batch(&folded) => Some(heading.to_owned()),
                    () => None,
                };
                match said {
                    Some(said) => {
                        add_qualifications(&said, self.as_of, e);
                        self.values.understood += 1;
                    }
                    None => self.not_understood("not_a_value"),
                }
            }
        }
    }

    fn not_understood(self, reason: &str) {
        self.values.not_understood(self.row, self.text, reason);
    }

    fn count_text(self) {
        if is_blank(self.text) {
            self.values.missing += 1;
        } else {
            self.values.understood += 1;
        }
    }

    fn known_text(self) -> Option<String> {
        let text = text(self.text);
        self.count_text();
        text
    }

    /// The name of a place; where the writer stands, 本市 and 省外 name none.
    fn place(self) -> Option<String> {
        let relative = matches!(
            self.text,
            "本市"
                | "本省"
                | "本区"
                | "本县"
                | "本地"
                | "外地"
                | "外省"
                | "外市"
                | "外省市"
                | "省内"
                | "省外"
                | "市内"
                | "市外"
                | "区内"
                | "区外"
                | "境内"
                | "境外"
                | "国内"
                | "国外"
                | "海外"
                | "其他"
                | "其它"
                | "全国"
                | "各地"
                | "市辖区"
        );
        if relative {
            self.values.missing += 1;
            return None;
        }
        self.known_text()
    }

    /// A text that people write: personal numbers in it are masked.
    fn free_text(self) -> Option<String> {
        let text = text(self.text).map(|t| report::masked(&t).unwrap_or(t));
        self.count_text();
        text
    }

    fn keep<T>(self, reading: Reading<T>) -> Option<T> {
        match reading {
            Reading::Ok(value) => {
                self.values.understood += 1;
                Some(value)
            }
            Reading::Missing => {
                self.values.missing += 1;
                None
            }
            Reading::Bad => {
                self.not_understood("not_a_value");
                None
            }
        }
    }

    fn past_date(self) -> Option<Date> {
        match date::date(self.text, self.day_shift) {
            Reading::Ok(date) if self.as_of.is_some_and(|day| date > day) => {
                self.not_understood("in_the_future");
                None
            }
            reading => self.keep(reading),
        }
    }

    fn money(self, unit: Option<&str>, of: Of) -> Option<Money> {
        let unit = match (unit, self.currency.filter(|c| !is_blank(c))) {
            (unit, None) => unit.map(str::to_owned),
            (Some(unit), Some(currency)) => Some(format!("{unit}{currency}")),
            // A currency alone declares no scale.
            (None, Some(_)) => None,
        };
        let reading = read_money_of(self.text, unit.as_deref(), of);
        let reading = match (reading, self.currency.and_then(currency_named)) {
            (MoneyReading::Ok(money), Some(currency)) if money.currency == Currency::CNY => MoneyReading::Ok(Money { currency, ..money }),
            (reading, _) => reading,
        };
        match reading {
            MoneyReading::Ok(money) if money.amount * money.currency.rough_yuan() > IMPLAUSIBLE => {
                self.not_understood("implausible");
                None
            }
            MoneyReading::Ok(money) => {
                self.values.understood += 1;
                Some(money)
            }
            MoneyReading::Missing => {
                self.values.missing += 1;
                None
            }
            MoneyReading::AmbiguousUnit => {
                self.not_understood("ambiguous_unit");
                None
            }
            MoneyReading::Invalid => {
                let negative = self.text.trim_start().starts_with(['-', '－', '−']);
                self.not_understood(if negative { "negative" } else { "not_a_value" });
                None
            }
        }
    }

    fn credit_code(self) -> Option<CreditCode> {
        if is_blank(self.text) {
            self.values.missing += 1;
            return None;
        }
        if let Some(code) = CreditCode::parse(self.text) {
            self.values.understood += 1;
            return Some(code);
        }
        let folded = squeeze(self.text);
        let bare: String = folded.chars().filter(char::is_ascii_alphanumeric).collect();
        let code = CreditCode::parse(&bare).or_else(|| one_code(self.text)).or_else(|| corrected(&bare));
        if code.is_some() {
            self.values.understood += 1;
            return code;
        }
        let reason = if folded.contains("E+") && folded.parse::<f64>().is_ok() {
            "lost_to_scientific_notation"
        } else if bare.len() == 15 && bare.bytes().all(|b| b.is_ascii_digit()) {
            "old_number"
        } else if is_identity_number(&bare) || personal::cell(self.text).is_some() {
            "personal"
        } else {
            "check_character"
        };
        self.not_understood(reason);
        None
    }
}

/// The one code among what else stands in a cell: the number of a copy, a former number, the code again. Two codes are none.
fn one_code(cell: &str) -> Option<CreditCode> {
    let folded = crate::text::fold(cell);
    let mut codes = folded.split(|c: char| !c.is_ascii_alphanumeric()).filter_map(CreditCode::parse);
    let first = codes.next()?;
    codes.all(|code| code == first).then_some(first)
}

/// A code with its digits for the letters that no code holds because they look like them; the check character has to agree.
fn corrected(bare: &str) -> Option<CreditCode> {
    (bare.contains(['O', 'I']) && bare.len() == 18).then(|| CreditCode::parse(&bare.replace('O', "0").replace('I', "1")))?
}

/// The currency a cell of its own names.
fn currency_named(cell: &str) -> Option<Currency> {
    match read_money(&format!("1万{}", squeeze(cell)), None) {
        MoneyReading::Ok(money) => Some(money.currency),
        _ => None,
    }
}

fn add_qualifications(text: &str, as_of: Option<Date>, e: &mut Enterprise) -> bool {
    let held = qualification::read(text, as_of);
    let any = !held.is_empty();
    for rung in held {
        if !e.qualifications.contains(&rung) {
            e.qualifications.insert(e.qualifications.partition_point(|q| *q < rung), rung);
        }
    }
    any
}

pub(crate) fn text(cell: &str) -> Option<String> {
    (!is_blank(cell)).then(|| cell.to_owned())
}
