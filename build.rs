//! Packs the chains that come with the library: what makes their files good to read and to compare weighs a tenth of a mini-program.

use std::env;
use std::error::Error;
use std::fs;
use std::path::Path;

use serde_json::Value;

const CATALOGUE: &str = "src/chain/catalogue";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={CATALOGUE}");
    let definitions = env::var_os("CARGO_FEATURE_DEFINITIONS").is_some();
    let out = env::var("OUT_DIR")?;
    for entry in fs::read_dir(CATALOGUE)? {
        let file = entry?.path();
        let mut json: Value = serde_json::from_str(&fs::read_to_string(&file)?).map_err(|e| format!("{}: {e}", file.display()))?;
        if !definitions {
            let links = json.get_mut("links").and_then(Value::as_array_mut);
            for link in links.into_iter().flatten().filter_map(Value::as_object_mut) {
                link.remove("is");
            }
        }
        fs::write(Path::new(&out).join(file.file_name().unwrap_or_default()), json.to_string())?;
    }
    Ok(())
}
