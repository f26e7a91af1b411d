//! A small S3-compatible storage for tests. It believes nobody: each request must carry the right signature, and each content the
//! checksum that is said of it. It can be told to fail as storages do.

mod http;
mod signature;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use http::{Answer, Asked};
use md5::{Digest, Md5};
use std::collections::{BTreeMap, VecDeque};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

pub use signature::{Signed, signature};

use crate::files::BucketSettings;

/// Name of the bucket.
pub const BUCKET: &str = "kho";
/// Identifier of the key.
pub const ACCESS_KEY: &str = "AKIATESTING";
/// The key.
pub const SECRET_KEY: &str = "only/for+tests";
/// Region.
pub const REGION: &str = "vn-1";

const NAMESPACE: &str = "http://s3.amazonaws.com/doc/2006-03-01/";

/// How the next answer fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// 503 SlowDown.
    Busy,
    /// The line breaks before an answer.
    Silent,
    /// The line breaks behind so many bytes of a content.
    Cut(usize),
    /// It is said to be on another port of this machine.
    Moved(u16),
}

/// What the storage holds.
#[derive(Default)]
pub struct Held {
    /// Contents by their keys.
    pub objects: BTreeMap<String, Vec<u8>>,
    /// Uploads in parts that are neither complete nor taken back: key and parts by upload.
    pub uploads: BTreeMap<String, (String, BTreeMap<u16, Vec<u8>>)>,
    /// How the next answers fail, the first first; fetching a content alone is cut.
    pub faults: VecDeque<Fault>,
    /// Keys on a page of a list; 0 for a thousand.
    pub page: usize,
    /// Method and path of each request.
    pub asked: Vec<String>,
    /// How many parts of uploads are still refused as if the storage were busy.
    pub refused_parts: usize,
    begun: usize,
}

/// A storage on a port of this machine. Its threads end with the process.
pub struct Storage {
    address: SocketAddr,
    held: Arc<Mutex<Held>>,
}

impl Storage {
    /// Starts one.
    ///
    /// # Errors
    /// No port is free.
    pub fn start() -> std::io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let address = listener.local_addr()?;
        let held = Arc::<Mutex<Held>>::default();
        let shared = held.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let held = shared.clone();
                std::thread::spawn(move || talk(stream, &held));
            }
        });
        Ok(Self { address, held })
    }

    /// Where it answers.
    pub fn endpoint(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Its port on this machine.
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// How it is reached, with short pauses and small parts.
    pub fn settings(&self) -> BucketSettings {
        BucketSettings {
            endpoint: self.endpoint(),
            region: REGION.to_owned(),
            name: BUCKET.to_owned(),
            prefix: "khuê/tệp+1 ".to_owned(),
            access_key: ACCESS_KEY.to_owned(),
            secret_key: SECRET_KEY.to_owned(),
            pause: std::time::Duration::from_millis(1),
            part: 1_000,
            ..BucketSettings::default()
        }
    }

    /// What it holds.
    pub fn held(&self) -> MutexGuard<'_, Held> {
        lock(&self.held)
    }
}

fn lock(held: &Mutex<Held>) -> MutexGuard<'_, Held> {
    held.lock().unwrap_or_else(PoisonError::into_inner)
}

fn talk(stream: TcpStream, held: &Mutex<Held>) {
    let Ok(other) = stream.try_clone() else {
        return;
    };
    let (mut from, mut to) = (std::io::BufReader::new(stream), other);
    while let Some(asked) = Asked::read(&mut from) {
        let answer = lock(held).answer(&asked);
        match answer {
            Some(answer) if answer.write(&asked, &mut to).is_ok() => {}
            _ => {
                let _ = to.shutdown(std::net::Shutdown::Both);
                return;
            }
        }
    }
}

impl Held {
    /// What is answered; `None` where the line breaks.
    fn answer(&mut self, asked: &Asked) -> Option<Answer> {
        self.asked.push(format!("{} {}", asked.method, asked.path));
        if let Err(code) = asked.check_signature() {
            return Some(Answer::error(403, code));
        }
        let is_content = asked.method == "GET" && !asked.has("list-type");
        match self.faults.front().copied() {
            Some(Fault::Cut(_)) if !is_content => {}
            Some(fault) => {
                self.faults.pop_front();
                match fault {
                    Fault::Busy => return Some(Answer::error(503, "SlowDown")),
                    Fault::Silent => return None,
                    Fault::Cut(bytes) => return Some(self.get(asked).cut(bytes)),
                    Fault::Moved(port) => {
                        let there = format!("http://127.0.0.1:{port}{}", asked.path);
                        return Some(Answer::error(307, "TemporaryRedirect").at(there));
                    }
                }
            }
            None => {}
        }
        let sum = BASE64_STANDARD.encode(Md5::digest(&asked.body));
        if asked.header("content-md5").is_some_and(|said| said != sum) {
            return Some(Answer::error(400, "BadDigest"));
        }
        Some(self.done(asked))
    }

