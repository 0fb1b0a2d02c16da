//! One library, three WASM builds: with vectors, without, and for mini-programs.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use walrus::{ExportItem, Module, RawCustomSection};
use wasm_bindgen_cli_support::Bindgen;

use crate::command::{root, run, target};
use crate::step::when_changed;

/// A way to build the library for WASM.
struct Flavour {
    name: &'static str,
    rustflags: &'static str,
    /// Of optimisation, as Cargo names them.
    level: &'static str,
    cargo: &'static [&'static str],
    /// What the file may use, named one by one: "all" would emit encodings that runtimes of today refuse.
    features: &'static [&'static str],
}

const TODAY: &[&str] =
    &["bulk-memory", "bulk-memory-opt", "mutable-globals", "sign-ext", "nontrapping-float-to-int", "reference-types", "multivalue"];

/// A page learns from outcomes as well, and has several workers. What only crosses the border is small before quick: it is much, and run
/// once for each answer.
const MORE: &[&str] = &["--features", "train,batches", "--config", "profile.wasm.package.xiangma-border.opt-level=\"s\""];

const VECTORS: Flavour = Flavour { name: "vectors", rustflags: "-C target-feature=+simd128", level: "3", cargo: MORE, features: TODAY };
const PLAIN: Flavour = Flavour { name: "plain", rustflags: "", level: "3", cargo: MORE, features: TODAY };
/// Nothing but the first version of WASM, which is all that mini-programs promise, and small before quick; workbooks are left out.
const MINI: Flavour = Flavour {
    name: "mini",
    rustflags: "-C target-cpu=mvp -C target-feature=+mutable-globals",
    level: "z",
    cargo: &["--no-default-features"],
    features: &[],
};

/// What the library for WASM is made of.
const SOURCES: &[&str] = &["Cargo.toml", "Cargo.lock", "build.rs", "src", "pkg/border"];

/// One folder for all: what runs while compiling is compiled once.
fn target_dir() -> PathBuf {
    let target = std::env::var("CARGO_TARGET_DIR").map_or_else(|_| root().join("target"), PathBuf::from);
    target.join("wasm-build")
}

impl Flavour {
    /// Compiles, and gives the file rustc made. The ways to build would take each other's place in Cargo's folder, and each be built
    /// again every time: so each is kept beside.
    fn compile(&self) -> Result<Vec<u8>> {
        let kept = format!("target/xtask/compiled/{}.wasm", self.name);
        let rustc = Command::new("rustc").arg("-V").output().context("cannot start rustc")?.stdout;
        when_changed(&format!("compiled-{}", self.name), SOURCES, &[&rustc], &[&kept], || {
            target("wasm32-unknown-unknown")?;
            eprintln!("▸ the library for WASM: {}", self.name);
            let status = Command::new("cargo")
                .args(["build", "--lib", "-p", "xiangma-border", "--profile", "wasm", "--target", "wasm32-unknown-unknown"])
                .args(self.cargo)
                .env("RUSTFLAGS", self.rustflags)
                .env("CARGO_TARGET_DIR", target_dir())
                .env("CARGO_PROFILE_WASM_OPT_LEVEL", self.level)
                .current_dir(root())
                .status()
                .context("cannot start cargo")?;
            ensure!(status.success(), "the build for WASM failed: {status}");
            let file = target_dir().join("wasm32-unknown-unknown/wasm/xiangma_border.wasm");
            let kept = root().join(&kept);
            std::fs::create_dir_all(kept.parent().unwrap_or(&kept))?;
            std::fs::copy(&file, kept).with_context(|| format!("reading {}", file.display()))?;
            Ok(())
        })?;
        Ok(std::fs::read(root().join(&kept))?)
    }

    /// Runs wasm-opt on a file, in place.
    fn optimise(&self, file: &str, level: &str, passes: &[&str], extra: &[&str]) -> Result<()> {
        let enabled: Vec<String> = self.features.iter().chain(extra).map(|f| format!("--enable-{f}")).collect();
        let mut args = vec!["node_modules/binaryen/bin/wasm-opt", file, "-o", file];
        if self.features.is_empty() {
            args.push("--mvp-features");
        }
        args.extend(enabled.iter().map(String::as_str));
        args.extend(passes);
        args.push(level);
        run("pkg", "node", &args)
    }
}

