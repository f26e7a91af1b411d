//! The network: a BERT of 4-bit weights in candle, its costly steps as operations of our own.

use super::file::{Damage, File, Sizes};
use crate::kernels::{self, BlockQ4, Heads, Instructions, Norm, PackedWeights};
use candle_core::{CpuStorage, CustomOp1, CustomOp2, Device, Error, Layout, Shape, Tensor};
use std::ops::Range;

type Result<T, E = Error> = std::result::Result<T, E>;

/// Pieces of several texts, one behind the other.
#[derive(Default)]
pub(super) struct Batch {
    /// The pieces with those that begin and end a text.
    pub pieces: Vec<u32>,
    /// Which of them are one text's.
    pub segments: Vec<Range<usize>>,
}

/// Weights ready for computing.
pub(super) struct Network {
    pub sizes: Sizes,
    /// `[vocabulary, width]` as in the file.
    words: Vec<u8>,
    /// `[positions, width]`: place and type together.
    places: Vec<f32>,
    norm: OwnNorm,
    layers: Vec<Layer>,
}

struct Layer {
    /// Queries, keys and values, one below the other.
    attention: Linear,
    output: Linear,
    after_attention: OwnNorm,
    widen: Linear,
    narrow: Linear,
    after_all: OwnNorm,
}

impl Network {
    /// Takes the weights out of a file.
    pub(super) fn read(file: &File<'_>) -> Result<Self, Damage> {
        let Sizes {
            width,
            vocabulary,
            positions,
            ..
        } = file.sizes;
        let mut places = file.numbers("emb.pos", positions * width)?;
        let kinds = file.numbers("emb.type", 2 * width)?;
        for row in places.chunks_exact_mut(width) {
            row.iter_mut()
                .zip(&kinds)
                .for_each(|(place, kind)| *place += kind);
        }
        Ok(Self {
            sizes: file.sizes,
            words: file.blocks("emb.word", vocabulary * width)?.to_vec(),
            places,
            norm: OwnNorm::read(file, "emb.ln")?,
            layers: (0..file.sizes.layers)
                .map(|number| Layer::read(file, number))
                .collect::<Result<_, Damage>>()?,
        })
    }

    /// The mean of each text's vectors, not normalised: `[texts, width]`.
    pub(super) fn mean_vectors(&self, batch: &Batch, with: Instructions) -> Result<Vec<Vec<f32>>> {
        let mut x = self.embed(batch, with)?;
        for layer in &self.layers {
            x = layer.forward(&x, self, batch, with)?;
        }
        let rows = x.to_vec2::<f32>()?;
        Ok(batch
            .segments
            .iter()
            .map(|texts| mean(&rows[texts.clone()]))
            .collect())
    }

    /// Word, place and type of each piece, normalised: `[pieces, width]`.
    fn embed(&self, batch: &Batch, with: Instructions) -> Result<Tensor> {
        let width = self.sizes.width;
        let mut x = vec![0.0; batch.pieces.len() * width];
        let places = batch.segments.iter().flat_map(|texts| 0..texts.len());
        let row_bytes = width / kernels::BLOCK * BlockQ4::BYTES;
        for ((x, piece), place) in x.chunks_exact_mut(width).zip(&batch.pieces).zip(places) {
            x.copy_from_slice(&self.places[place * width..][..width]);
            let word = &self.words[*piece as usize * row_bytes..][..row_bytes];
            for (x, block) in x.chunks_exact_mut(kernels::BLOCK).zip(BlockQ4::all(word)) {
                block.add_to(x);
            }
        }
        let nothing = vec![0.0; x.len()];
        kernels::add_norm(with, &mut x, &nothing, &self.norm.with(self.sizes.epsilon));
        Tensor::from_vec(x, (batch.pieces.len(), width), &Device::Cpu)
    }
}

impl Layer {
    fn read(file: &File<'_>, number: usize) -> Result<Self, Damage> {
        let Sizes { width, inner, .. } = file.sizes;
        let name = |part: &str| format!("l{number}.{part}");
        Ok(Self {
            attention: Linear::read(file, &[name("q"), name("k"), name("v")], width, width)?,
            output: Linear::read(file, &[name("ao")], width, width)?,
            after_attention: OwnNorm::read(file, &name("aln"))?,
            widen: Linear::read(file, &[name("fi")], inner, width)?,
            narrow: Linear::read(file, &[name("fo")], width, inner)?,
            after_all: OwnNorm::read(file, &name("oln"))?,
        })
    }

    fn forward(
        &self,
        x: &Tensor,
        of: &Network,
        batch: &Batch,
        with: Instructions,
    ) -> Result<Tensor> {
        let epsilon = of.sizes.epsilon;
        let heads = Heads {
            width: of.sizes.width,
            count: of.sizes.heads,
        };
        let attention = Attention {
            segments: &batch.segments,
            heads,
            with,
        };
        let attended = apply(&self.attention.op(with, false), x)?;
        let attended = apply(&self.output.op(with, false), &apply(&attention, &attended)?)?;
        let x = apply_both(&self.after_attention.op(with, epsilon), x, &attended)?;
        let inner = apply(&self.widen.op(with, true), &x)?;
        let inner = apply(&self.narrow.op(with, false), &inner)?;
        apply_both(&self.after_all.op(with, epsilon), &x, &inner)
    }
}

