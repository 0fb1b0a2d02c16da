//! Tells what is wrong with a file, and does what can be done about it.
//!
//! `cargo run --example errors`

use xiangma::{ErrorKind, Field, Intake, IntakeOptions, intake};

fn read(file: &str, options: &IntakeOptions) -> Option<Intake> {
    let error = match intake(file.as_bytes(), options) {
        Ok(table) => return Some(table),
        Err(error) => error,
    };
    match error.kind() {
        ErrorKind::EmptyFile | ErrorKind::NoRows => println!("nothing in it"),
        ErrorKind::NoHeader { seen, .. } => {
            println!("no heading is known among: {seen}");
            // Somebody says what the headings mean.
            return read(file, &options.clone().map("客商", Field::Name));
        }
        ErrorKind::Limit { what, limit, .. } => println!("{what} is over {limit}"),
        _ => println!("{} ({})", error, error.code()),
    }
    None
}

pub(crate) fn main() {
    assert!(read("", &IntakeOptions::new()).is_none());
    let found = read("客商,产品\n示例光电有限公司,光模块\n", &IntakeOptions::new());
    println!("{} read", found.map_or(0, |table| table.enterprises.len()));
    assert!(read("企业名称\n甲\n乙\n丙\n", &IntakeOptions::new().max_rows(2)).is_none());
}
