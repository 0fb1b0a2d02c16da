#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| xiangma_fuzz::hostile::run("rules", data));
