//! Words by which a sentence points elsewhere: to what was said before, or to another place of the text.

/// A sentence without the word that only ties it to the one before, “Vậy”, “However,”: what is left is
/// an exact span. Where that leans too (“Vậy nó …”), or where nothing ties, the sentence as it is.
pub(super) fn untied(sentence: &str) -> &str {
    let lower = sentence.to_lowercase();
    let tie = |tie: &&&str| lower.starts_with(**tie);
    let Some(tie) = TIES.iter().filter(tie).max_by_key(|tie| tie.len()) else {
        return sentence;
    };
    let behind = sentence.get(tie.len()..).unwrap_or_default();
    let rest = behind.strip_prefix(',').unwrap_or(behind);
    let word = rest.strip_prefix(' ').map(str::trim_start);
    let passed = PASSES.iter().any(|start| lower.starts_with(start));
    match word.filter(|rest| !rest.is_empty() && !passed) {
        Some(rest) if !leans(&rest.to_lowercase()) => rest,
        _ => sentence,
    }
}

/// Whether a sentence begins with what points to one before it.
pub(super) fn leans(lower: &str) -> bool {
    let passed = PASSES.iter().any(|start| lower.starts_with(start));
    let points = POINTS_BACK.iter().chain(TIES);
    let points = points.into_iter().any(|start| begins_with(lower, start));
    !passed && points || counts_back(lower) || stands_for_another(lower)
}

/// Whether a text begins with these words and not only with their letters.
fn begins_with(text: &str, words: &str) -> bool {
    let behind = text.strip_prefix(words);
    behind.is_some_and(|rest| words.ends_with(' ') || !rest.starts_with(char::is_alphanumeric))
}

/// Whether an English sentence begins with “the … one” or the like.
fn stands_for_another(lower: &str) -> bool {
    let words: Vec<&str> = lower.split_whitespace().take(3).collect();
    matches!(
        words.as_slice(),
        ["the", _, "one" | "ones"] | ["the", "other" | "latter" | "former", _]
    )
}

/// Whether a Vietnamese sentence begins with one of things that were numbered before: “Đẳng thức thứ hai”.
fn counts_back(lower: &str) -> bool {
    let words: Vec<&str> = lower.split_whitespace().take(5).collect();
    let start = words.join(" ");
    let names = [
        "thế giới thứ",
        "ngày thứ",
        "sáng thứ",
        "chiều thứ",
        "tối thứ",
    ];
    let counted = ["thứ nhất", "thứ hai", "thứ ba", "còn lại"];
    counted.iter().any(|word| start.contains(word))
        && !names.iter().any(|name| start.contains(name))
}

/// How much less a sentence says alone that points to one before it: “Điều đó”, “However”, or “phép
/// toán này” among its first words.
pub(super) fn points_back(lower: &str) -> f32 {
    let starts = leans(lower);
    let words: Vec<&str> = lower.split_whitespace().take(NEAR).collect();
    let start = format!(" {} ", words.join(" "));
    let shown = SHOWS.iter().any(|word| start.contains(word)) || lower.contains(" đây là ");
    match (starts, shown) {
        (true, _) => 3.0,
        (false, true) => 1.2,
        (false, false) => 0.0,
    }
}

/// How much less a sentence says alone that sends its reader elsewhere: “as shown below”.
pub(super) fn points_away(lower: &str) -> f32 {
    match ELSEWHERE.iter().any(|words| lower.contains(words)) || announces(lower) {
        true => 4.0,
        false => 0.0,
    }
}

/// Whether a sentence only says how many things follow: “There are two main characteristics of …”.
fn announces(lower: &str) -> bool {
    const STARTS: &[&str] = &[
        "there are two ",
        "there are three ",
        "there are four ",
        "there are several ",
        "there are many ",
        "there are a few ",
        "il y a deux ",
        "il y a trois ",
        "il existe deux ",
        "il existe trois ",
        "il existe plusieurs ",
        "có hai cách",
        "có ba cách",
        "có nhiều cách",
    ];
    let starts = STARTS.iter().any(|start| lower.starts_with(start));
    starts && !lower.contains([':', ','])
}

/// What begins as a tie does and is none.
const PASSES: &[&str] = &[
    "so với",
    "so sánh",
    "so much",
    "so many",
    "so far",
    "so long as",
    "so that",
    "so-called",
    "ainsi que",
    "vậy là",
    "there is",
    "there are",
    "there was",
    "there were",
    "il y a",
    "il faut",
    "il existe",
    "it takes",
    "ce qui",
    "ce que",
];

/// Words that only tie a sentence to the one before: without them it says the same.
const TIES: &[&str] = &[
    "vậy",
    "vậy nên",
    "vì vậy",
    "vì thế",
    "do đó",
    "do vậy",
    "bởi vậy",
    "bởi thế",
    "như vậy",
    "như thế",
    "tuy nhiên",
    "tuy vậy",
    "thế nhưng",
    "nhưng",
    "ngoài ra",
    "hơn nữa",
    "bên cạnh đó",
    "mặt khác",
    "trái lại",
    "ngược lại",
    "nói cách khác",
    "tóm lại",
    "thật vậy",
    "thật ra",
    "thực ra",
    "kết quả là",
    "therefore",
    "thus",
    "hence",
    "so",
    "however",
    "nevertheless",
    "moreover",
    "furthermore",
    "in addition",
    "consequently",
    "as a result",
    "in other words",
    "in fact",
    "indeed",
    "of course",
    "unfortunately",
    "fortunately",
    "but",
    "and",
    "donc",
    "ainsi",
    "par conséquent",
    "cependant",
    "toutefois",
    "néanmoins",
    "pourtant",
    "de plus",
    "en outre",
    "par ailleurs",
    "en effet",
    "en revanche",
    "au contraire",
    "en d’autres termes",
    "en d'autres termes",
    "mais",
    "or",
    "bref",
];

