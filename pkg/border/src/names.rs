//! Fields as JavaScript names them: `credit_code` crosses as `creditCode`. Keys of maps are data, and stay; but where fields of one struct
//! are flattened into another, both come as a map, which then is of unknown length.

use std::cell::RefCell;
use std::collections::BTreeMap;

use serde::ser::{
    SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple, SerializeTupleStruct, SerializeTupleVariant,
};
use serde::{Serialize, Serializer};

/// A value whose fields are named so, however deep they lie.
pub(super) struct Camel<'a, T: ?Sized>(pub &'a T);

impl<T: ?Sized + Serialize> Serialize for Camel<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(Naming(serializer, false))
    }
}

/// A name in a map of flattened fields.
struct Name<'a, T: ?Sized>(&'a T);

impl<T: ?Sized + Serialize> Serialize for Name<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(Naming(serializer, true))
    }
}

thread_local! {
    static NAMES: RefCell<BTreeMap<&'static str, &'static str>> = const { RefCell::new(BTreeMap::new()) };
}

/// There are as many names as fields in the code, so each is made once and kept.
fn kept(name: &'static str) -> &'static str {
    if !name.contains('_') {
        return name;
    }
    NAMES.with_borrow_mut(|names| *names.entry(name).or_insert_with(|| Box::leak(camel(name).into_boxed_str())))
}

fn camel(name: &str) -> String {
    let mut parts = name.split('_');
    let mut written = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (first, rest) = part.split_at(part.len().min(1));
        written.push_str(&first.to_ascii_uppercase());
        written.push_str(rest);
    }
    written
}

/// Passes everything on to another serializer, fields under their other names; a text itself is one, or the keys of a map are, where the
/// second says so.
struct Naming<S>(S, bool);

macro_rules! pass_on {
    ($($method:ident($($arg:ident: $kind:ty),*);)*) => {
        $(fn $method(self, $($arg: $kind),*) -> Result<S::Ok, S::Error> { self.0.$method($($arg),*) })*
    };
}

macro_rules! open {
    ($($method:ident($($arg:ident: $kind:ty),*) -> $part:ident;)*) => {
        $(fn $method(self, $($arg: $kind),*) -> Result<Self::$part, S::Error> { self.0.$method($($arg),*).map(|part| Naming(part, false)) })*
    };
}

impl<S: Serializer> Serializer for Naming<S> {
    type Ok = S::Ok;
    type Error = S::Error;
    type SerializeSeq = Naming<S::SerializeSeq>;
    type SerializeTuple = Naming<S::SerializeTuple>;
    type SerializeTupleStruct = Naming<S::SerializeTupleStruct>;
    type SerializeTupleVariant = Naming<S::SerializeTupleVariant>;
    type SerializeMap = Naming<S::SerializeMap>;
    type SerializeStruct = Naming<S::SerializeStruct>;
    type SerializeStructVariant = Naming<S::SerializeStructVariant>;

    pass_on! {
        serialize_bool(v: bool);
        serialize_i8(v: i8);
        serialize_i16(v: i16);
        serialize_i32(v: i32);
        serialize_i64(v: i64);
        serialize_u8(v: u8);
        serialize_u16(v: u16);
        serialize_u32(v: u32);
        serialize_u64(v: u64);
        serialize_f32(v: f32);
        serialize_f64(v: f64);
        serialize_char(v: char);
        serialize_bytes(v: &[u8]);
        serialize_none();
        serialize_unit();
        serialize_unit_struct(name: &'static str);
        serialize_unit_variant(name: &'static str, index: u32, variant: &'static str);
    }

    fn serialize_str(self, v: &str) -> Result<S::Ok, S::Error> {
        if self.1 { self.0.serialize_str(&camel(v)) } else { self.0.serialize_str(v) }
    }

    fn serialize_map(self, len: Option<usize>) -> Result<Self::SerializeMap, S::Error> {
        self.0.serialize_map(len).map(|part| Naming(part, len.is_none()))
    }

    fn serialize_some<T: ?Sized + Serialize>(self, value: &T) -> Result<S::Ok, S::Error> {
        self.0.serialize_some(&Camel(value))
    }

    fn serialize_newtype_struct<T: ?Sized + Serialize>(self, name: &'static str, value: &T) -> Result<S::Ok, S::Error> {
        self.0.serialize_newtype_struct(name, &Camel(value))
    }

    fn serialize_newtype_variant<T: ?Sized + Serialize>(
        self,
        name: &'static str,
        index: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<S::Ok, S::Error> {
        self.0.serialize_newtype_variant(name, index, variant, &Camel(value))
    }

    open! {
        serialize_seq(len: Option<usize>) -> SerializeSeq;
        serialize_tuple(len: usize) -> SerializeTuple;
        serialize_tuple_struct(name: &'static str, len: usize) -> SerializeTupleStruct;
        serialize_tuple_variant(name: &'static str, index: u32, variant: &'static str, len: usize) -> SerializeTupleVariant;
        serialize_struct(name: &'static str, len: usize) -> SerializeStruct;
        serialize_struct_variant(name: &'static str, index: u32, variant: &'static str, len: usize) -> SerializeStructVariant;
    }

    fn is_human_readable(&self) -> bool {
        self.0.is_human_readable()
    }
}

macro_rules! part {
    ($kind:ident, $method:ident($($key:ident: $name:expr)?)) => {
        impl<S: $kind> $kind for Naming<S> {
            type Ok = S::Ok;
            type Error = S::Error;

            fn $method<T: ?Sized + Serialize>(&mut self, $($key: &'static str,)? value: &T) -> Result<(), S::Error> {
                self.0.$method($($name,)? &Camel(value))
            }

            fn end(self) -> Result<S::Ok, S::Error> {
                self.0.end()
            }
        }
    };
}

part!(SerializeSeq, serialize_element());
part!(SerializeTuple, serialize_element());
part!(SerializeTupleStruct, serialize_field());
part!(SerializeTupleVariant, serialize_field());
part!(SerializeStruct, serialize_field(key: kept(key)));
part!(SerializeStructVariant, serialize_field(key: kept(key)));

impl<S: SerializeMap> SerializeMap for Naming<S> {
    type Ok = S::Ok;
    type Error = S::Error;

    fn serialize_key<T: ?Sized + Serialize>(&mut self, key: &T) -> Result<(), S::Error> {
        if self.1 { self.0.serialize_key(&Name(key)) } else { self.0.serialize_key(key) }
    }

    fn serialize_value<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<(), S::Error> {
        self.0.serialize_value(&Camel(value))
    }

    fn end(self) -> Result<S::Ok, S::Error> {
        self.0.end()
    }
}
