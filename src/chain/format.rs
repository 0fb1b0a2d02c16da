//! The format of chains: JSON, one file a chain, the same built in and written by a team.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Kind};

/// An industry chain (产业链): links, and which feeds which.
///
/// The JSON is strict: an unknown key is an error. `docs/chains.md` tells how to write one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Chain {
    /// Stable id, such as `optoelectronics`, unique among the chains and links of a catalogue.
    pub id: String,
    /// Chinese name.
    pub zh: String,
    /// English name.
    pub en: String,
    /// Words that place an enterprise on the chain without naming a link.
    #[serde(default)]
    pub terms: Vec<String>,
    /// Longer words that contain a term of the chain and mean something else: they take its place and mean nothing themselves.
    #[serde(default)]
    pub traps: Vec<String>,
    /// The links.
    pub links: Vec<Link>,
}

/// A link (环节) of a chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// Stable id, unique among the chains and links of a catalogue.
    pub id: String,
    /// For a link that was split off: the id it came from, so that older results can still be compared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// Chinese name.
    pub zh: String,
    /// English name.
    pub en: String,
    /// One line on what the link is; empty where it is left out, as for the chains that come with the library when its feature
    /// `definitions` is off.
    #[serde(default)]
    pub is: Definition,
    /// Upstream, midstream or downstream.
    pub stage: Stage,
    /// What the core actor of the link does.
    #[serde(default)]
    pub core: Core,
    /// A catch-all that any downstream firm falls into: it is believed less easily, counts less, and is part of no passage.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub sink: bool,
    /// Ids of other chains it belongs to as well: cathode material is a battery's and a new material.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<String>,
    /// A link beside the chain rather than on it: it counts less for how central an enterprise is to the chain.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub peripheral: bool,
    /// Words that name the link's products, materials, processes or equipment. It may be empty, or left out, where `with` has terms.
    #[serde(default)]
    pub terms: Vec<String>,
    /// Words that name the link only where another word stands in the enterprise's texts or name; elsewhere they merely support.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub with: Vec<Conditional>,
    /// Words that support and do not suffice.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub weak: Vec<String>,
    /// Words that rule the link out in the item where they stand.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exclude: Vec<String>,
    /// Words that rule the link out when they stand in a field ([`Source::as_str`](crate::Source::as_str): `name`, `scope`, `products`, …),
    /// wherever the term is.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub exclude_in: BTreeMap<String, Vec<String>>,
    /// Links whose products, followed by "equipment" (设备, 装备, 机, 生产线 and their like), are products of this link.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub equipment_for: Vec<String>,
    /// Links whose products, followed by "material" (材料, 原料, 辅料 and their like), are products of this link.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub materials_for: Vec<String>,
    /// Classes of GB/T 4754-2017, code and name, or the name alone, of two characters or more. They support, and never name the link.
    #[serde(default)]
    pub classes: Vec<String>,
    /// Ids of the links it supplies, of this chain or another; nothing may feed itself in a circle.
    #[serde(default)]
    pub feeds: Vec<String>,
}

/// One line in each language.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Definition {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

/// Terms that need company: 硅片 is solar beside 光伏 and a chip maker's beside 半导体.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Conditional {
    /// The terms.
    pub terms: Vec<String>,
    /// Words one of which must stand anywhere in the enterprise's texts or name.
    pub near: Vec<String>,
}

/// Where a link stands along its chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Stage {
    /// 上游.
    Upstream,
    /// 中游.
    Midstream,
    /// 下游.
    Downstream,
}

impl Stage {
    /// The name used in JSON: `upstream`, `midstream`, `downstream`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Upstream => "upstream",
            Self::Midstream => "midstream",
            Self::Downstream => "downstream",
        }
    }

    /// Its name in Chinese and in English.
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Upstream => ("上游", "upstream"),
            Self::Midstream => ("中游", "midstream"),
            Self::Downstream => ("下游", "downstream"),
        }
    }
}

/// What the core actor of a link does.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Core {
    /// Makes or develops: nearly every link.
    #[default]
    Make,
    /// Designs: chips without a fab, software.
    Develop,
    /// Operates: a power station, a charging network.
    Operate,
    /// Serves: testing, recycling.
    Serve,
}

/// One chain, or an array of chains.
pub(super) fn parse(text: &str) -> Result<Vec<Chain>, Error> {
    let many = text.trim_start().starts_with('[');
    let read = if many { serde_json::from_str(text) } else { serde_json::from_str(text).map(|chain| vec![chain]) };
    read.map_err(|e| if e.is_data() { Kind::BadChain(e.to_string()) } else { Kind::BadJson(e.to_string()) }.into())
}

/// The code (a letter, digits, or both) and the name of a class of GB/T 4754; what is not there is empty.
pub(super) fn class(text: &str) -> (&str, &str) {
    let text = text.trim();
    let digits = text.strip_prefix(|c: char| c.is_ascii_uppercase()).unwrap_or(text);
    let name = digits.trim_start_matches(|c: char| c.is_ascii_digit());
    if name.len() == digits.len() && !name.starts_with(char::is_whitespace) {
        return ("", text);
    }
    (&text[..text.len() - name.len()], name.trim())
}
