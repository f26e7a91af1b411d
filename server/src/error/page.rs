//! A small page for what the pages themselves have no page for.

use crate::state::State;
use axum::http::header::{CONTENT_LANGUAGE, CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use khue_app::Language;

/// The page for a status, in the reader's language.
pub(super) fn show(state: &State, status: StatusCode, path: &str) -> Response {
    let (language, _) = Language::of_path(path);
    let (title, text) = words(status, language);
    let style = state.services.files.style.as_deref();
    let style = style
        .map(|style| format!("<link rel=\"stylesheet\" href=\"{style}\">"))
        .unwrap_or_default();
    let (code, home) = (language.code(), language.link("/"));
    let back = match language {
        Language::Vi => "Về trang chủ",
        Language::En => "To the home page",
        Language::Fr => "Retour à l’accueil",
    };
    let html = format!(
        "<!DOCTYPE html><html lang=\"{code}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"robots\" content=\"noindex\"><title>{title}</title>{style}</head>\
         <body><main class=\"error-page container container--narrow\">\
         <p class=\"error-page__code\" aria-hidden=\"true\">{number}</p><h1 class=\"error-page__title\">{title}</h1>\
         <p class=\"error-page__text\">{text}</p><p><a href=\"{home}\">{back}</a></p></main></body></html>",
        number = status.as_u16(),
    );
    let mut response = (status, html).into_response();
    let headers = response.headers_mut();
    headers.insert(
        CONTENT_TYPE,
        HeaderValue::from_static("text/html; charset=utf-8"),
    );
    headers.insert(CONTENT_LANGUAGE, HeaderValue::from_static(code));
    if status == StatusCode::SERVICE_UNAVAILABLE {
        headers.insert(RETRY_AFTER, HeaderValue::from_static("5"));
    }
    response
}

/// Title and text.
fn words(status: StatusCode, language: Language) -> (&'static str, &'static str) {
    use Language::{En, Fr, Vi};
    match (status, language) {
        (StatusCode::METHOD_NOT_ALLOWED, Vi) => (
            "Địa chỉ này chỉ để đọc",
            "Trang này không nhận dữ liệu gửi tới. Hãy mở trang bằng liên kết thông thường.",
        ),
        (StatusCode::METHOD_NOT_ALLOWED, En) => (
            "This address is only read",
            "The page takes nothing in. Open it with an ordinary link.",
        ),
        (StatusCode::METHOD_NOT_ALLOWED, Fr) => (
            "Cette adresse est en lecture seule",
            "La page ne reçoit pas de données. Ouvrez-la par un lien ordinaire.",
        ),
        (StatusCode::FORBIDDEN, Vi) => (
            "Yêu cầu đến từ một trang khác",
            "Vì an toàn, biểu mẫu chỉ được gửi từ chính trang của cổng học liệu.",
        ),
        (StatusCode::FORBIDDEN, En) => (
            "The request comes from another site",
            "For safety, forms are only taken from the portal’s own pages.",
        ),
        (StatusCode::FORBIDDEN, Fr) => (
            "La demande vient d’un autre site",
            "Par sécurité, les formulaires ne sont acceptés que depuis les pages du portail.",
        ),
        (StatusCode::PAYLOAD_TOO_LARGE, Vi) => {
            ("Dữ liệu gửi lên quá lớn", "Hãy gửi ít hơn trong mỗi lần.")
        }
        (StatusCode::PAYLOAD_TOO_LARGE, En) => ("Too much was sent", "Send less at a time."),
        (StatusCode::PAYLOAD_TOO_LARGE, Fr) => (
            "L’envoi est trop volumineux",
            "Envoyez moins de données à la fois.",
        ),
        (StatusCode::TOO_MANY_REQUESTS, Vi) => (
            "Có quá nhiều yêu cầu từ mạng của bạn",
            "Hãy đợi vài giây rồi tải lại trang.",
        ),
        (StatusCode::TOO_MANY_REQUESTS, En) => (
            "Too many requests from your network",
            "Wait a few seconds, then load the page again.",
        ),
        (StatusCode::TOO_MANY_REQUESTS, Fr) => (
            "Trop de demandes depuis votre réseau",
            "Attendez quelques secondes, puis rechargez la page.",
        ),
        (StatusCode::SERVICE_UNAVAILABLE, Vi) => ("Hệ thống đang bận", "Hãy thử lại sau vài giây."),
        (StatusCode::SERVICE_UNAVAILABLE, En) => {
            ("The portal is busy", "Try again in a few seconds.")
        }
        (StatusCode::SERVICE_UNAVAILABLE, Fr) => (
            "Le portail est très sollicité",
            "Réessayez dans quelques secondes.",
        ),
        (_, Vi) => (
            "Không hiểu được yêu cầu",
            "Hãy kiểm tra lại địa chỉ hoặc bắt đầu từ trang chủ.",
        ),
        (_, En) => (
            "The request cannot be understood",
            "Check the address, or start from the home page.",
        ),
        (_, Fr) => (
            "La demande n’est pas comprise",
            "Vérifiez l’adresse ou repartez de la page d’accueil.",
        ),
    }
}
