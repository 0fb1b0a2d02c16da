//! A bill of materials of a bundle, as CycloneDX 1.6 has it; the same for the same sources, so without a time or a number of its own.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::parts::{self, Bundle, Part};

/// Writes it.
pub fn write(bundle: Bundle, name: &str, to: &Path) -> Result<()> {
    let version = env!("CARGO_PKG_VERSION");
    let parts = parts::of(bundle)?;
    let kind = if bundle == Bundle::Program || bundle == Bundle::Page { "application" } else { "library" };
    let bom = json!({
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": { "component": {
            "type": kind, "bom-ref": name, "name": name, "version": version, "licenses": [{ "expression": "MIT OR Apache-2.0" }],
        } },
        "components": parts.iter().map(component).collect::<Vec<_>>(),
        "dependencies": [{ "ref": name, "dependsOn": parts.iter().map(|part| &part.purl).collect::<Vec<_>>() }],
    });
    fs::write(to, serde_json::to_string_pretty(&bom)? + "\n").with_context(|| to.display().to_string())
}

fn component(part: &Part) -> Value {
    let mut component = json!({
        "type": if part.is_data { "data" } else { "library" },
        "bom-ref": part.purl,
        "name": part.name,
        "version": part.version,
        "licenses": [{ "expression": part.licence }],
        "purl": part.purl,
    });
    if let Some((algorithm, sum)) = &part.sum {
        component["hashes"] = json!([{ "alg": algorithm, "content": sum }]);
    }
    component
}
