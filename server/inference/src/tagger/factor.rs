//! Linear algebra of the head: one factor, from which everything follows.

use super::{Error, Result};
use candle_core::{Device, Tensor};

/// Up to this size a factor is made directly.
const SMALL: usize = 48;

/// `L⁻¹` of a symmetric positive definite matrix `A = L Lᵀ` (f64, `[n, n]`),
/// so that `A⁻¹ = L⁻ᵀ L⁻¹`. Halves the matrix until it is small; the work is
/// matrix products.
///
/// # Errors
/// When the matrix is not positive definite.
pub(crate) fn inverse_factor(a: &Tensor) -> Result<Tensor> {
    let n = a.dim(0)?;
    if n <= SMALL {
        return small(a, n);
    }
    let half = n / 2;
    let rest = n - half;
    let corner = |row: usize, column: usize| -> Result<Tensor> {
        let (top, height) = if row == 0 { (0, half) } else { (half, rest) };
        let (left, width) = if column == 0 { (0, half) } else { (half, rest) };
        Ok(a.narrow(0, top, height)?
            .narrow(1, left, width)?
            .contiguous()?)
    };
    let first = inverse_factor(&corner(0, 0)?)?;
    // L₂₁ = A₂₁ L₁₁⁻ᵀ and the rest is the Schur complement.
    let below = corner(1, 0)?.matmul(&first.t()?.contiguous()?)?;
    let complement = (corner(1, 1)? - below.matmul(&below.t()?.contiguous()?)?)?;
    let second = inverse_factor(&complement)?;
    let across = second.matmul(&below.matmul(&first)?)?.neg()?;
    let zeros = Tensor::zeros((half, rest), first.dtype(), &Device::Cpu)?;
    let top = Tensor::cat(&[&first, &zeros], 1)?;
    let bottom = Tensor::cat(&[&across, &second], 1)?;
    Ok(Tensor::cat(&[&top, &bottom], 0)?)
}

/// Cholesky–Banachiewicz, then the inverse of the triangle by substitution.
fn small(a: &Tensor, n: usize) -> Result<Tensor> {
    let a = a.to_vec2::<f64>()?;
    let mut l = vec![vec![0.0; n]; n];
    for i in 0..n {
        for j in 0..=i {
            let sum: f64 = (0..j).map(|k| l[i][k] * l[j][k]).sum();
            let rest = a[i][j] - sum;
            l[i][j] = if i != j {
                rest / l[j][j]
            } else if rest > 0.0 {
                rest.sqrt()
            } else {
                return Err(Error::Singular);
            };
        }
    }
    let mut inverse = vec![0.0; n * n];
    for column in 0..n {
        for row in column..n {
            let unit = if row == column { 1.0 } else { 0.0 };
            let sum: f64 = (column..row)
                .map(|k| l[row][k] * inverse[k * n + column])
                .sum();
            inverse[row * n + column] = (unit - sum) / l[row][row];
        }
    }
    Ok(Tensor::from_vec(inverse, (n, n), &Device::Cpu)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_factor_inverts() {
        let n = 130;
        let value = |i: usize, j: usize| {
            let far = (i as f64 - j as f64) / 9.0;
            (-far * far).exp() + if i == j { 0.1 } else { 0.0 }
        };
        let data = (0..n * n).map(|k| value(k / n, k % n)).collect();
        let a = Tensor::from_vec(data, (n, n), &Device::Cpu).unwrap();
        let factor = inverse_factor(&a).unwrap();
        let inverse = factor.t().unwrap().matmul(&factor).unwrap();
        let unit = inverse.matmul(&a).unwrap().to_vec2::<f64>().unwrap();
        for (i, row) in unit.iter().enumerate() {
            for (j, value) in row.iter().enumerate() {
                let wanted = if i == j { 1.0 } else { 0.0 };
                assert!((value - wanted).abs() < 1e-8, "{i} {j} {value}");
            }
        }
    }

    #[test]
    fn a_matrix_that_has_no_factor_is_an_error() {
        let a = Tensor::from_vec(vec![1.0, 2.0, 2.0, 1.0], (2, 2), &Device::Cpu).unwrap();
        assert!(matches!(inverse_factor(&a), Err(Error::Singular)));
    }
}
