//! Raw sockets: slow, many, broken, and at the end.

use axum::Router;
use axum::body::Bytes;
use axum::routing::{get, post};
use khue_server::accept::{Ended, Stop, serve};
use khue_server::config::{Limits, Settings};
use std::net::SocketAddr;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};

struct Server {
    address: SocketAddr,
    stop: Stop,
    ended: JoinHandle<Ended>,
}

fn app() -> Router {
    let slow = || async {
        sleep(Duration::from_millis(400)).await;
        "slow"
    };
    let large = || async { vec![b'x'; 32 << 20] };
    Router::new()
        .route("/", get(|| async { "hello" }))
        .route("/slow", get(slow))
        .route("/large", get(large))
        .route("/echo", post(|body: Bytes| async { body }))
}

async fn start(change: impl FnOnce(&mut Limits)) -> Server {
    let mut limits = Settings::defaults().unwrap().limits;
    for limit in [
        &mut limits.first_byte,
        &mut limits.header,
        &mut limits.idle,
        &mut limits.stall,
    ] {
        *limit = Duration::from_millis(300);
    }
    limits.stop = Duration::from_secs(5);
    change(&mut limits);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (address, stop) = (listener.local_addr().unwrap(), Stop::default());
    let told = stop.clone();
    let ended =
        tokio::spawn(async move { serve(listener, app(), &limits, Vec::new(), told).await });
    Server {
        address,
        stop,
        ended,
    }
}

impl Server {
    async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).await.unwrap()
    }

    async fn say(&self, words: &[u8]) -> String {
        let mut stream = self.connect().await;
        stream.write_all(words).await.unwrap();
        rest(&mut stream).await
    }
}

/// All that comes until the other side closes.
async fn rest(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    // A reset ends it as well as an orderly end.
    let _ = timeout(Duration::from_secs(10), stream.read_to_end(&mut bytes))
        .await
        .expect("nothing is closed");
    String::from_utf8_lossy(&bytes).into_owned()
}

const GET: &[u8] = b"GET / HTTP/1.1\r\nhost: x\r\n\r\n";
const LAST: &[u8] = b"GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";

#[tokio::test]
async fn silence_is_not_waited_for() {
    let server = start(|limits| limits.first_byte = Duration::from_millis(200)).await;
    let begun = Instant::now();
    let mut stream = server.connect().await;
    assert_eq!(rest(&mut stream).await, "");
    assert!(
        begun.elapsed() >= Duration::from_millis(200) && begun.elapsed() < Duration::from_secs(3)
    );
}

#[tokio::test]
async fn a_head_that_drips_is_cut_off() {
    let server = start(|_| ()).await;
    for beginning in ["GET / HTTP/1.1\r\n", "PRI * HT"] {
        let begun = Instant::now();
        let (mut from, mut to) = server.connect().await.into_split();
        to.write_all(beginning.as_bytes()).await.unwrap();
        let drip = tokio::spawn(async move {
            while to.write_all(b"X").await.is_ok() {
                sleep(Duration::from_millis(50)).await;
            }
        });
        let mut bytes = Vec::new();
        let _ = timeout(Duration::from_secs(5), from.read_to_end(&mut bytes))
            .await
            .expect("a slow head is waited for");
        assert!(
            begun.elapsed() < Duration::from_secs(3),
            "{:?}",
            begun.elapsed()
        );
        drip.abort();
    }
}

#[tokio::test]
async fn a_second_head_that_drips_is_cut_off_too() {
    let server = start(|limits| limits.idle = Duration::from_secs(60)).await;
    let mut stream = server.connect().await;
    stream.write_all(GET).await.unwrap();
    sleep(Duration::from_millis(100)).await;
    stream.write_all(b"GET /").await.unwrap();
    let said = rest(&mut stream).await;
    assert_eq!(said.matches("hello").count(), 1, "{said}");
}

#[tokio::test]
async fn a_connection_at_rest_is_closed_but_used_until_then() {
    let server = start(|limits| limits.header = Duration::from_millis(100)).await;
    let mut stream = server.connect().await;
    for _ in 0..3 {
        stream.write_all(GET).await.unwrap();
        sleep(Duration::from_millis(200)).await;
    }
    let said = rest(&mut stream).await;
    assert_eq!(
        said.matches("hello").count(),
        3,
        "longer at rest than a head may take: {said}"
    );
}

#[tokio::test]
async fn an_answer_may_take_longer_than_a_head() {
    let server = start(|limits| {
        (limits.header, limits.idle) = (Duration::from_millis(100), Duration::from_millis(100))
    })
    .await;
    let said = server.say(b"GET /slow HTTP/1.1\r\nhost: x\r\n\r\n").await;
    assert!(said.ends_with("slow"), "{said}");
}

#[tokio::test]
async fn requests_in_a_row_are_answered_in_order() {
    let server = start(|_| ()).await;
    let slow = b"GET /slow HTTP/1.1\r\nhost: x\r\n\r\n";
    let said = server.say(&[slow, GET, LAST].concat()).await;
    assert_eq!(said.matches("HTTP/1.1 200 OK").count(), 3, "{said}");
    assert!(said.find("slow").unwrap() < said.find("hello").unwrap());
    assert_eq!(
        said.matches("content-length: 5").count(),
        2,
        "lengths are kept: {said}"
    );
}

