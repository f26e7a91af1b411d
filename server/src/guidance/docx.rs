//! A draft as a Word document with the headings of a lesson plan of Công văn 5512.

use anyhow::{Context, Result};
use docx_rs::{
    AlignmentType, BreakType, Docx, Footer, Header, LineSpacing, PageMargin, Paragraph, Run,
    RunFonts, Style, StyleType, Table, TableCell, TableRow, WidthType,
};
use khue_content::guidance::{GuidanceDraft, Item, Section};
use std::io::Cursor;

/// Font of official papers in Viet Nam.
const FONT: &str = "Times New Roman";
/// Width of the text on A4 between the margins, in twentieths of a point.
const WIDTH: usize = 9_350;

/// Headings of a lesson plan, and the sections of the draft that stand under each.
struct Plan {
    vi: &'static str,
    en: &'static str,
    fr: &'static str,
    sections: &'static [u8],
}

const PLAN: &[Plan] = &[
    Plan {
        vi: "I. MỤC TIÊU",
        en: "I. OBJECTIVES",
        fr: "I. OBJECTIFS",
        sections: &[1, 2, 12, 13],
    },
    Plan {
        vi: "II. THIẾT BỊ DẠY HỌC, HỌC LIỆU VÀ ĐIỀU KIỆN DÙNG AI",
        en: "II. EQUIPMENT, MATERIAL AND CONDITIONS FOR USING AI",
        fr: "II. MATÉRIEL, RESSOURCES ET CONDITIONS D’USAGE DE L’IA",
        sections: &[3, 4, 6, 8, 10, 14],
    },
    Plan {
        vi: "III. TIẾN TRÌNH DẠY HỌC",
        en: "III. COURSE OF THE LESSON",
        fr: "III. DÉROULEMENT",
        sections: &[5],
    },
    Plan {
        vi: "IV. KIỂM CHỨNG, ĐÁNH GIÁ VÀ ĐIỀU CHỈNH SAU BÀI DẠY",
        en: "IV. VERIFICATION, ASSESSMENT AND ADJUSTMENT",
        fr: "IV. VÉRIFICATION, ÉVALUATION ET AJUSTEMENT",
        sections: &[7, 9, 11, 15],
    },
    Plan {
        vi: "V. NGUỒN GỐC VÀ KÝ DUYỆT",
        en: "V. ORIGIN AND APPROVAL",
        fr: "V. ORIGINE ET VALIDATION",
        sections: &[0, 16],
    },
];

/// The bytes of the document.
///
/// # Errors
/// The archive could not be packed.
pub fn to_docx(draft: &GuidanceDraft) -> Result<Vec<u8>> {
    let mut docx = styled()
        .header(Header::new().add_paragraph(centred(&draft.label)))
        .footer(Footer::new().add_paragraph(centred(&format!("{} · {}", draft.label, draft.date))))
        .add_paragraph(
            Paragraph::new()
                .style("Title")
                .add_run(run(&draft.title.to_uppercase())),
        )
        .add_paragraph(centred(&draft.resource.name))
        .add_paragraph(centred(&draft.label));
    for part in PLAN {
        docx = docx.add_paragraph(heading("Heading1", in_language(part, &draft.in_language)));
        for section in part
            .sections
            .iter()
            .filter_map(|number| of_number(draft, *number))
        {
            docx = section_of(docx, section, draft);
        }
    }
    docx = references(docx, draft);
    let mut bytes = Cursor::new(Vec::new());
    docx.build()
        .pack(&mut bytes)
        .context("cannot pack the Word document")?;
    Ok(bytes.into_inner())
}

/// The section of a number; a teacher may have left it out.
fn of_number(draft: &GuidanceDraft, number: u8) -> Option<&Section> {
    draft
        .sections
        .iter()
        .find(|section| section.number == number)
}

fn styled() -> Docx {
    let fonts = || {
        RunFonts::new()
            .ascii(FONT)
            .hi_ansi(FONT)
            .cs(FONT)
            .east_asia(FONT)
    };
    let heading = |id: &str, name: &str, size: usize, level: usize| {
        Style::new(id, StyleType::Paragraph)
            .name(name)
            .size(size)
            .bold()
            .fonts(fonts())
            .line_spacing(LineSpacing::new().before(200).after(80))
            .outline_lvl(level)
    };
    Docx::new()
        .page_size(11_906, 16_838)
        .page_margin(
            PageMargin::new()
                .top(1_134)
                .bottom(1_134)
                .left(1_418)
                .right(1_134),
        )
        .default_fonts(fonts())
        .default_size(26)
        .add_style(heading("Title", "Title", 30, 9).align(AlignmentType::Center))
        .add_style(heading("Heading1", "heading 1", 28, 0))
        .add_style(heading("Heading2", "heading 2", 26, 1))
        .add_style(heading("Heading3", "heading 3", 26, 2))
}

fn in_language<'a>(part: &'a Plan, language: &str) -> &'a str {
    match language {
        "en" => part.en,
        "fr" => part.fr,
        _ => part.vi,
    }
}

/// A text with its lines.
fn run(text: &str) -> Run {
    let mut lines = text.lines();
    let first = Run::new().add_text(lines.next().unwrap_or_default());
    lines.fold(first, |run, line| {
        run.add_break(BreakType::TextWrapping).add_text(line)
    })
}

