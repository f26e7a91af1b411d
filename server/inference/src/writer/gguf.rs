//! A GGUF file: metadata by key, tensors by name. candle reads the directory and knows the forms of weights.

use super::fault::{Fault, Found};
use crate::kernels::{BLOCK, Weights8};
use candle_core::Device;
use candle_core::quantized::ggml_file::qtensor_from_ggml;
use candle_core::quantized::gguf_file::{Content, TensorInfo, Value};
use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

/// Numbers that are brought into their new form at a time.
const TOGETHER: usize = 1 << 20;

/// An open file.
pub(super) struct Gguf {
    content: Content,
    file: BufReader<File>,
    architecture: String,
}

impl Gguf {
    /// Reads metadata and directory.
    pub(super) fn open(path: &Path) -> Found<Self> {
        let mut file = BufReader::new(File::open(path)?);
        let mut magic = [0; 4];
        let begins = file.read_exact(&mut magic).is_ok() && &magic == b"GGUF";
        if !begins {
            let reason = "it does not begin with GGUF, so it is no model of this kind";
            return Err(Fault::Damaged(reason.to_owned()));
        }
        file.seek(SeekFrom::Start(0))?;
        let content = content(&mut file)?;
        let mut opened = Self {
            content,
            file,
            architecture: String::new(),
        };
        opened.architecture = opened.text("general.architecture")?.to_owned();
        Ok(opened)
    }

    /// Its architecture.
    pub(super) fn architecture(&self) -> &str {
        &self.architecture
    }

    /// The key of this architecture.
    pub(super) fn own(&self, key: &str) -> String {
        format!("{}.{key}", self.architecture)
    }

    /// A value, where there is one.
    pub(super) fn value(&self, key: &str) -> Option<&Value> {
        self.content.metadata.get(key)
    }

    fn needed(&self, key: &str) -> Found<&Value> {
        self.value(key)
            .ok_or_else(|| Fault::Missing(format!("the key {key}")))
    }

    /// A text that must be there.
    pub(super) fn text(&self, key: &str) -> Found<&str> {
        match self.needed(key)? {
            Value::String(text) => Ok(text),
            _ => Err(Fault::Damaged(format!("{key} is no text"))),
        }
    }

    /// A list that must be there.
    pub(super) fn list(&self, key: &str) -> Found<&[Value]> {
        match self.needed(key)? {
            Value::Array(values) => Ok(values),
            _ => Err(Fault::Damaged(format!("{key} is no list"))),
        }
    }

    /// A whole number between 1 and `most` that must be there.
    pub(super) fn size(&self, key: &str, most: usize) -> Found<usize> {
        let value = self.needed(key)?;
        within(key, value, most)
    }

    /// The same, where it is there.
    pub(super) fn size_if(&self, key: &str, most: usize) -> Found<Option<usize>> {
        let value = self.value(key);
        value.map(|value| within(key, value, most)).transpose()
    }

    /// A positive number that must be there.
    pub(super) fn number(&self, key: &str) -> Found<f32> {
        self.needed(key)?;
        let number = self.number_if(key)?;
        number.ok_or_else(|| Fault::Missing(format!("the key {key}")))
    }

    /// The same, where it is there.
    pub(super) fn number_if(&self, key: &str) -> Found<Option<f32>> {
        let number = match self.value(key) {
            None => return Ok(None),
            Some(Value::F32(number)) => *number,
            Some(Value::F64(number)) => *number as f32,
            Some(other) => whole(other).map_or(f32::NAN, |number| number as f32),
        };
        match number.is_finite() && number > 0.0 {
            true => Ok(Some(number)),
            false => Err(Fault::Damaged(format!("{key} is no positive number"))),
        }
    }

    /// An identifier, where it is there.
    pub(super) fn id(&self, key: &str) -> Option<u32> {
        let number = self.value(key).and_then(whole)?;
        u32::try_from(number).ok()
    }

    /// Whether something is so, where it is said.
    pub(super) fn flag(&self, key: &str) -> Option<bool> {
        match self.value(key) {
            Some(Value::Bool(flag)) => Some(*flag),
            _ => None,
        }
    }

    /// Whether there is a tensor of this name.
    pub(super) fn has(&self, tensor: &str) -> bool {
        self.content.tensor_infos.contains_key(tensor)
    }

    /// Rows of a matrix.
    pub(super) fn rows_of(&self, tensor: &str) -> Found<usize> {
        let info = self.info(tensor)?;
        Ok(info.shape.dims().first().copied().unwrap_or(0))
    }

