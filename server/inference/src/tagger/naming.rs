//! How a title names a concept.

/// Marks between a subject and what its lesson is about: "Toán: phân số".
const MARKS: [char; 5] = [':', '–', '—', '|', '·'];
/// Words before the number of a grade: "Toán lớp 8", "Physics grade 10".
const GRADES: [&str; 4] = ["lớp", "khối", "grade", "classe"];
/// Words before a subject that say it is one.
const SUBJECTS: [&str; 3] = ["môn", "subject", "matière"];

/// Where a name stands in a title; what says more is greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Naming {
    /// Among other words: "định luật bảo toàn khối lượng" holds "luật", and is no lesson of law.
    Mentioned,
    /// As that of a subject: "Vật lí 10: …", "môn Vật lí".
    Heading,
}

/// How a title names a concept by one of its names, as whole words; `None` where it does not. Names of fewer than three
/// letters say too little.
pub(super) fn naming(title: &str, name: &str) -> Option<Naming> {
    let (lower, name) = (title.to_lowercase(), name.to_lowercase());
    if name.chars().count() < 3 {
        return None;
    }
    let named = lower.match_indices(&name).filter_map(|(at, _)| {
        let (before, after) = (&lower[..at], &lower[at + name.len()..]);
        let apart = |letter: Option<char>| letter.is_none_or(|c| !c.is_alphanumeric());
        (apart(before.chars().next_back()) && apart(after.chars().next())).then(|| {
            let letter = letter_at(title, at);
            place(before.trim_end(), after.trim_start(), &name, letter)
        })
    });
    named.max()
}

/// The letter of a text that begins at a byte of the text in lower case, which may be longer: “İ” becomes two.
fn letter_at(text: &str, at: usize) -> Option<char> {
    let mut end = 0;
    text.chars().find(|letter| {
        let start = end;
        end += letter.to_lowercase().map(char::len_utf8).sum::<usize>();
        start == at
    })
}

/// Where a name stands between what is before and after it; `letter` is its first one as written.
fn place(before: &str, after: &str, name: &str, letter: Option<char>) -> Naming {
    let is_first = before.is_empty();
    // One syllable is part of many words; where it begins the title or is written with a capital, it is a name.
    let is_name = is_first || name.contains(' ') || letter.is_some_and(char::is_uppercase);
    let is_alone = is_first && (after.is_empty() || after.starts_with(['-', '.', ',']));
    let is_subject = SUBJECTS.iter().any(|word| ends_with_word(before, word));
    match is_subject || is_alone || (is_name && goes_on(after)) || (is_first && name.contains(' '))
    {
        true => Naming::Heading,
        false => Naming::Mentioned,
    }
}

/// Whether what follows a name is a grade or the topic of the lesson.
fn goes_on(after: &str) -> bool {
    let is_grade = |word: &&str| {
        after
            .strip_prefix(*word)
            .is_some_and(|rest| rest.starts_with(' '))
    };
    after.starts_with(MARKS)
        || after.starts_with(|c: char| c.is_ascii_digit())
        || GRADES.iter().any(is_grade)
}

fn ends_with_word(text: &str, word: &str) -> bool {
    text.strip_suffix(word)
        .is_some_and(|rest| rest.is_empty() || rest.ends_with(|c: char| !c.is_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::{Naming::*, naming};

    #[test]
    fn a_subject_is_named_before_its_grade_or_its_topic() {
        for (title, name) in [
            ("Toán 8: đa thức", "Toán"),
            ("Giáo án Văn lớp 9", "Văn"),
            ("Physics 10: Newton's second law", "Physics"),
            ("Ôn tập môn sử", "sử"),
            ("Lịch sử Việt Nam", "Lịch sử"),
            ("Hoá học - oxi hoá", "Hoá học"),
            ("Law", "Law"),
        ] {
            let length = name.chars().count();
            assert_eq!(
                naming(title, name),
                (length >= 3).then_some(Heading),
                "{title}"
            );
        }
    }

    #[test]
    fn a_word_among_others_is_hardly_a_name() {
        for (title, name) in [
            ("Newton's second law", "Law"),
            ("Biện pháp nhân hoá", "Hoá"),
            ("Một gen mã hoá 6 chuỗi", "Hoá"),
            ("Phản ứng oxi hoá - khử", "Hoá"),
            ("Thuật toán tìm kiếm", "Toán"),
        ] {
            assert_eq!(naming(title, name), Some(Mentioned), "{title}");
        }
    }

    #[test]
    fn names_are_whole_words() {
        assert_eq!(naming("thanh toán8", "Toán"), None);
        assert_eq!(naming("TV 5", "TV"), None);
        assert_eq!(naming("İstanbul Toán 8", "Toán"), Some(Heading));
    }
}
