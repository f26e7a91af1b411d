//! Learning alone: exercises, paths, and what the browser remembers.

use crate::browser::{Scripts, Visitor};
use fantoccini::key::Key;

const LESSON: &str = "/resources/vat-li-10-dinh-luat-ii-newton";
const PATH: &str = "/paths/tu-cap-so-den-chuyen-dong";

journey!(
    exercise,
    doing_an_exercise,
    doing_an_exercise_without_scripts
);
journey!(path, following_a_path, following_a_path_without_scripts);

async fn is(visitor: &Visitor, wanted: &str) {
    let form = format!("#exercise-1[data-verdict={wanted}]");
    visitor
        .until("the answer is looked at", async || {
            visitor.count(&form).await == 1
        })
        .await;
}

async fn exercise(visitor: &Visitor) {
    visitor.go(LESSON).await;
    visitor.fill("#exercise-1 input", "40 m/s²").await;
    visitor.press(Key::Enter).await;
    is(visitor, "wrong").await;
    assert!(
        visitor
            .text("#exercise-1 .exercise__outcome")
            .await
            .contains("Bạn đã lấy lực nhân")
    );
    visitor.click("#exercise-1 .exercise__hint summary").await;
    visitor.fill("#exercise-1 input", "2.5").await;
    visitor.click("#exercise-1 button").await;
    is(visitor, "right").await;
    assert!(
        visitor
            .text("#exercise-1 .exercise__outcome")
            .await
            .contains("Đúng rồi")
    );
}

async fn path(visitor: &Visitor) {
    visitor.go("/paths").await;
    visitor
        .follow(&format!(".path-card a[href='{PATH}']"))
        .await;
    visitor.follow(".path__step:nth-of-type(2) a").await;
    assert!(visitor.text(".path-bar").await.contains("bước 2 trong 5"));
    visitor.follow(".path-bar a[rel=next]").await;
    assert_eq!(
        visitor.address().await,
        format!("{LESSON}?path=tu-cap-so-den-chuyen-dong")
    );
    visitor.follow(".path-bar a[rel=prev]").await;
    visitor.follow(".path-bar__title a").await;
    assert_eq!(visitor.address().await, PATH);
}

#[tokio::test]
async fn progress_is_kept_in_the_browser_and_can_be_erased() {
    let Some(visitor) = Visitor::come(Scripts::On).await else {
        return;
    };
    visitor
        .go(&format!("{LESSON}?path=tu-cap-so-den-chuyen-dong"))
        .await;
    visitor.click(".step-mark").await;
    visitor.fill("#exercise-1 input", "40").await;
    visitor.press(Key::Enter).await;
    is(&visitor, "wrong").await;
    visitor.go(PATH).await;
    let done = ".path__step[data-step='vat-li-10-dinh-luat-ii-newton'] .path__done:not([hidden])";
    visitor
        .until("the step is marked", async || {
            visitor.count(done).await == 1
        })
        .await;
    assert_eq!(visitor.count(".path__done:not([hidden])").await, 1);
    assert!(
        visitor
            .text("#path-continue")
            .await
            .starts_with("Học tiếp:")
    );
    let kept = visitor
        .script("return localStorage.getItem('khue-progress')")
        .await;
    assert!(
        kept.as_str()
            .is_some_and(|kept| kept.contains("vat-li-10-dinh-luat-ii-newton/1")),
        "{kept}"
    );

    // A day later the missed exercise is offered again.
    visitor
        .script(
            "const p = JSON.parse(localStorage.getItem('khue-progress')); p.review[0][3] -= 3; \
             localStorage.setItem('khue-progress', JSON.stringify(p))",
        )
        .await;
    visitor.go(PATH).await;
    visitor
        .until("it is due", async || {
            visitor.count(".path-desk__due a").await == 1
        })
        .await;
    assert!(
        visitor
            .text(".path-desk__due a")
            .await
            .contains("Định luật II Newton")
    );

    visitor.script("window.confirm = () => true").await;
    visitor.click(".path-desk button").await;
    visitor
        .until("it is forgotten", async || {
            visitor.count(".path__done:not([hidden])").await == 0
        })
        .await;
    let kept = visitor
        .script("return localStorage.getItem('khue-progress')")
        .await;
    assert!(kept.is_null(), "{kept}");
    visitor.leave().await;
}

#[tokio::test]
async fn without_a_connection_an_answer_stays_and_can_be_sent_again() {
    let Some(visitor) = Visitor::come(Scripts::On).await else {
        return;
    };
    visitor.go(LESSON).await;
    visitor.script("window.fetch = ((own) => (address, ...rest) => String(address).includes('part=form') ? Promise.reject(new TypeError('offline')) : own(address, ...rest))(window.fetch)").await;
    visitor.fill("#exercise-1 input", "2,5").await;
    visitor.press(Key::Enter).await;
    visitor
        .until("it is said", async || {
            visitor
                .text("#exercise-1 .exercise__outcome")
                .await
                .contains("mất kết nối")
        })
        .await;
    let typed = visitor
        .script("return document.querySelector('#exercise-1 input').value")
        .await;
    assert_eq!(typed, "2,5");
    visitor.leave().await;
}