/// For browsers and Node: one glue and two files; the folder they are in.
pub fn web() -> Result<&'static str> {
    const FOLDER: &str = "target/xtask/web";
    let (plain, vectors) = (PLAIN.compile()?, VECTORS.compile()?);
    when_changed("web", &["pkg/package-lock.json"], &[&plain, &vectors], &[FOLDER], || {
        let out = root().join(FOLDER);
        glue(&PLAIN, plain.clone(), &out, &[])?;
        std::fs::rename(out.join("xiangma_bg.wasm"), out.join("xiangma_plain_bg.wasm"))?;
        let of_plain = std::fs::read(out.join("xiangma.js"))?;
        glue(&VECTORS, vectors.clone(), &out, &["simd"])?;
        // Both files have the same exports, so one glue serves them.
        ensure!(of_plain == std::fs::read(out.join("xiangma.js"))?, "the two builds need different glue");
        Ok(())
    })?;
    Ok(FOLDER)
}

/// Binds one file to JavaScript, and makes it small.
fn glue(flavour: &Flavour, compiled: Vec<u8>, out: &Path, extra: &[&str]) -> Result<()> {
    let mut bindgen = Bindgen::new();
    bindgen.input_bytes("xiangma", compiled).typescript(true).web(true)?;
    let mut output = bindgen.generate_output()?;
    // So that a file of another version is told apart before it is run.
    let version = RawCustomSection { name: "xiangma.version".to_owned(), data: env!("CARGO_PKG_VERSION").into() };
    output.wasm_mut().customs.add(version);
    output.emit(out)?;
    flavour.optimise(&out.join("xiangma_bg.wasm").display().to_string(), "-O3", &[], extra)
}

/// For mini-programs: glue without a loader and a file of the first version of WASM; the folder they are in.
pub fn mini() -> Result<&'static str> {
    const FOLDER: &str = "target/xtask/mini";
    let compiled = MINI.compile()?;
    when_changed("mini", &["pkg/package-lock.json"], &[&compiled], &[FOLDER], || {
        let out = root().join(FOLDER);
        let mut module = Module::from_buffer(&compiled)?;
        demote(&mut module);
        let mut bindgen = Bindgen::new();
        bindgen.input_module("xiangma", module).typescript(false).remove_name_section(true).bundler(true)?;
        let mut output = bindgen.generate_output()?;
        // iOS has no exported globals; the glue does without them.
        let module = output.wasm_mut();
        let globals: Vec<_> = module.exports.iter().filter(|e| matches!(e.item, ExportItem::Global(_))).map(walrus::Export::id).collect();
        globals.into_iter().for_each(|id| module.exports.delete(id));
        output.emit(&out)?;
        let file = out.join("xiangma_bg.wasm").display().to_string();
        let lower = ["--signext-lowering", "--llvm-memory-copy-fill-lowering", "--llvm-nontrapping-fptoint-lowering"];
        let newer = ["mutable-globals", "sign-ext", "bulk-memory", "bulk-memory-opt", "nontrapping-float-to-int"];
        MINI.optimise(&file, "-O1", &lower, &newer)?;
        // Again without the newer features: what is not lowered now fails here, and not on a telephone.
        MINI.optimise(&file, "-Oz", &["--converge"], &[])
    })?;
    Ok(FOLDER)
}

/// Says of a file that it uses neither reference types nor multiple values. The standard library comes compiled with them allowed,
/// though nothing uses them; left to stand, the glue would.
fn demote(module: &mut Module) {
    const NAME: &str = "target_features";
    let Some(section) = module.customs.remove_raw(NAME) else { return };
    let mut kept: Vec<&[u8]> = Vec::new();
    let mut rest = section.data.get(1..).unwrap_or(&[]);
    // A sign, a length and a name each; all lengths here are below 128, one byte.
    while let [_, length, ..] = rest {
        let (entry, after) = rest.split_at((2 + *length as usize).min(rest.len()));
        if !matches!(&entry[2..], b"reference-types" | b"multivalue") {
            kept.push(entry);
        }
        rest = after;
    }
    let data = [&[kept.len() as u8], kept.concat().as_slice()].concat();
    module.customs.add(RawCustomSection { name: NAME.to_owned(), data });
}