/// `apply_op1` without a path back: nothing is learned here.
fn apply<O: CustomOp1>(op: &O, x: &Tensor) -> Result<Tensor> {
    x.apply_op1_no_bwd(op)
}

fn apply_both<O: CustomOp2>(op: &O, x: &Tensor, y: &Tensor) -> Result<Tensor> {
    x.apply_op2_no_bwd(y, op)
}

/// Weights `[rows, width]` and a bias for each row.
struct Linear {
    weights: PackedWeights,
    bias: Vec<f32>,
}

impl Linear {
    fn read(file: &File<'_>, names: &[String], rows: usize, width: usize) -> Result<Self, Damage> {
        let mut blocks = Vec::new();
        let mut bias = Vec::new();
        for name in names {
            blocks.push(file.blocks(&format!("{name}.w"), rows * width)?);
            bias.extend(file.numbers(&format!("{name}.b"), rows)?);
        }
        let weights = PackedWeights::new(&blocks, width);
        Ok(Self { weights, bias })
    }

    fn op(&self, with: Instructions, gelu: bool) -> Product<'_> {
        Product {
            linear: self,
            with,
            gelu,
        }
    }
}

/// `x · wᵀ + bias`, then GELU where asked for: `[pieces, width]` to `[pieces, rows]`.
struct Product<'a> {
    linear: &'a Linear,
    with: Instructions,
    gelu: bool,
}

impl CustomOp1 for Product<'_> {
    fn name(&self) -> &'static str {
        "int8-by-q4-product"
    }

    fn cpu_fwd(&self, storage: &CpuStorage, layout: &Layout) -> Result<(CpuStorage, Shape)> {
        let x = numbers(storage, layout)?;
        let (pieces, width) = layout.shape().dims2()?;
        let Linear { weights, bias } = self.linear;
        if width != weights.width {
            candle_core::bail!(
                "{width} numbers in a row, the weights have {}",
                weights.width
            );
        }
        let x = kernels::quantize(self.with, x, width);
        let mut to = vec![0.0; pieces * weights.rows];
        kernels::product(self.with, &x, weights, bias, &mut to);
        if self.gelu {
            kernels::gelu(self.with, &mut to);
        }
        Ok((CpuStorage::F32(to), Shape::from((pieces, weights.rows))))
    }
}

/// Attention within each text: `[pieces, 3 · width]` to `[pieces, width]`.
struct Attention<'a> {
    segments: &'a [Range<usize>],
    heads: Heads,
    with: Instructions,
}

impl CustomOp1 for Attention<'_> {
    fn name(&self) -> &'static str {
        "attention-in-segments"
    }

    fn cpu_fwd(&self, storage: &CpuStorage, layout: &Layout) -> Result<(CpuStorage, Shape)> {
        let qkv = numbers(storage, layout)?;
        let (pieces, _) = layout.shape().dims2()?;
        let mut to = vec![0.0; pieces * self.heads.width];
        kernels::attention(self.with, qkv, self.segments, &mut to, self.heads);
        Ok((CpuStorage::F32(to), Shape::from((pieces, self.heads.width))))
    }
}

/// What layer normalisation multiplies and adds.
struct OwnNorm {
    weight: Vec<f32>,
    bias: Vec<f32>,
}

impl OwnNorm {
    fn read(file: &File<'_>, name: &str) -> Result<Self, Damage> {
        Ok(Self {
            weight: file.numbers(&format!("{name}.w"), file.sizes.width)?,
            bias: file.numbers(&format!("{name}.b"), file.sizes.width)?,
        })
    }

    fn with(&self, epsilon: f32) -> Norm<'_> {
        Norm {
            weight: &self.weight,
            bias: &self.bias,
            epsilon,
        }
    }

    fn op(&self, with: Instructions, epsilon: f32) -> AddNorm<'_> {
        AddNorm {
            norm: self.with(epsilon),
            with,
        }
    }
}

/// `norm(x + y)`, both `[pieces, width]`.
struct AddNorm<'a> {
    norm: Norm<'a>,
    with: Instructions,
}

impl CustomOp2 for AddNorm<'_> {
    fn name(&self) -> &'static str {
        "add-and-normalise"
    }

    fn cpu_fwd(
        &self,
        s1: &CpuStorage,
        l1: &Layout,
        s2: &CpuStorage,
        l2: &Layout,
    ) -> Result<(CpuStorage, Shape)> {
        let (mut x, y) = (numbers(s1, l1)?.to_vec(), numbers(s2, l2)?);
        kernels::add_norm(self.with, &mut x, y, &self.norm);
        Ok((CpuStorage::F32(x), l1.shape().clone()))
    }
}

/// The numbers of a tensor that lies in one piece.
fn numbers<'a>(storage: &'a CpuStorage, layout: &Layout) -> Result<&'a [f32]> {
    let all = storage.as_slice::<f32>()?;
    let (start, end) = layout
        .contiguous_offsets()
        .ok_or_else(|| Error::Msg("the tensor lies in pieces".to_owned()))?;
    Ok(&all[start..end])
}

fn mean(rows: &[Vec<f32>]) -> Vec<f32> {
    let mut mean = vec![0.0; rows.first().map_or(0, Vec::len)];
    for row in rows {
        mean.iter_mut().zip(row).for_each(|(mean, x)| *mean += x);
    }
    mean.iter_mut().for_each(|mean| *mean /= rows.len() as f32);
    mean
}
