//! Who comes from outside sees results before the whole style is there.

use super::{Scheme, Scripts, Visitor};

/// Many results, a correction, none, and a list without words.
const PAGES: [&str; 4] = [
    "/search?q=to%C3%A1n+5",
    "/en/search?q=enrgy",
    "/fr/search?q=qzxv",
    "/search?about=https%3A%2F%2Fw3id.org%2Fkhue%2Fabout%2Ftoan&sort=name",
];

#[tokio::test]
async fn results_look_the_same_without_the_style_that_follows() {
    let Some(visitor) = Visitor::come(Scripts::On).await else {
        return;
    };
    // It has the style already.
    visitor.devtools("Network.enable", serde_json::json!({}));
    visitor.devtools(
        "Network.setBypassServiceWorker",
        serde_json::json!({ "bypass": true }),
    );
    for scheme in Scheme::ALL {
        visitor.prefer(scheme);
        for width in [360, 1280] {
            visitor.set_width(width);
            for path in PAGES {
                visitor.arrive(path).await;
                let other = visitor.script(DIFFERENT).await;
                assert_eq!(other, serde_json::json!([]), "{path} at {width} pixels");
            }
        }
    }
    visitor.leave().await;
}

/// Elements that look different where only the style in the page is in force.
const DIFFERENT: &str = "
    const whole = [...document.styleSheets].find(sheet => sheet.href);
    if (!whole || document.styleSheets.length < 2) return ['the page has one style only'];
    const all = [...document.querySelectorAll('body, body *')];
    const names = ['display', 'position', 'visibility', 'width', 'height', 'margin', 'padding', 'gap', 'color', 'background-color',
        'background-image', 'border', 'border-radius', 'box-shadow', 'opacity', 'font-family', 'font-size', 'font-weight', 'line-height',
        'text-align', 'text-decoration', 'list-style-type', 'grid-template-columns', 'align-items', 'justify-content', 'overflow-x'];
    const look = () => all.map(element => { const style = getComputedStyle(element);
        return Object.fromEntries(names.map(name => [name, style.getPropertyValue(name)])); });
    const before = look();
    whole.disabled = true;
    const after = look();
    whole.disabled = false;
    const changed = (a, b) => names.filter(name => a[name] !== b[name]);
    return all.map((element, place) => [element, changed(before[place], after[place])])
        .filter(([, other]) => other.length)
        .map(([element, other]) => element.tagName + '.' + (element.getAttribute('class') ?? '') + ': ' + other.slice(0, 4))
        .slice(0, 12)";
