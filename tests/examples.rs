//! Every example runs as it stands, and ends well.

#![cfg(not(target_arch = "wasm32"))]
#![allow(missing_docs, reason = "examples say at their head what they show")]

#[path = "../examples/by_key.rs"]
mod by_key;
#[cfg(feature = "train")]
#[path = "../examples/chances.rs"]
mod chances;
#[path = "../examples/errors.rs"]
mod errors;
#[path = "../examples/larger_than_memory.rs"]
mod larger_than_memory;
#[path = "../examples/many_files.rs"]
mod many_files;
#[path = "../examples/months.rs"]
mod months;
#[path = "../examples/own_chain.rs"]
mod own_chain;
#[path = "../examples/own_facts.rs"]
mod own_facts;
#[path = "../examples/web_service.rs"]
mod web_service;

#[test]
fn by_key_runs() {
    by_key::main().expect("runs");
}

#[cfg(feature = "train")]
#[test]
fn chances_runs() {
    chances::main().expect("runs");
}

#[test]
fn errors_runs() {
    errors::main();
}

#[test]
fn larger_than_memory_runs() {
    larger_than_memory::main().expect("runs");
}

#[test]
fn many_files_runs() {
    many_files::main().expect("runs");
}

#[test]
fn months_runs() {
    months::main().expect("runs");
}

#[test]
fn own_chain_runs() {
    own_chain::main().expect("runs");
}

#[test]
fn own_facts_runs() {
    own_facts::main().expect("runs");
}

#[test]
fn web_service_runs() {
    web_service::main().expect("runs");
}
