//! What the cells of a column say, as the text that a CSV would hold.

use std::fmt::Display;
use std::io::Write;

use polars_arrow::array::{
    Array, DictionaryArray, DictionaryKey, PrimitiveArray, StaticArray, Utf8Array, Utf8ViewArray,
};
use polars_arrow::datatypes::{ArrowDataType, IntegerType};
use polars_arrow::offset::Offset;
use polars_arrow::types::NativeType;

/// Appends the text of one row; nothing for a null.
pub(super) type Cells<'a> = Box<dyn Fn(usize, &mut Vec<u8>) + Send + Sync + 'a>;

/// The cells of a column; `None` when they are neither text nor numbers.
///
/// Numbers are written in the fewest digits that lead back to them, so that a position of 32 bits means here what it means
/// in a CSV.
pub(super) fn cells(array: &dyn Array) -> Option<Cells<'_>> {
    Some(match array.dtype().to_storage() {
        ArrowDataType::Null => Box::new(|_, _| {}),
        ArrowDataType::Utf8 => texts::<i32>(array)?,
        ArrowDataType::LargeUtf8 => texts::<i64>(array)?,
        ArrowDataType::Utf8View => {
            let array: &Utf8ViewArray = array.as_any().downcast_ref()?;
            Box::new(move |row, out| out.extend_from_slice(array.get(row).unwrap_or_default().as_bytes()))
        }
        ArrowDataType::Int8 => numbers::<i8>(array)?,
        ArrowDataType::Int16 => numbers::<i16>(array)?,
        ArrowDataType::Int32 => numbers::<i32>(array)?,
        ArrowDataType::Int64 => numbers::<i64>(array)?,
        ArrowDataType::UInt8 => numbers::<u8>(array)?,
        ArrowDataType::UInt16 => numbers::<u16>(array)?,
        ArrowDataType::UInt32 => numbers::<u32>(array)?,
        ArrowDataType::UInt64 => numbers::<u64>(array)?,
        ArrowDataType::Float32 => numbers::<f32>(array)?,
        ArrowDataType::Float64 => numbers::<f64>(array)?,
        ArrowDataType::Decimal(_, scale) => decimals(array, *scale)?,
        ArrowDataType::Dictionary(keys, _, _) => match keys {
            IntegerType::Int8 => keyed::<i8>(array)?,
            IntegerType::Int16 => keyed::<i16>(array)?,
            IntegerType::Int32 => keyed::<i32>(array)?,
            IntegerType::Int64 => keyed::<i64>(array)?,
            IntegerType::UInt8 => keyed::<u8>(array)?,
            IntegerType::UInt16 => keyed::<u16>(array)?,
            IntegerType::UInt32 => keyed::<u32>(array)?,
            IntegerType::UInt64 => keyed::<u64>(array)?,
            IntegerType::Int128 | IntegerType::UInt128 => return None,
        },
        _ => return None,
    })
}

fn texts<O: Offset>(array: &dyn Array) -> Option<Cells<'_>> {
    let array: &Utf8Array<O> = array.as_any().downcast_ref()?;
    Some(Box::new(move |row, out| out.extend_from_slice(array.get(row).unwrap_or_default().as_bytes())))
}

fn numbers<T: NativeType + Display>(array: &dyn Array) -> Option<Cells<'_>> {
    let array: &PrimitiveArray<T> = array.as_any().downcast_ref()?;
    Some(Box::new(move |row, out| {
        if let Some(number) = array.get(row) {
            write!(out, "{number}").expect("memory takes what it is given");
        }
    }))
}

fn decimals(array: &dyn Array, scale: usize) -> Option<Cells<'_>> {
    let array: &PrimitiveArray<i128> = array.as_any().downcast_ref()?;
    Some(Box::new(move |row, out| {
        let Some(units) = array.get(row) else { return };
        let digits = format!("{:0width$}", units.unsigned_abs(), width = scale + 1);
        let (whole, decimals) = digits.split_at(digits.len() - scale);
        let sign = if units < 0 { "-" } else { "" };
        let point = if scale == 0 { "" } else { "." };
        write!(out, "{sign}{whole}{point}{decimals}").expect("memory takes what it is given");
    }))
}

fn keyed<K: DictionaryKey>(array: &dyn Array) -> Option<Cells<'_>> {
    let array: &DictionaryArray<K> = array.as_any().downcast_ref()?;
    let values = cells(array.values().as_ref())?;
    Some(Box::new(move |row, out| {
        if array.is_valid(row) {
            values(array.key_value(row), out);
        }
    }))
}
