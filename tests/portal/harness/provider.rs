//! A small provider of OpenID Connect on loopback, which can be told to do wrong.

use super::answer::{Answer, ask};
use axum::extract::{Form, Query, State};
use axum::http::header::{AUTHORIZATION, LOCATION};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use base64::Engine;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::{SystemTime, UNIX_EPOCH};
use tokio::sync::oneshot;

/// The name and the secret under which it knows the portal.
pub const CLIENT: (&str, &str) = ("khue", "a secret & more: ü");

/// What is wrong with what it does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fault {
    /// Nothing.
    #[default]
    None,
    /// Another nonce in the ID token.
    Nonce,
    /// It is for another client.
    Audience,
    /// It is for this client and another.
    Audiences,
    /// It is from another provider.
    Issuer,
    /// It is signed with a key that nobody knows.
    Signature,
    /// What is signed was changed afterwards.
    Changed,
    /// It has no signature.
    Unsigned,
    /// It is signed with the client's secret.
    Symmetric,
    /// It has run out.
    Expired,
    /// It was made an hour from now.
    Early,
    /// The person declines.
    Declined,
    /// Codes lead to another address.
    Redirect,
    /// An answer of three megabytes.
    Large,
    /// The answer says that it failed.
    Broken,
}

/// Who signs in, and what is done wrong.
#[derive(Clone, Debug)]
pub struct Play {
    /// The person.
    pub subject: String,
    /// Their address, and whether it is verified.
    pub email: Option<(String, bool)>,
    /// What they are called.
    pub name: Option<String>,
    /// Whether address and name are told apart from the ID token only.
    pub apart: bool,
    /// What is wrong.
    pub fault: Fault,
}

struct Given {
    nonce: String,
    challenge: String,
    redirect: String,
}

struct Inner {
    origin: String,
    key: Mutex<(String, SigningKey)>,
    play: Mutex<Play>,
    codes: Mutex<HashMap<String, Given>>,
    /// Codes that somebody tried a second time.
    replayed: Mutex<usize>,
    /// Requests that only come by way of a redirect.
    led_astray: Mutex<usize>,
}