#[tokio::test]
async fn rubbish_is_refused_and_harms_nobody() {
    let server = start(|_| ()).await;
    let rubbish: [&[u8]; 6] = [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
        b"\r\n\r\n\r\nHELLO\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET /\x00 HTTP/1.1\r\nhost: x\r\n\r\n",
        b"GET / HTTP/1.1\r\nbad header\r\n\r\n",
        b"POST /echo HTTP/1.1\r\nhost: x\r\ncontent-length: -1\r\n\r\n",
    ];
    for bytes in rubbish {
        let said = server.say(bytes).await;
        assert!(
            said.starts_with("HTTP/1.1 400"),
            "{:?}: {said}",
            String::from_utf8_lossy(bytes)
        );
    }
    let many = format!("GET / HTTP/1.1\r\n{}\r\n", "a: b\r\n".repeat(200));
    assert!(
        server
            .say(many.as_bytes())
            .await
            .starts_with("HTTP/1.1 431")
    );
    let smuggled = b"POST /echo HTTP/1.1\r\nhost: x\r\ncontent-length: 3\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\nGET /slow HTTP/1.1\r\n\r\n";
    assert!(!server.say(smuggled).await.contains("slow"));
    assert!(server.say(LAST).await.ends_with("hello"));
}

#[tokio::test]
async fn one_address_cannot_take_all_places() {
    let server = start(|limits| {
        limits.connections_per_address = 3;
        limits.first_byte = Duration::from_secs(30);
    })
    .await;
    let inside = [
        server.connect().await,
        server.connect().await,
        server.connect().await,
    ];
    sleep(Duration::from_millis(50)).await;
    let refused = server.say(LAST).await;
    assert!(
        refused.starts_with("HTTP/1.1 429") && refused.contains("retry-after"),
        "{refused}"
    );
    drop(inside);
    sleep(Duration::from_millis(100)).await;
    assert!(
        server.say(LAST).await.ends_with("hello"),
        "places are free again"
    );
}

#[tokio::test]
async fn a_full_house_says_so() {
    let server =
        start(|limits| (limits.connections, limits.first_byte) = (2, Duration::from_secs(30)))
            .await;
    let _inside = [server.connect().await, server.connect().await];
    sleep(Duration::from_millis(50)).await;
    assert!(server.say(LAST).await.starts_with("HTTP/1.1 503"));
}

#[tokio::test]
async fn who_takes_nothing_is_given_up() {
    let server = start(|limits| limits.connections_per_address = 1).await;
    let mut lazy = server.connect().await;
    lazy.write_all(b"GET /large HTTP/1.1\r\nhost: x\r\n\r\n")
        .await
        .unwrap();
    sleep(Duration::from_millis(1500)).await;
    // The place is free again though the lazy reader has closed nothing.
    assert!(server.say(LAST).await.ends_with("hello"));
    drop(lazy);
}

#[tokio::test]
async fn the_end_waits_for_running_answers() {
    let server = start(|limits| limits.idle = Duration::from_secs(60)).await;
    let mut resting = server.connect().await;
    resting.write_all(GET).await.unwrap();
    let mut running = server.connect().await;
    running
        .write_all(b"GET /slow HTTP/1.1\r\nhost: x\r\n\r\n")
        .await
        .unwrap();
    sleep(Duration::from_millis(100)).await;
    let begun = Instant::now();
    server.stop.gently.cancel();
    assert!(rest(&mut running).await.ends_with("slow"));
    assert!(rest(&mut resting).await.ends_with("hello"));
    assert_eq!(server.ended.await.unwrap(), Ended::Finished);
    assert!(
        begun.elapsed() < Duration::from_secs(2),
        "{:?}",
        begun.elapsed()
    );
    assert!(
        TcpStream::connect(server.address).await.is_err(),
        "nobody is let in any more"
    );
}

#[tokio::test]
async fn the_second_signal_waits_for_nothing() {
    let server = start(|_| ()).await;
    let mut running = server.connect().await;
    running
        .write_all(b"GET /slow HTTP/1.1\r\nhost: x\r\n\r\n")
        .await
        .unwrap();
    sleep(Duration::from_millis(100)).await;
    server.stop.gently.cancel();
    server.stop.at_once.cancel();
    assert_eq!(rest(&mut running).await, "");
    assert!(matches!(server.ended.await.unwrap(), Ended::CutOff(_)));
}

#[tokio::test]
async fn the_end_has_a_deadline() {
    let server = start(|limits| limits.stop = Duration::from_millis(100)).await;
    let mut running = server.connect().await;
    running
        .write_all(b"GET /slow HTTP/1.1\r\nhost: x\r\n\r\n")
        .await
        .unwrap();
    sleep(Duration::from_millis(50)).await;
    server.stop.gently.cancel();
    let ended = timeout(Duration::from_secs(1), server.ended)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (ended, rest(&mut running).await.as_str()),
        (Ended::CutOff(1), "")
    );
}
