//! The pages of those who send in, look at, gather and report: no barriers, in three languages, narrow and wide.

use super::axe::axe;
use super::{Scheme, Scripts, Visitor};
use crate::harness::{CLIENT, Person, Provider, Setup, TestPortal};
use crate::people::sheets;
use serde_json::json;
use std::sync::Arc;

/// Everybody, and the pages that they look at: a name for pictures, and the address.
struct Scene {
    people: Vec<(&'static str, Person)>,
    pages: Vec<(&'static str, &'static str, String)>,
}

/// A portal where people may sign in with a provider.
fn portal(provider: &Provider) -> TestPortal {
    let list = format!(
        "[{{ key = \"truong\", name = {{ vi = \"Trường Chu Văn An\", en = \"Chu Van An School\", fr = \"École Chu Van An\" }}, issuer = \"{}\", client_id = \"{}\", secret_env = \"SECRET_OF_TRUONG\" }}]",
        provider.origin, CLIENT.0
    );
    TestPortal::start(Setup {
        variables: vec![
            ("KHUE_PEOPLE_PROVIDERS", list),
            ("SECRET_OF_TRUONG", CLIENT.1.to_owned()),
        ],
        ..Setup::default()
    })
}

/// A resource that is published; gives its id.
pub fn published(lan: &Person, mai: &Person, name: &str) -> String {
    let number = sent(lan, name);
    for step in ["accept", "publish"] {
        assert_eq!(mai.decide(&number, step).status, 303, "{step}");
    }
    number
}

/// A file that was sent.
pub fn sent(lan: &Person, name: &str) -> String {
    let number = lan.draft(name);
    assert_eq!(lan.fill_in(&number, name, "send").status, 303);
    number
}

fn said(minh: &Person, id: &str) {
    let path = format!("/resources/{id}/comments");
    for (kind, words) in [
        (
            "comment",
            "Bài rất dễ dùng; em đã thử với lớp 4A trong một tiết, mất đúng bốn mươi phút.",
        ),
        (
            "question",
            "Có thể thay hình tròn bằng băng giấy không?\nHọc sinh của em khó cắt hình tròn.",
        ),
    ] {
        let fields = [("kind", kind), ("words", words), ("do", "comment")];
        assert_eq!(minh.post(&path, &fields).status, 303);
    }
    assert_eq!(minh.post(&path, &[("do", "rate-ready")]).status, 303);
}

/// Reports a resource; gives the address where the reporter looks.
fn reported(portal: &Arc<TestPortal>, id: &str, kind: &str) -> String {
    let fields = [
        ("kind", kind),
        ("words", "Hình ở ví dụ 2 có năm phần, lời lại nói bốn phần."),
    ];
    let answer = Person::stranger(portal).post(&format!("/resources/{id}/report"), &fields);
    assert_eq!(answer.status, 303);
    answer.header("location").to_owned()
}

fn scene(portal: &Arc<TestPortal>) -> Scene {
    let lan = Person::with_role(portal, "curation-lan", "teacher", Some("hn-01"));
    let mai = Person::with_role(portal, "curation-mai", "appraiser", None);
    let minh = Person::registered(portal, "curation-minh");
    let id = published(&lan, &mai, "Phân số bằng nhau qua hình vẽ và băng giấy");
    let waiting: Vec<String> = ["So sánh hai phân số", "Đo góc bằng giấy gấp", "Một bài có tên rất dài để thấy rằng hàng chờ của bàn thẩm định vẫn đọc được trên điện thoại hẹp"]
        .map(|name| sent(&lan, name))
        .into();
    said(&minh, &id);
    let report = reported(portal, &id, "error");
    reported(portal, &id, "safety");
    let own = minh.post(
        &format!("/resources/{id}/collect"),
        &[("into", ""), ("new", "Để dạy tuần sau"), ("do", "put")],
    );
    assert_eq!(own.status, 303);
    let numbers = mai
        .get(&format!("/desk/{}", waiting[0]))
        .page()
        .attributes("a[href^='/desk/reports/']", "href");
    let hoa = Person::with_role(portal, "curation-hoa", "curator", Some("hn-01"));
    let rows = "identifier,name,license,url\nb1,Bài có tên rất dài để thấy rằng bảng vẫn đọc được trên điện thoại hẹp,lạ,https://example.org/b1\nb2,Bài hai,CC-BY-4.0,x\n";
    let waits = sheets::bring(&hoa, "hn-01", "bảng-chờ.csv", rows);
    sheets::until(&hoa, &waits, "chờ quyết định");
    let taken = sheets::take_in(&hoa, "hn-01", "bảng-nhập.csv", rows);
    let broken = sheets::bring(&hoa, "hn-01", "hong.csv", "");
    sheets::until(&hoa, &broken, "không đọc được");
    let pages = [
        ("hoa", "sheets", "/desk/imports".to_owned()),
        ("hoa", "sheet-waits", waits),
        ("hoa", "sheet-undo", format!("{taken}/undo")),
        ("hoa", "sheet-taken", taken),
        ("hoa", "sheet-broken", broken),
        ("nobody", "sign-in-provider", "/sign-in".to_owned()),
        ("nobody", "register", "/register".to_owned()),
        ("nobody", "report", format!("/resources/{id}/report")),
        ("nobody", "report-state", report),
        ("nobody", "adapt-nobody", format!("/resources/{id}/adapt")),
        ("minh", "comments", format!("/resources/{id}/comments")),
        ("minh", "adapt", format!("/resources/{id}/adapt")),
        ("minh", "collect", format!("/resources/{id}/collect")),
        ("minh", "collections-own", "/collections/own".to_owned()),
        ("minh", "account", "/account".to_owned()),
        ("minh", "mail", "/account/mail".to_owned()),
        ("lan", "submissions", "/submissions".to_owned()),
        ("lan", "submissions-filtered", "/submissions?state=submitted".to_owned()),
        ("lan", "notices", "/notices".to_owned()),
        ("lan", "submission", format!("/submissions/{}", waiting[0])),
        ("mai", "desk", format!("/desk/{}", waiting[0])),
        ("mai", "desk-filtered", format!("/desk/{}?state=submitted&late=1", waiting[1])),
        ("mai", "desk-comments", "/desk/comments".to_owned()),
        ("mai", "desk-report", numbers.first().unwrap().clone()),
        ("mai", "desk-bulk", "/desk/bulk".to_owned()),
        ("mai", "desk-bulk-none", "/desk/bulk?state=accepted".to_owned()),
        ("mai", "plan", "/plan?exam=vao-10&about=toan&inLanguage=vi&examDay=2099-06-05&from=2099-04-05&minutes=45&day=2&day=4&at=19:00".to_owned()),
    ];
    Scene {
        people: vec![
            ("nobody", Person::stranger(portal)),
            ("minh", minh),
            ("lan", lan),
            ("mai", mai),
            ("hoa", hoa),
        ],
        pages: pages.into(),
    }
}

/// Goes on as somebody; without a session where they have none.
pub async fn become_person(visitor: &Visitor, person: &Person) {
    visitor.client.delete_all_cookies().await.unwrap();
    if let Some((name, value)) = person.cookie.split_once('=') {
        let cookie =
            json!({"name": name, "value": value, "url": visitor.portal.origin, "httpOnly": true});
        visitor.devtools("Network.setCookie", cookie);
    }
}

const LOOKS: [(&str, u32, Scheme); 6] = [
    ("", 320, Scheme::Light),
    ("", 320, Scheme::Dark),
    ("", 1280, Scheme::Light),
    ("", 1280, Scheme::Dark),
    ("/en", 320, Scheme::Light),
    ("/fr", 320, Scheme::Dark),
];

#[tokio::test]
async fn pages_of_curation_have_no_barriers() {
    let provider = Provider::start();
    let started = || Arc::new(portal(&provider));
    let Some(visitor) = Visitor::come_to(Scripts::On, started).await else {
        return;
    };
    let Some(axe) = axe() else { return };
    let shared = visitor.portal.clone();
    let scene = tokio::task::spawn_blocking(move || scene(&shared))
        .await
        .unwrap();
    visitor.go("/about").await;
    let mut wrong = Vec::new();
    for (who, person) in &scene.people {
        become_person(&visitor, person).await;
        for (_, name, path) in scene.pages.iter().filter(|(whose, ..)| whose == who) {
            for (language, width, scheme) in LOOKS {
                visitor.prefer(scheme);
                visitor.set_width(width);
                visitor.go(&format!("{language}{path}")).await;
                let seen = format!("{name} {language} {width} px, {scheme:?}");
                let found = visitor.barriers(&axe).await;
                wrong.extend(found.iter().map(|barrier| format!("{seen}: {barrier}")));
                let overflow = visitor.overflow().await;
                if overflow > 0 {
                    wrong.push(format!("{seen}: {overflow} px wider than the screen"));
                }
                if language.is_empty() {
                    let picture = format!("{name}-{width}-{}", scheme.as_str());
                    visitor.keep_picture(&picture, width, 1400).await;
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    visitor.leave_whatever_was_said().await;
}
