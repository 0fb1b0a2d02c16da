//! What is fuzzed is what the tests run: the functions of `tests/hostile`.

#[path = "../../tests/hostile/mod.rs"]
pub mod hostile;
