//! What a park has and lacks.

use std::fmt::Write;
use std::sync::Arc;

use arrow_array::{Int32Array, StringArray};
use pyo3::prelude::*;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use xiangma::{CreditCode, Enterprise, LinkState, Park};

use crate::arguments::{self, day, work};
use crate::error::bad_argument;
use crate::locating::{Known, Locator, known};
use crate::reader::{Reader, Taking};
use crate::table::{Columns, Table};

/// What a park has and lacks on the chains, and who is there: made by `diagnose`, given to `assess` and `rank`. It
/// can be pickled, and kept as JSON.
#[pyclass(module = "xiangma", frozen, from_py_object)]
#[derive(Debug, Clone)]
pub struct Diagnosis(pub Arc<Diagnosed>);

#[derive(Debug)]
pub struct Diagnosed {
    pub park: Park,
    /// By name and code, which is all that candidates are held against.
    pub residents: Vec<Enterprise>,
    pub signature: String,
    json: String,
}

/// A diagnosis as it is kept.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kept {
    format: String,
    version: u32,
    park: Park,
    residents: Vec<Resident>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Resident {
    name: String,
    credit_code: Option<CreditCode>,
}

const FORMAT: &str = "xiangma-diagnosis";
const VERSION: u32 = 1;

impl Kept {
    fn diagnosed(self) -> PyResult<Diagnosed> {
        let json = serde_json::to_string(&self).map_err(|e| bad_argument(e.to_string()))?;
        let mut signature = String::with_capacity(64);
        for byte in Sha256::digest(json.as_bytes()) {
            // Writing to a string has nothing to fail at.
            let _ = write!(signature, "{byte:02x}");
        }
        let residents =
            self.residents.into_iter().map(|r| Enterprise { name: r.name, credit_code: r.credit_code, ..Enterprise::default() });
        Ok(Diagnosed { park: self.park, residents: residents.collect(), signature, json })
    }
}

/// Diagnoses a park from the table of its residents: what it has of every link of the chains, and what it needs there.
///
///     diagnosis = xiangma.diagnose(residents, chains=["optoelectronics"])
///     diagnosis.links().to_pandas()
#[pyfunction]
#[pyo3(signature = (residents, *, chains=None, card=None, locator=None, reader=None, as_of=None, threads=None))]
#[allow(clippy::too_many_arguments, reason = "named in Python, and all but one have a default")]
pub fn diagnose(
    residents: &Bound<'_, PyAny>,
    chains: Option<Vec<String>>,
    card: Option<&Bound<'_, PyAny>>,
    locator: Option<&Locator>,
    reader: Option<&Reader>,
    as_of: Option<&Bound<'_, PyAny>>,
    threads: Option<usize>,
) -> PyResult<Diagnosis> {
    let known = known(locator)?;
    let (chains, card) = (known.chains(chains)?, arguments::card(card)?);
    let taken = Taking { reader, threads, as_of: as_of.map(day).transpose()?, ..Taking::default() }.take(residents)?;
    let park = work(residents.py(), threads, || park(&known, &chains, &taken.intake.enterprises, &card.rates))?;
    let named = taken.intake.enterprises.into_iter().map(|e| Resident { name: e.name, credit_code: e.credit_code });
    let kept = Kept { format: FORMAT.to_owned(), version: VERSION, park, residents: named.collect() };
    Ok(Diagnosis(Arc::new(kept.diagnosed()?)))
}

fn park(known: &Known, chains: &[String], residents: &[Enterprise], rates: &xiangma::Rates) -> Result<Park, xiangma::Error> {
    Park::diagnose(&known.catalogue, chains, residents, &known.locate(residents), rates)
}

#[pymethods]
impl Diagnosis {
    /// A row a link: how many residents it has, how well it is covered from 0 to 100, what the park needs there
    /// (`fill`, `strengthen`, `extend`, `establish` or `none`) and how much, and the names of the largest residents.
    fn links(&self) -> PyResult<Table> {
        let links = &self.0.park.links;
        let words = |of: &dyn Fn(&LinkState) -> String| links.iter().map(|l| Some(of(l))).collect::<StringArray>();
        let number = |of: &dyn Fn(&LinkState) -> u32| Int32Array::from(links.iter().map(|l| of(l) as i32).collect::<Vec<_>>());
        let mut columns = Columns::default();
        columns.push("chain", words(&|l| l.chain.clone()));
        columns.push("link", words(&|l| l.link.clone()));
        columns
            .push("stage", words(&|l| serde_json::to_value(l.stage).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()));
        columns.push("residents", number(&|l| l.residents));
        columns.push("coverage", number(&|l| u32::from(l.coverage)));
        columns.push("need", words(&|l| l.need.as_str().to_owned()));
        columns.push("urgency", number(&|l| u32::from(l.urgency)));
        columns.push("related", number(&|l| u32::from(l.related)));
        columns.push("examples", words(&|l| l.examples.join("、")));
        columns.table([("xiangma.diagnosis".to_owned(), self.0.signature.clone())])
    }

    /// SHA-256 of all it says: every result that it had a part in bears it.
    #[getter]
    fn signature(&self) -> &str {
        &self.0.signature
    }

    /// How many residents there are.
    fn __len__(&self) -> usize {
        self.0.residents.len()
    }

    fn __repr__(&self) -> String {
        format!("xiangma.Diagnosis({} residents, {} links, {})", self.0.residents.len(), self.0.park.links.len(), &self.0.signature[..12])
    }

    /// As JSON, to be read again by `from_json`.
    fn to_json(&self) -> &str {
        &self.0.json
    }

    /// Reads what `to_json` wrote.
    #[staticmethod]
    fn from_json(text: &str) -> PyResult<Self> {
        let kept: Kept = serde_json::from_str(text).map_err(|e| bad_argument(format!("this is no diagnosis: {e}")))?;
        if (kept.format.as_str(), kept.version) != (FORMAT, VERSION) {
            let what = format!("expected `{FORMAT}` version {VERSION}, found `{}` version {}", kept.format, kept.version);
            return Err(bad_argument(what));
        }
        Ok(Self(Arc::new(kept.diagnosed()?)))
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, (String,))> {
        Ok((slf.get_type().getattr("from_json")?, (slf.get().0.json.clone(),)))
    }
}
