//! A file server for one page on one machine.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Component, Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result};

/// What a browser is to hold the page to; the page says the same of itself where it can. Headers say more: who may frame it, and that
/// kinds of files are not guessed.
const HEADERS: &str = "Content-Security-Policy: default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; \
img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; object-src 'none'; \
base-uri 'none'; form-action 'none'; frame-ancestors 'none'\r\n\
X-Content-Type-Options: nosniff\r\n\
Referrer-Policy: no-referrer\r\n\
Cross-Origin-Opener-Policy: same-origin\r\n\
Cross-Origin-Resource-Policy: same-origin\r\n\
Permissions-Policy: camera=(), microphone=(), geolocation=()\r\n\
Cache-Control: no-cache\r\n";

/// Bytes of a request's head at most, and how long a browser may take over it.
const HEAD: u64 = 64 * 1_024;
const PATIENCE: Duration = Duration::from_secs(10);

/// Serves a folder on the loopback address until stopped.
pub fn forever(folder: &Path, port: &str) -> Result<()> {
    let folder = folder.canonicalize().with_context(|| format!("{} is not there", folder.display()))?;
    let listener = TcpListener::bind(format!("127.0.0.1:{port}")).with_context(|| format!("port {port} is taken; name another"))?;
    println!("http://{}/", listener.local_addr()?);
    for stream in listener.incoming() {
        let folder = folder.clone();
        std::thread::spawn(move || {
            // A browser that goes away in the middle is no matter.
            let _ = stream.and_then(|s| answer(s, &folder));
        });
    }
    Ok(())
}

fn answer(mut stream: TcpStream, folder: &Path) -> std::io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    let mut reader = BufReader::new(stream.try_clone()?.take(HEAD));
    let mut line = String::new();
    reader.read_line(&mut line)?;
    let mut header = String::new();
    while reader.read_line(&mut header)? > 2 {
        header.clear();
    }
    let mut words = line.split_ascii_whitespace();
    let (method, target) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
    let found = file(folder, target).and_then(|path| Some((std::fs::read(&path).ok()?, kind(&path))));
    let (status, body, kind) = match (method, found) {
        ("GET" | "HEAD", Some((body, kind))) => ("200 OK", body, kind),
        ("GET" | "HEAD", None) => ("404 Not Found", b"not found".to_vec(), "text/plain"),
        _ => ("405 Method Not Allowed", b"GET or HEAD".to_vec(), "text/plain"),
    };
    let length = body.len();
    write!(stream, "HTTP/1.1 {status}\r\n{HEADERS}Content-Type: {kind}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n")?;
    if method == "HEAD" { Ok(()) } else { stream.write_all(&body) }
}

fn kind(path: &Path) -> &'static str {
    match path.extension().and_then(|e| e.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("json" | "map") => "application/json",
        Some("webmanifest") => "application/manifest+json",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("woff2") => "font/woff2",
        Some("txt" | "md") => "text/plain; charset=utf-8",
        Some("csv") => "text/csv; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// The file that the target of a request names, inside the folder.
fn file(folder: &Path, target: &str) -> Option<PathBuf> {
    let path = decoded(target.split(['?', '#']).next()?)?;
    let path = path.strip_prefix('/')?;
    let mut file = folder.to_path_buf();
    for part in path.split('/').filter(|part| !part.is_empty()) {
        // A part is one name: not up, no other root or drive, no stream, nothing that another system takes for a separator.
        let mut components = Path::new(part).components();
        let one = matches!((components.next(), components.next()), (Some(Component::Normal(_)), None));
        if !one || part.contains(['\\', ':', '\0']) {
            return None;
        }
        file.push(part);
    }
    if path.is_empty() || path.ends_with('/') {
        file.push("index.html");
    }
    // A link may lead out; it is not followed there.
    let file = file.canonicalize().ok()?;
    (file.starts_with(folder) && file.is_file()).then_some(file)
}

/// A path with `%e4` and the like put in their place; none where that is no text.
fn decoded(path: &str) -> Option<String> {
    let (mut bytes, mut rest) = (Vec::new(), path.as_bytes());
    while let [first, after @ ..] = rest {
        if *first == b'%' {
            let digits = after.get(..2).filter(|d| d.iter().all(u8::is_ascii_hexdigit))?;
            bytes.push(u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?);
            rest = &after[2..];
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> PathBuf {
        let parent = std::env::temp_dir().join(format!("xiangma-serve-{}", std::process::id()));
        let folder = parent.join("dist");
        std::fs::create_dir_all(folder.join("资料")).expect("made");
        for name in ["../outside.txt", "index.html", "a b.txt", "资料/示例.csv", "资料/index.html"] {
            std::fs::write(folder.join(name), name).expect("written");
        }
        folder.canonicalize().expect("there")
    }

    #[test]
    fn files_inside_are_found_and_none_outside() {
        let folder = folder();
        for (target, name) in [
            ("/", "index.html"),
            ("/index.html?v=1#top", "index.html"),
            ("//index.html", "index.html"),
            ("/a%20b.txt", "a b.txt"),
            ("/%E8%B5%84%E6%96%99/%e7%a4%ba%e4%be%8b.csv", "资料/示例.csv"),
            ("/%E8%B5%84%E6%96%99/", "资料/index.html"),
        ] {
            assert_eq!(file(&folder, target), Some(folder.join(name)), "{target}");
        }
        for target in [
            "",
            "index.html",
            "/nothing",
            "/../outside.txt",
            "/%2e%2e/outside.txt",
            "/..%2foutside.txt",
            "/..%5coutside.txt",
            "/..\\outside.txt",
            "/x/../../outside.txt",
            "/资料/../../outside.txt",
            "/C:/outside.txt",
            "/c%3a%5coutside.txt",
            "/index.html%00.txt",
            "/index.html::$DATA",
            "/%ff",
            "/%",
            "/%2",
            "/%+1",
            "/资料",
            "/.",
            "/%2Fetc/passwd",
            "http://elsewhere/index.html",
        ] {
            assert_eq!(file(&folder, target), None, "{target}");
        }
        #[cfg(unix)]
        {
            let _ = std::os::unix::fs::symlink("../outside.txt", folder.join("link.txt"));
            assert_eq!(file(&folder, "/link.txt"), None, "a link that leads out");
        }
        let _ = std::fs::remove_dir_all(folder.join(".."));
    }
}
