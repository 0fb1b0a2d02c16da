//! Judges structs of one's own, by facts of one's own, with a card made in code.
//!
//! `cargo run --example own_facts`

use std::error::Error;

use xiangma::{CompiledCard, Criterion, Date, FactId, Facts, Input, Scorecard, Value};

/// A plant, as some other program knows it.
struct Plant {
    name: &'static str,
    staff: f64,
    litres_a_day: Option<f64>,
}

impl Facts for Plant {
    fn number(&self, fact: FactId) -> Option<f64> {
        match fact {
            FactId::Staff => Some(self.staff),
            FactId::Own(0) => self.litres_a_day,
            _ => None,
        }
    }
}

pub(crate) fn main() -> Result<(), Box<dyn Error>> {
    let mut card = Scorecard::attraction();
    let input = |from: &str, knots: [(f64, u16); 2]| Input {
        from: from.to_owned(),
        share: 1,
        unknown: 5_000,
        value: Value::Linear { knots: knots.to_vec() },
    };
    let inputs = vec![input("staff", [(0.0, 0), (500.0, 10_000)]), input("column:litres a day", [(0.0, 10_000), (90_000.0, 0)])];
    card.criteria = vec![Criterion { id: "plant".to_owned(), weight: 10_000, inputs, ..card.criteria[0].clone() }];
    card.vetoes.clear();
    let compiled = CompiledCard::new(&card, Date::constant(2026, 11, 1))?;
    for plant in [Plant { name: "one", staff: 300.0, litres_a_day: Some(9_000.0) }, Plant { name: "two", staff: 450.0, litres_a_day: None }]
    {
        let its = compiled.judge(&plant).criteria[0];
        println!("{}: {} points, {} to {}, {} % known", plant.name, its.points, its.low, its.high, its.known / 100);
    }
    Ok(())
}