    fn info(&self, tensor: &str) -> Found<&TensorInfo> {
        let found = self.content.tensor_infos.get(tensor);
        found.ok_or_else(|| Fault::Missing(format!("the tensor {tensor}")))
    }

    /// A row of numbers in single precision.
    pub(super) fn numbers(&mut self, tensor: &str, count: usize) -> Found<Vec<f32>> {
        self.check(tensor, &[count])?;
        self.part(tensor, 0, 1, count)
    }

    /// The same, where it is there.
    pub(super) fn numbers_if(&mut self, tensor: &str, count: usize) -> Found<Option<Vec<f32>>> {
        let there = self.has(tensor);
        there.then(|| self.numbers(tensor, count)).transpose()
    }

    /// A matrix as 8-bit weights.
    pub(super) fn matrix(&mut self, tensor: &str, rows: usize, width: usize) -> Found<Weights8> {
        self.check(tensor, &[rows, width])?;
        let mut weights = Weights8::new(width);
        let together = (TOGETHER / width).max(1);
        for first in (0..rows).step_by(together) {
            let count = together.min(rows - first);
            weights.push(&self.part(tensor, first, count, width)?);
        }
        Ok(weights)
    }

    fn check(&self, tensor: &str, expected: &[usize]) -> Found<()> {
        let info = self.info(tensor)?;
        let (found, block) = (info.shape.dims(), info.ggml_dtype.block_size());
        let whole = expected.last().is_some_and(|width| width % block == 0);
        if found == expected && whole {
            return Ok(());
        }
        Err(Fault::Damaged(format!(
            "the tensor {tensor} has the shape {found:?} in blocks of {block}, expected {expected:?}"
        )))
    }

    /// So many rows from the first on, whose sizes were checked.
    fn part(&mut self, tensor: &str, first: usize, rows: usize, width: usize) -> Found<Vec<f32>> {
        let info = self.info(tensor)?;
        let (form, offset) = (info.ggml_dtype, info.offset);
        let row = width / form.block_size() * form.type_size();
        let start = self.content.tensor_data_offset.saturating_add(offset);
        let start = start.saturating_add((first * row) as u64);
        let mut bytes = vec![0; rows * row];
        self.file.seek(SeekFrom::Start(start))?;
        let read = self.file.read_exact(&mut bytes);
        read.map_err(|_| Fault::Damaged(format!("it ends within the tensor {tensor}")))?;
        let whole = qtensor_from_ggml(form, &bytes, vec![rows * width], &Device::Cpu)?;
        let numbers = whole.dequantize(&Device::Cpu)?.to_vec1::<f32>()?;
        match numbers.iter().all(|number| number.is_finite()) {
            true => Ok(numbers),
            false => Err(Fault::Damaged(format!(
                "the tensor {tensor} has numbers that are not finite"
            ))),
        }
    }
}

fn content(file: &mut BufReader<File>) -> Found<Content> {
    // candle divides by the alignment that a file states, whatever it is.
    let read = catch_unwind(AssertUnwindSafe(|| Content::read(file)));
    let read = read.map_err(|_| Fault::Damaged("its header makes no sense".to_owned()))?;
    read.map_err(|error| match error {
        // what ends too soon is damaged, not unreadable
        candle_core::Error::Io(error) => Fault::Damaged(error.to_string()),
        other => Fault::from(other),
    })
}

/// A whole number of any width.
pub(super) fn whole(value: &Value) -> Option<u64> {
    match value {
        Value::U8(number) => Some((*number).into()),
        Value::U16(number) => Some((*number).into()),
        Value::U32(number) => Some((*number).into()),
        Value::U64(number) => Some(*number),
        Value::I8(number) => u64::try_from(*number).ok(),
        Value::I16(number) => u64::try_from(*number).ok(),
        Value::I32(number) => u64::try_from(*number).ok(),
        Value::I64(number) => u64::try_from(*number).ok(),
        _ => None,
    }
}

fn within(key: &str, value: &Value, most: usize) -> Found<usize> {
    let number = whole(value).and_then(|number| usize::try_from(number).ok());
    number
        .filter(|number| (1..=most).contains(number))
        .ok_or_else(|| Fault::Unsupported(format!("{key} of {value:?}, at most {most}")))
}

/// Whether rows of this width can be computed.
pub(super) fn is_whole(width: usize) -> bool {
    width.is_multiple_of(BLOCK)
}
