//! Files of every kind that is shown in place, some real, some made to do harm.

use std::io::Write;
use std::path::{Path, PathBuf};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// Real files that are copied where they are there: folder of the shared data, name.
const REAL: &[&str] = &[
    "real_files/docx_vi_exams/V_Physics_MET_Phy_IE_2020.docx",
    "real_files/epub_crate/Metamorphosis-jackson.epub",
    "real_files/odf_odfpy/simplelist.odt",
    "real_files/pptx_python-pptx/test.pptx",
    "standards_fixtures/elearning_packages/scorm12/ContentPackagingOneFilePerSCO_SCORM12.zip",
    "standards_fixtures/elearning_packages/scorm2004/ContentPackagingSingleSCO_SCORM20043rdEdition.zip",
    "standards_fixtures/h5p/h5p-test.h5p",
];

/// What a package tries that it may not do; it writes down what came of it.
const HOSTILE: &str = r#"<!DOCTYPE html><html lang="vi"><head><title>Gói thử</title></head><body><p id="told"></p><script>
const told = [];
const tried = (name, act) => { try { told.push(name + "=" + act()); } catch (error) { told.push(name + "=barred"); } };
tried("cookie", () => document.cookie || "none");
tried("parent", () => parent.document.title);
tried("top", () => { top.location = "/search?q=bi+bat+coc"; return "went"; });
tried("window", () => (window.open("/") ? "opened" : "barred"));
tried("storage", () => { localStorage.setItem("a", "1"); return localStorage.getItem("a"); });
tried("scorm", () => API.LMSInitialize("") + API.LMSSetValue("cmi.core.lesson_status", "passed") + API.LMSGetValue("cmi.core.lesson_status"));
told.push("origin=" + self.origin);
const say = () => { document.getElementById("told").textContent = told.join(" "); };
fetch(document.referrer || "http://127.0.0.1:1/").then(() => told.push("portal=read"), () => told.push("portal=barred")).then(say);
fetch("own.json").then((answer) => answer.json()).then((own) => told.push("own=" + own.a), () => told.push("own=barred")).then(say);
say();
</script></body></html>"#;

/// A folder with all of it, ready to be imported.
pub fn folder(at: &Path) -> PathBuf {
    let folder = at.join("material");
    std::fs::create_dir_all(&folder).unwrap();
    let shared = std::env::var_os("KHUE_SHARED_DATA").map(PathBuf::from);
    for file in REAL {
        let from = shared
            .as_ref()
            .map(|shared| shared.join(file))
            .filter(|from| from.is_file());
        let name = Path::new(file).file_name().unwrap();
        match from {
            Some(from) => drop(std::fs::copy(from, folder.join(name)).unwrap()),
            None => eprintln!("left out: {file} is not in KHUE_SHARED_DATA"),
        }
    }
    std::fs::write(folder.join("goi-thu.zip"), hostile()).unwrap();
    std::fs::write(folder.join("hai-trang.pdf"), pdf()).unwrap();
    std::fs::write(folder.join("hinh-tam-giac.png"), PNG).unwrap();
    std::fs::write(folder.join("ghi-chep.wav"), wav()).unwrap();
    folder
}

/// A web page with what it tries, a bomb, a link, and what it may read.
fn hostile() -> Vec<u8> {
    let mut zip = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let mut file = |name: &str, content: &[u8]| {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    };
    file("index.html", HOSTILE.as_bytes());
    file("own.json", br#"{"a": 1}"#);
    file("la.exe", b"MZ");
    file("bom.txt", &vec![b'0'; 12 << 20]);
    zip.add_symlink("lien-ket.txt", "/etc/passwd", SimpleFileOptions::default())
        .unwrap();
    zip.finish().unwrap().into_inner()
}

/// A PDF with two pages of a few words.
fn pdf() -> Vec<u8> {
    let page = |words: &str| format!("BT /F1 24 Tf 72 700 Td ({words}) Tj ET");
    let stream = |words: &str| {
        format!(
            "<< /Length {} >>\nstream\n{}\nendstream",
            page(words).len(),
            page(words)
        )
    };
    let leaf = |contents: u32| {
        format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {contents} 0 R /Resources << /Font << /F1 7 0 R >> >> >>"
        )
    };
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 >>".to_owned(),
        leaf(5),
        leaf(6),
        stream("A triangle has three sides."),
        stream("Its angles add up to two right angles."),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
            .to_owned(),
    ];
    let mut out = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    for (at, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.extend(format!("{} 0 obj\n{object}\nendobj\n", at + 1).bytes());
    }
    let start = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    for place in places {
        out.extend(format!("{place:010} 00000 n \n").bytes());
    }
    out.extend(
        format!(
            "trailer << /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n",
            objects.len() + 1
        )
        .bytes(),
    );
    out
}

/// A tenth of a second of silence; all of its bytes are ASCII, so that it fits into a form as text.
pub fn wav() -> Vec<u8> {
    let samples = vec![0x7f_u8; 0x320];
    let mut out = b"RIFF".to_vec();
    let number = |value: u32| value.to_le_bytes();
    out.extend(number(36 + 0x320));
    out.extend(b"WAVEfmt ");
    out.extend(number(16));
    out.extend([1, 0, 1, 0]);
    out.extend(number(0x1f40));
    out.extend(number(0x1f40));
    out.extend([1, 0, 8, 0]);
    out.extend(b"data");
    out.extend(number(0x320));
    out.extend(samples);
    out
}

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89\
    \x00\x00\x00\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\x00\x05\x00\x01\xff\x89\x99=\x1d\x00\x00\x00\x00IEND\xaeB`\x82";
