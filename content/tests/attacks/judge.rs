//! Reads rendered HTML as a browser does and says what is forbidden in it.
//! Written apart from the renderer's own list, so that the two can disagree.

use html5ever::serialize::{SerializeOpts, TraversalScope, serialize};
use html5ever::tendril::TendrilSink;
use html5ever::{QualName, local_name, ns, parse_fragment};
use markup5ever_rcdom::{Handle, NodeData, RcDom, SerializableHandle};

const HTML: &str = "h2 h3 h4 h5 h6 p section article aside address div blockquote dl dt dd figcaption figure header \
    footer nav main center ul ol li pre details summary span em strong b i u s small code kbd samp var sub sup mark q cite \
    dfn abbr bdi bdo ruby rt rp del ins time a img br wbr hr table caption thead tbody tfoot tr colgroup col td th";
const MATHML: &str = "math mrow msqrt mroot mphantom merror semantics mfrac msub msup msubsup mmultiscripts mprescripts none \
    munder mover munderover mstyle mpadded mspace menclose mtable mtr mlabeledtr mtd mi mn mtext ms mo annotation";
const ATTRIBUTES: &str = "id lang dir title class role tabindex aria-label start reversed type value open datetime href \
    hreflang rel src alt width height loading span colspan rowspan scope abbr display displaystyle alttext mathvariant \
    scriptlevel linethickness bevelled accent accentunder depth lspace voffset notation columnalign rowspacing \
    columnspacing columnlines rowlines frame align rowalign columnspan stretchy fence separator form rspace largeop \
    movablelimits symmetric maxsize minsize encoding";

/// Whether the HTML holds only what it may, and means the same when read again.
pub fn judge(html: &str) -> Result<(), String> {
    // A node empties its children when it is dropped: the document must outlive the look at it.
    let document = parse(html).document;
    let body = document.children.borrow()[0].clone();
    visit(&body)?;
    let again = write(&body);
    match again == html {
        true => Ok(()),
        false => Err(format!("changes when read again: {again:?}")),
    }
}

fn parse(html: &str) -> RcDom {
    let context = QualName::new(None, ns!(html), local_name!("div"));
    parse_fragment(
        RcDom::default(),
        Default::default(),
        context,
        Vec::new(),
        false,
    )
    .one(html)
}

fn write(root: &Handle) -> String {
    let mut bytes = Vec::new();
    let options = SerializeOpts {
        traversal_scope: TraversalScope::ChildrenOnly(None),
        ..SerializeOpts::default()
    };
    serialize(&mut bytes, &SerializableHandle::from(root.clone()), options)
        .expect("writes into memory");
    String::from_utf8(bytes).expect("html5ever writes UTF-8")
}

fn visit(parent: &Handle) -> Result<(), String> {
    for child in parent.children.borrow().iter() {
        match &child.data {
            NodeData::Text { .. } => {}
            NodeData::Element { name, attrs, .. } => {
                element(parent, name)?;
                for attribute in attrs.borrow().iter() {
                    let local = attribute.name.local.to_string();
                    value(&name.local, &local, &attribute.value)?;
                }
                visit(child)?;
            }
            other => return Err(format!("neither text nor element: {other:?}")),
        }
    }
    Ok(())
}

fn element(parent: &Handle, name: &QualName) -> Result<(), String> {
    let in_math = matches!(&parent.data, NodeData::Element { name, .. } if name.ns == ns!(mathml));
    let list = if name.ns == ns!(mathml) { MATHML } else { HTML };
    let known = list.split_whitespace().any(|own| *own == *name.local);
    let fits = (name.ns == ns!(html) && !in_math)
        || (name.ns == ns!(mathml) && (in_math || &*name.local == "math"));
    match known && fits {
        true => Ok(()),
        false => Err(format!("element {name:?}")),
    }
}

fn value(element: &str, name: &str, value: &str) -> Result<(), String> {
    let mut rest = value.trim_matches(|c: char| c <= ' ').to_lowercase();
    rest.retain(|c| !matches!(c, '\t' | '\n' | '\r'));
    let scheme = rest
        .split_once(':')
        .map(|(scheme, _)| scheme)
        .filter(|s| !s.contains(['/', '?', '#']));
    let good = match (element, name) {
        (_, "id") => value.starts_with("s-"),
        ("a", "href") => scheme.is_none_or(|s| ["http", "https", "mailto"].contains(&s)),
        ("img", "src") => rest.starts_with('/') && !rest.starts_with("//") && !rest.contains('\\'),
        (_, "href" | "src") => false,
        (_, "role") => matches!(value, "region" | "group"),
        (_, "tabindex") => value == "0",
        _ => ATTRIBUTES.split_whitespace().any(|own| own == name),
    };
    match good {
        true => Ok(()),
        false => Err(format!("<{element} {name}={value:?}>")),
    }
}