/// Words at the beginning of a sentence within which something before it is pointed at.
const NEAR: usize = 8;

/// Words that point at what was said before.
const SHOWS: &[&str] = &[
    " này ",
    " ấy ",
    " this ",
    " these ",
    " cette ",
    " cet ",
    " ces ",
    " celui-ci ",
    " celle-ci ",
];

/// Words that send a reader to another place of the text.
const ELSEWHERE: &[&str] = &[
    "as explained",
    "as mentioned",
    "as we saw",
    "như đã",
    "như trình bày",
    "sau đây",
    "dưới đây",
    "trên đây",
    "hình dưới",
    "hình trên",
    "hình bên",
    "bảng dưới",
    "bảng trên",
    "vừa nêu",
    "nói trên",
    "kể trên",
    "nêu trên",
    "trong mục này",
    "trong phần này",
    "trong chương này",
    "phần tiếp theo",
    "chương tiếp theo",
    "shown below",
    "given below",
    "listed below",
    "described below",
    "shown above",
    "given above",
    "described above",
    "as follows",
    "the following",
    "in this section",
    "in this chapter",
    "in this module",
    "next section",
    "previous section",
    "earlier section",
    "next chapter",
    "previous chapter",
    "the figure",
    "this figure",
    "(figure",
    "this table",
    "see also",
    "code below",
    "more information",
    "more details",
    "plus de détails",
    "find out more",
    "learn more",
    "thêm thông tin",
    "xem thêm",
    "tham khảo thêm",
    "vous trouverez",
    "en savoir plus",
    "plus d’informations",
    "plus d'informations",
    "wikip",
    "ci-dessous",
    "ci-dessus",
    "comme suit",
    "la figure",
    "le tableau suivant",
    "dans cette section",
    "dans ce chapitre",
];

/// Beginnings that point back to a sentence before.
const POINTS_BACK: &[&str] = &[
    "if so",
    "if not,",
    "in that case",
    "in this case",
    "nếu vậy",
    "nếu không,",
    "trong trường hợp này",
    "trong trường hợp đó",
    "si c’est le cas",
    "si c'est le cas",
    "si ce n’est pas le cas",
    "si ce n'est pas le cas",
    "dans ce cas",
    "rather,",
    "c’est pourquoi",
    "c'est pourquoi",
    "ces deux",
    "tuy nhiên",
    "tuy vậy",
    "ngoài ra",
    "hơn nữa",
    "hơn thế",
    "mặt khác",
    "cuối cùng",
    "bên cạnh đó",
    "may mắn thay",
    "tương tự",
    "ngược lại",
    "thật vậy",
    "trái lại",
    "nói cách khác",
    "tóm lại",
    "kết quả là",
    "ở đây",
    "lúc này",
    "lúc đó",
    "khi này",
    "thay vào đó",
    "trong khi đó",
    "kể từ đó",
    "vậy ",
    "rồi ",
    "theo đó",
    "một trong số đó",
    "moreover",
    "furthermore",
    "in addition",
    "finally",
    "fortunately",
    "unfortunately",
    "similarly",
    "conversely",
    "for example",
    "for instance",
    "in other words",
    "instead",
    "otherwise",
    "likewise",
    "in contrast",
    "on the other hand",
    "as a result",
    "consequently",
    "hence",
    "meanwhile",
    "besides",
    "nevertheless",
    "he ",
    "she ",
    "his ",
    "her ",
    "their ",
    "its ",
    "another ",
    "both ",
    "de plus",
    "en outre",
    "enfin",
    "par exemple",
    "en effet",
    "toutefois",
    "cependant",
    "néanmoins",
    "par ailleurs",
    "en revanche",
    "au contraire",
    "de même",
    "ensuite",
    "celui-ci",
    "celle-ci",
    "ceux-ci",
    "ses ",
    "leur ",
    "leurs ",
    "cet ",
    "điều này",
    "điều đó",
    "đó ",
    "đây ",
    "như vậy",
    "vì vậy",
    "vì thế",
    "do đó",
    "nó ",
    "họ ",
    "sau đó",
    "nhưng ",
    "và ",
    "còn ",
    "khi đó",
    "chúng ",
    "this ",
    "these ",
    "that ",
    "it ",
    "they ",
    "but ",
    "and ",
    "so ",
    "thus",
    "therefore",
    "however",
    "here ",
    "then ",
    "there ",
    "such ",
    "cela ",
    "ceci ",
    "c’est",
    "c'est",
    "il ",
    "elle ",
    "ils ",
    "elles ",
    "mais ",
    "et ",
    "donc ",
    "ainsi",
    "puis ",
    "ce ",
    "cette ",
    "ces ",
];