fn centred(text: &str) -> Paragraph {
    Paragraph::new()
        .align(AlignmentType::Center)
        .add_run(run(text).italic())
}

fn heading(style: &str, text: &str) -> Paragraph {
    Paragraph::new()
        .style(style)
        .keep_next(true)
        .add_run(run(text))
}

fn section_of(docx: Docx, section: &Section, draft: &GuidanceDraft) -> Docx {
    let docx = docx.add_paragraph(heading(
        "Heading2",
        &format!("{}. {}", section.number, section.title),
    ));
    match section.number {
        5 => section
            .items
            .iter()
            .zip(1usize..)
            .fold(docx, |docx, (item, number)| {
                activity(docx, item, number, draft)
            }),
        4 => docx.add_table(levels(section)),
        _ => section
            .items
            .iter()
            .fold(docx, |docx, item| entry(docx, item, draft)),
    }
}

/// An activity with the four points of the official form: aim, content, product, organisation.
fn activity(docx: Docx, item: &Item, number: usize, draft: &GuidanceDraft) -> Docx {
    let (name, points) = match draft.in_language.as_str() {
        "en" => (
            "Activity",
            [
                "a) Evidence of the aim",
                "b) Content",
                "c) Product",
                "d) Organisation",
            ],
        ),
        "fr" => (
            "Activité",
            [
                "a) But et trace",
                "b) Contenu",
                "c) Production",
                "d) Organisation",
            ],
        ),
        _ => (
            "Hoạt động",
            [
                "a) Mục tiêu, minh chứng",
                "b) Nội dung",
                "c) Sản phẩm",
                "d) Tổ chức thực hiện",
            ],
        ),
    };
    let level = item
        .level
        .map_or_else(String::new, |level| match draft.in_language.as_str() {
            "en" => format!(" (AI level {level})"),
            "fr" => format!(" (niveau d’IA {level})"),
            _ => format!(" (mức AI {level})"),
        });
    let text = |place: usize| item.parts.get(place).map_or("", |part| part.text.as_str());
    let told = |place: usize| {
        item.parts
            .get(place)
            .map_or_else(String::new, |part| format!("{}: {}", part.label, part.text))
    };
    // Parts come as teacher, pupils, AI, product, evidence.
    docx.add_paragraph(heading(
        "Heading3",
        &format!("{name} {number}: {}{level}", item.label),
    ))
    .add_paragraph(labelled(points[0], text(4)))
    .add_paragraph(labelled(points[1], text(1)))
    .add_paragraph(labelled(points[2], text(3)))
    .add_paragraph(labelled(points[3], &told(0)))
    .add_paragraph(Paragraph::new().add_run(run(&told(2))))
}

fn labelled(label: &str, text: &str) -> Paragraph {
    Paragraph::new()
        .add_run(run(&format!("{label}: ")).bold())
        .add_run(run(text))
}

/// A row for each level: name, tasks, what learners read.
fn levels(section: &Section) -> Table {
    let cell = |text: &str, width: usize| {
        TableCell::new()
            .width(width, WidthType::Dxa)
            .add_paragraph(Paragraph::new().add_run(run(text)))
    };
    let widths = [WIDTH / 4, WIDTH / 4, WIDTH / 2];
    let rows = section.items.iter().map(|item| {
        let part = |place: usize| {
            item.parts
                .get(place)
                .map_or_else(String::new, |part| format!("{}: {}", part.label, part.text))
        };
        TableRow::new(vec![
            cell(&item.label, widths[0]),
            cell(&part(0), widths[1]),
            cell(&part(1), widths[2]),
        ])
    });
    Table::new(rows.collect()).set_grid(widths.to_vec())
}

fn entry(docx: Docx, item: &Item, draft: &GuidanceDraft) -> Docx {
    let code = item
        .code
        .as_ref()
        .map_or_else(String::new, |code| format!(" [{code}]"));
    let marks: String = item
        .sources
        .iter()
        .filter_map(|id| {
            draft
                .references
                .iter()
                .position(|reference| reference.id == *id)
        })
        .map(|place| format!(" [{}]", place + 1))
        .collect();
    let mut paragraph = Paragraph::new().add_run(run(&format!("{}{code}: ", item.label)).bold());
    paragraph = paragraph.add_run(run(&format!("{}{marks}", item.text)));
    for part in &item.parts {
        paragraph = paragraph
            .add_run(Run::new().add_break(BreakType::TextWrapping))
            .add_run(run(&format!("{}: ", part.label)).italic())
            .add_run(run(&part.text));
    }
    docx.add_paragraph(paragraph)
}

fn references(docx: Docx, draft: &GuidanceDraft) -> Docx {
    let title = match draft.in_language.as_str() {
        "en" => "References",
        "fr" => "Références",
        _ => "Căn cứ",
    };
    let docx = docx.add_paragraph(heading("Heading2", title));
    draft
        .references
        .iter()
        .zip(1usize..)
        .fold(docx, |docx, (reference, number)| {
            let note = if reference.note.is_empty() {
                String::new()
            } else {
                format!(" ({})", reference.note)
            };
            let text = format!("[{number}] {}. {}{note}", reference.source, reference.text);
            docx.add_paragraph(Paragraph::new().add_run(run(&text).size(22)))
        })
}
