//! A file server of thirty lines, for one page on one machine.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;

use anyhow::{Context, Result};

/// Serves a folder on the loopback address until stopped.
pub fn forever(folder: &Path, port: &str) -> Result<()> {
    let listener = TcpListener::bind(format!("127.0.0.1:{port}")).with_context(|| format!("port {port} is taken; name another"))?;
    println!("http://{}/", listener.local_addr()?);
    for stream in listener.incoming() {
        let folder = folder.to_path_buf();
        std::thread::spawn(move || {
            // A browser that goes away in the middle is no matter.
            let _ = stream.map(|s| answer(s, &folder));
        });
    }
    Ok(())
}

fn answer(mut stream: TcpStream, folder: &Path) -> std::io::Result<()> {
    let mut line = String::new();
    let mut reader = BufReader::new(stream.try_clone()?);
    reader.read_line(&mut line)?;
    let mut header = String::new();
    while reader.read_line(&mut header)? > 2 {
        header.clear();
    }
    let path = line.split(' ').nth(1).unwrap_or("/").split('?').next().unwrap_or("/").trim_start_matches('/');
    let path = if path.is_empty() { "index.html" } else { path };
    let file = if path.split('/').any(|part| part == "..") { None } else { std::fs::read(folder.join(path)).ok() };
    let kind = match path.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript",
        Some("css") => "text/css",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("csv") => "text/csv; charset=utf-8",
        _ => "application/octet-stream",
    };
    let (status, body) = file.map_or(("404 Not Found", b"not found".to_vec()), |body| ("200 OK", body));
    write!(stream, "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len())?;
    stream.write_all(&body)
}
