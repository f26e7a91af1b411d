//! A head as files: `head.json` for people and programs, `head.safetensors` for
//! its matrices; written whole or not at all.

use super::head::{About, Head, Member};
use super::space::Points;
use super::words::Sparse;
use super::{Error, Result};
use candle_core::{Device, Tensor, safetensors};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::io;
use std::path::Path;

/// Rises whenever a stored head would be read wrongly.
const FORMAT: u32 = 1;

#[derive(Serialize, Deserialize)]
struct File<A> {
    format: u32,
    members: usize,
    head: A,
}

impl Head {
    /// Writes the head into a folder that is not there yet.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn save(&self, folder: &Path) -> Result<()> {
        let at = |cause| Error::File {
            path: folder.to_owned(),
            cause,
        };
        let parts = folder.with_extension("part");
        if parts.exists() {
            std::fs::remove_dir_all(&parts).map_err(at)?;
        }
        std::fs::create_dir_all(&parts).map_err(at)?;
        let file = File {
            format: FORMAT,
            members: self.members.len(),
            head: &self.about,
        };
        let text = serde_json::to_vec(&file).map_err(|cause| at(io::Error::other(cause)))?;
        std::fs::write(parts.join("head.json"), text).map_err(at)?;
        safetensors::save(&self.tensors()?, parts.join("head.safetensors"))?;
        std::fs::rename(&parts, folder).map_err(at)
    }

    /// Reads a head from its folder.
    ///
    /// # Errors
    /// When files are missing, damaged or of another version.
    pub fn open(folder: &Path) -> Result<Self> {
        let json = folder.join("head.json");
        let damaged = |cause: String| Error::Damaged {
            path: folder.to_owned(),
            cause,
        };
        let text = std::fs::read(&json).map_err(|cause| Error::File { path: json, cause })?;
        let version: File<serde::de::IgnoredAny> =
            serde_json::from_slice(&text).map_err(|cause| damaged(cause.to_string()))?;
        if version.format != FORMAT {
            return Err(damaged(format!(
                "format {} instead of {FORMAT}",
                version.format
            )));
        }
        let file: File<About> =
            serde_json::from_slice(&text).map_err(|cause| damaged(cause.to_string()))?;
        let tensors = safetensors::load(folder.join("head.safetensors"), &Device::Cpu)
            .map_err(|cause| damaged(cause.to_string()))?;
        let members = (0..file.members).map(|number| member(&tensors, number).map_err(damaged));
        let members = members.collect::<Result<Vec<_>>>()?;
        Ok(Self {
            about: file.head,
            members,
        })
    }

    fn tensors(&self) -> Result<HashMap<String, Tensor>> {
        let mut all = HashMap::new();
        for (number, member) in self.members.iter().enumerate() {
            let mut put = |name: &str, tensor: Tensor| all.insert(key(number, name), tensor);
            let words = &member.points.words;
            let starts = std::iter::once(0).chain(words.iter().scan(0u32, |sum, row| {
                *sum += row.len() as u32;
                Some(*sum)
            }));
            let features = words.iter().flatten();
            put("places", flat(member.places.clone())?);
            put("starts", flat(starts.collect())?);
            put(
                "features",
                flat(features.clone().map(|(number, _)| *number).collect())?,
            );
            put(
                "amounts",
                flat(features.map(|(_, amount)| *amount).collect())?,
            );
            put("weights", member.weights.clone());
            if let Some(vectors) = &member.points.vectors {
                put("vectors", vectors.clone());
            }
        }
        Ok(all)
    }
}

fn key(member: usize, name: &str) -> String {
    format!("{member}.{name}")
}

/// A list as a tensor; safetensors holds no empty ones, so one zero stands for none.
fn flat<T: candle_core::WithDType>(mut values: Vec<T>) -> Result<Tensor> {
    if values.is_empty() {
        values.push(T::from_f64(0.0));
    }
    let count = values.len();
    Ok(Tensor::from_vec(values, count, &Device::Cpu)?)
}

fn member(tensors: &HashMap<String, Tensor>, number: usize) -> std::result::Result<Member, String> {
    let get = |name: &str| {
        let name = key(number, name);
        tensors.get(&name).ok_or(format!("{name} is missing"))
    };
    let told = |cause: candle_core::Error| cause.to_string();
    let starts = get("starts")?.to_vec1::<u32>().map_err(told)?;
    let features = get("features")?.to_vec1::<u32>().map_err(told)?;
    let amounts = get("amounts")?.to_vec1::<f32>().map_err(told)?;
    let row = |ends: &[u32]| -> Option<Sparse> {
        let range = ends[0] as usize..ends[1] as usize;
        let features = features.get(range.clone())?.iter().copied();
        Some(features.zip(amounts.get(range)?.iter().copied()).collect())
    };
    let words: Option<Vec<Sparse>> = starts.windows(2).map(row).collect();
    let points = Points {
        vectors: get("vectors").ok().cloned(),
        words: words.ok_or("features end too early")?,
    };
    let places = get("places")?.to_vec1::<u32>().map_err(told)?;
    let weights = get("weights")?.clone();
    if weights.dims().first() != Some(&points.words.len()) {
        return Err("weights and rows differ in number".into());
    }
    Ok(Member {
        places,
        points,
        weights,
    })
}