/// The provider; it ends with the value.
pub struct Provider {
    /// Its address.
    pub origin: String,
    inner: Arc<Inner>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl Provider {
    /// Starts one.
    pub fn start() -> Self {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let inner = Arc::new(Inner {
            origin: origin.clone(),
            key: Mutex::new(("one".to_owned(), new_key(1))),
            play: Mutex::new(Play::of("nobody")),
            codes: Mutex::default(),
            replayed: Mutex::default(),
            led_astray: Mutex::default(),
        });
        let app = Router::new()
            .route("/.well-known/openid-configuration", get(configuration))
            .route("/jwks", get(keys))
            .route("/authorize", get(authorize))
            .route("/token", post(token))
            .route("/astray", get(astray).post(astray))
            .route("/userinfo", get(userinfo))
            .with_state(inner.clone());
        let (stop, stopped) = oneshot::channel::<()>();
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .unwrap();
            runtime.block_on(async {
                let listener = tokio::net::TcpListener::from_std(listener).unwrap();
                tokio::select! {
                    served = axum::serve(listener, app) => served.unwrap(),
                    _ = stopped => {}
                }
            });
        });
        Self {
            origin,
            inner,
            stop: Some(stop),
            thread: Some(thread),
        }
    }

    /// Says who signs in next, and how.
    pub fn play(&self, play: Play) {
        *self.inner.play.lock().unwrap() = play;
    }

    /// Signs with another key from now on, which it publishes.
    pub fn change_key(&self) {
        *self.inner.key.lock().unwrap() = ("two".to_owned(), new_key(2));
    }

    /// How many codes were tried a second time.
    pub fn replayed(&self) -> usize {
        *self.inner.replayed.lock().unwrap()
    }

    /// How many requests followed a redirect.
    pub fn led_astray(&self) -> usize {
        *self.inner.led_astray.lock().unwrap()
    }

    /// The person opens the provider's page and agrees: where that leads them.
    pub fn agree(&self, address: &str) -> String {
        let answer: Answer = ask("GET", address, &[], "");
        assert_eq!(answer.status, 303, "{}", answer.text());
        answer.header("location").to_owned()
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Play {
    /// Somebody with a name and no address.
    pub fn of(subject: &str) -> Self {
        Self {
            subject: subject.to_owned(),
            email: None,
            name: Some(format!("Người {subject}")),
            apart: false,
            fault: Fault::None,
        }
    }

    /// The same with a verified address.
    pub fn at(self, email: &str) -> Self {
        Self {
            email: Some((email.to_owned(), true)),
            ..self
        }
    }

    /// The same with a fault.
    pub fn with(self, fault: Fault) -> Self {
        Self { fault, ..self }
    }

    fn claims(&self) -> Value {
        let mut claims = json!({ "sub": self.subject });
        if let Some((email, verified)) = &self.email {
            claims["email"] = json!(email);
            claims["email_verified"] = json!(verified);
        }
        if let Some(name) = &self.name {
            claims["name"] = json!(name);
        }
        claims
    }
}

fn new_key(number: u8) -> SigningKey {
    let seed = Sha256::digest([number; 32]);
    SigningKey::from_slice(seed.as_slice()).unwrap()
}

fn base64(bytes: &[u8]) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

async fn configuration(State(inner): State<Arc<Inner>>) -> Json<Value> {
    let at = |path: &str| format!("{}{path}", inner.origin);
    Json(json!({
        "issuer": inner.origin,
        "authorization_endpoint": at("/authorize"),
        "token_endpoint": at("/token"),
        "jwks_uri": at("/jwks"),
        "userinfo_endpoint": at("/userinfo"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["ES256"],
    }))
}

async fn keys(State(inner): State<Arc<Inner>>) -> Json<Value> {
    let (id, key) = inner.key.lock().unwrap().clone();
    let point = key.verifying_key().to_sec1_point(false);
    let bytes = point.as_bytes();
    let (x, y) = (base64(&bytes[1..33]), base64(&bytes[33..65]));
    Json(json!({ "keys": [
        { "kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": id, "x": x, "y": y },
    ] }))
}

async fn authorize(
    State(inner): State<Arc<Inner>>,
    Query(asked): Query<HashMap<String, String>>,
) -> Response {
    let field = |name: &str| asked.get(name).cloned().unwrap_or_default();
    let well = field("client_id") == CLIENT.0
        && field("response_type") == "code"
        && field("code_challenge_method") == "S256"
        && field("scope").split(' ').any(|scope| scope == "openid")
        && !field("state").is_empty()
        && !field("nonce").is_empty();
    if !well {
        return (StatusCode::BAD_REQUEST, format!("{asked:?}")).into_response();
    }
    let redirect = field("redirect_uri");
    let way = match inner.play.lock().unwrap().fault {
        Fault::Declined => format!("{redirect}?error=access_denied&state={}", field("state")),
        _ => {
            let number = inner.codes.lock().unwrap().len();
            let code = format!("code-{number}-{}", field("nonce"));
            let given = Given {
                nonce: field("nonce"),
                challenge: field("code_challenge"),
                redirect: redirect.clone(),
            };
            inner.codes.lock().unwrap().insert(code.clone(), given);
            format!("{redirect}?code={code}&state={}", field("state"))
        }
    };
    (StatusCode::SEE_OTHER, [(LOCATION, way)]).into_response()
}

async fn astray(State(inner): State<Arc<Inner>>) -> StatusCode {
    *inner.led_astray.lock().unwrap() += 1;
    StatusCode::OK
}

async fn token(
    State(inner): State<Arc<Inner>>,
    headers: HeaderMap,
    Form(sent): Form<HashMap<String, String>>,
) -> Response {
    let field = |name: &str| sent.get(name).cloned().unwrap_or_default();
    let refuse = |what: &str| {
        let error = json!({ "error": "invalid_grant", "error_description": what });
        (StatusCode::BAD_REQUEST, Json(error)).into_response()
    };
    let play = inner.play.lock().unwrap().clone();
    match play.fault {
        Fault::Redirect => {
            return (StatusCode::TEMPORARY_REDIRECT, [(LOCATION, "/astray")]).into_response();
        }
        Fault::Large => return "x".repeat(3_000_000).into_response(),
        Fault::Broken => return StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        _ => {}
    }
    let said = headers
        .get(AUTHORIZATION)
        .map(|value| value.to_str().unwrap());
    let encoded: String = format!("{}:{}", form(CLIENT.0), form(CLIENT.1));
    if said != Some(format!("Basic {}", BASE64_STANDARD.encode(encoded)).as_str()) {
        return (
            StatusCode::UNAUTHORIZED,
            Json(json!({ "error": "invalid_client" })),
        )
            .into_response();
    }
    let Some(given) = inner.codes.lock().unwrap().remove(&field("code")) else {
        *inner.replayed.lock().unwrap() += 1;
        return refuse("the code was used");
    };
    let proof = base64(&Sha256::digest(field("code_verifier")));
    if proof != given.challenge || field("redirect_uri") != given.redirect {
        return refuse("another verifier or address");
    }
    let id_token = inner.id_token(&play, &given.nonce);
    Json(json!({
        "access_token": "access",
        "token_type": "Bearer",
        "expires_in": 60,
        "id_token": id_token,
    }))
    .into_response()
}

/// Text as RFC 6749 wants it in the header of a client.
fn form(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC)
        .to_string()
        .replace("%20", "+")
}

impl Inner {
    fn id_token(&self, play: &Play, nonce: &str) -> String {
        let now = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap()
            .as_secs();
        let mut claims = match play.apart {
            true => json!({ "sub": play.subject }),
            false => play.claims(),
        };
        let (from, until) = match play.fault {
            Fault::Expired => (now - 7200, now - 3600),
            Fault::Early => (now + 3600, now + 7200),
            _ => (now, now + 300),
        };
        claims["iss"] = json!(match play.fault {
            Fault::Issuer => "https://id.example.org",
            _ => self.origin.as_str(),
        });
        claims["aud"] = match play.fault {
            Fault::Audience => json!("another"),
            Fault::Audiences => json!([CLIENT.0, "another"]),
            _ => json!(CLIENT.0),
        };
        claims["nonce"] = json!(match play.fault {
            Fault::Nonce => "another",
            _ => nonce,
        });
        (claims["iat"], claims["exp"]) = (json!(from), json!(until));
        self.signed(&claims, play.fault)
    }

    fn signed(&self, claims: &Value, fault: Fault) -> String {
        let (id, key) = self.key.lock().unwrap().clone();
        let algorithm = match fault {
            Fault::Unsigned => "none",
            Fault::Symmetric => "HS256",
            _ => "ES256",
        };
        let header = json!({ "alg": algorithm, "typ": "JWT", "kid": id });
        let part = |value: &Value| base64(value.to_string().as_bytes());
        let text = format!("{}.{}", part(&header), part(claims));
        let key = match fault {
            Fault::Signature => new_key(9),
            _ => key,
        };
        let signature: Signature = key.sign(text.as_bytes());
        let signature = base64(&signature.to_bytes());
        match fault {
            Fault::Unsigned => format!("{text}."),
            Fault::Symmetric => format!("{text}.{}", base64(&hmac(CLIENT.1, &text))),
            Fault::Changed => {
                let mut other = claims.clone();
                other["sub"] = json!("somebody-else");
                format!("{}.{}.{signature}", part(&header), part(&other))
            }
            _ => format!("{text}.{signature}"),
        }
    }
}

/// HMAC-SHA-256 (RFC 2104) for a key of at most 64 bytes.
fn hmac(key: &str, text: &str) -> Vec<u8> {
    let padded = |with: u8| -> Vec<u8> {
        let mut bytes = key.as_bytes().to_vec();
        bytes.resize(64, 0);
        bytes.iter().map(|byte| byte ^ with).collect()
    };
    let inner = Sha256::digest([padded(0x36), text.as_bytes().to_vec()].concat());
    Sha256::digest([padded(0x5c), inner.to_vec()].concat()).to_vec()
}

async fn userinfo(State(inner): State<Arc<Inner>>, headers: HeaderMap) -> Response {
    let said = headers
        .get(AUTHORIZATION)
        .map(|value| value.to_str().unwrap());
    match said {
        Some("Bearer access") => Json(inner.play.lock().unwrap().claims()).into_response(),
        _ => StatusCode::UNAUTHORIZED.into_response(),
    }
}