    fn done(&mut self, asked: &Asked) -> Answer {
        let Some(key) = asked.path.strip_prefix(&format!("/{BUCKET}/")) else {
            return Answer::error(404, "NoSuchBucket");
        };
        let key = key.to_owned();
        match (asked.method.as_str(), asked.query("uploadId")) {
            ("GET", _) if asked.has("list-type") => self.list(asked),
            ("GET" | "HEAD", _) => self.get(asked),
            ("POST", None) => self.begin(&key),
            ("POST", Some(upload)) => self.complete(upload, &asked.body),
            ("PUT", Some(upload)) => self.part(upload, asked),
            ("PUT", None) => {
                self.objects.insert(key, asked.body.clone());
                Answer::ok("")
            }
            ("DELETE", Some(upload)) => {
                self.uploads.remove(upload);
                Answer::ok("")
            }
            ("DELETE", None) => {
                self.objects.remove(&key);
                Answer::ok("")
            }
            _ => Answer::error(405, "MethodNotAllowed"),
        }
    }

    fn get(&self, asked: &Asked) -> Answer {
        let key = asked.path.strip_prefix(&format!("/{BUCKET}/"));
        let Some(content) = key.and_then(|key| self.objects.get(key)) else {
            return Answer::error(404, "NoSuchKey");
        };
        let Some(range) = asked.header("range") else {
            return Answer::content(200, content.clone());
        };
        let ends = range
            .strip_prefix("bytes=")
            .and_then(|ends| ends.split_once('-'));
        let ends = ends.and_then(|(start, end)| Some((start.parse().ok()?, end.parse().ok()?)));
        match ends.and_then(|(start, end): (usize, usize)| content.get(start..=end)) {
            Some(part) => Answer::content(206, part.to_vec()),
            None => Answer::error(416, "InvalidRange"),
        }
    }

    fn list(&self, asked: &Asked) -> Answer {
        let prefix = asked.query("prefix").unwrap_or_default();
        let after = asked.query("continuation-token").unwrap_or_default();
        let page = if self.page == 0 { 1_000 } else { self.page };
        let mut keys = self
            .objects
            .iter()
            .filter(|(key, _)| key.starts_with(prefix) && key.as_str() > after);
        let found: Vec<_> = keys.by_ref().take(page).collect();
        let more = keys.next().is_some();
        let mut xml = format!(
            "<ListBucketResult xmlns=\"{NAMESPACE}\"><IsTruncated>{more}</IsTruncated><EncodingType>url</EncodingType>"
        );
        for (key, content) in &found {
            let (key, size) = (signature::encoded(key, true), content.len());
            xml += &format!("<Contents><Key>{key}</Key><Size>{size}</Size></Contents>");
        }
        if let Some((last, _)) = found.last().filter(|_| more) {
            xml += &format!("<NextContinuationToken>{last}</NextContinuationToken>");
        }
        Answer::ok(&(xml + "</ListBucketResult>"))
    }

    fn begin(&mut self, key: &str) -> Answer {
        self.begun += 1;
        let upload = format!("upload {}", self.begun);
        self.uploads
            .insert(upload.clone(), (key.to_owned(), BTreeMap::new()));
        Answer::ok(&format!(
            "<InitiateMultipartUploadResult xmlns=\"{NAMESPACE}\"><UploadId>{upload}</UploadId></InitiateMultipartUploadResult>"
        ))
    }

    fn part(&mut self, upload: &str, asked: &Asked) -> Answer {
        if self.refused_parts > 0 {
            self.refused_parts -= 1;
            return Answer::error(503, "SlowDown");
        }
        let number = asked
            .query("partNumber")
            .and_then(|number| number.parse().ok());
        match (self.uploads.get_mut(upload), number) {
            (Some((_, parts)), Some(number)) => {
                parts.insert(number, asked.body.clone());
                Answer::ok("").tagged(&format!("\"part-{number}\""))
            }
            _ => Answer::error(404, "NoSuchUpload"),
        }
    }

    fn complete(&mut self, upload: &str, body: &[u8]) -> Answer {
        let Some((key, parts)) = self.uploads.remove(upload) else {
            return Answer::error(404, "NoSuchUpload");
        };
        let body = String::from_utf8_lossy(body);
        if parts
            .keys()
            .any(|number| !body.contains(&format!("part-{number}")))
        {
            return Answer::error(400, "InvalidPart");
        }
        self.objects
            .insert(key, parts.into_values().flatten().collect());
        Answer::ok("<CompleteMultipartUploadResult><ETag>x</ETag></CompleteMultipartUploadResult>")
    }
}
