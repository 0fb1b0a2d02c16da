//! What the park has and lacks beyond its links one by one.

use super::Session;
use crate::error::Error;
use crate::park::{Anchor, ChainState, Decision, DiagnosisRules, anchors};

impl Session {
    /// What to do about each link of the target chains, with what the park decided itself: levels, passages, strategies; see
    /// [`Park::advise`](crate::Park::advise). None before [`assess`](Self::assess) with residents.
    ///
    /// ```
    /// use xiangma::{Date, Session};
    ///
    /// let mut session = Session::new(Date::constant(2026, 11, 1))?;
    /// session.load_candidates("企业名称,主营产品\n示例甲有限公司,光模块\n".as_bytes())?;
    /// session.load_residents("企业名称,主营产品\n示例芯片有限公司,光芯片\n".as_bytes())?;
    /// session.target(&["optoelectronics".to_owned()], &[])?;
    /// session.assess()?;
    /// let states = session.advise(&[])?.ok_or("no residents")?;
    /// assert_eq!((states.len(), states[0].filled), (1, 1));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Park::advise`](crate::Park::advise).
    pub fn advise(&self, decisions: &[Decision]) -> Result<Option<Vec<ChainState>>, Error> {
        self.park().map(|park| park.advise(self.catalogue(), &DiagnosisRules::builtin(), decisions)).transpose()
    }

    /// The residents on whom a target chain hangs; see [`anchors`]. None before [`assess`](Self::assess) with residents.
    ///
    /// # Errors
    ///
    /// As [`anchors`].
    pub fn anchors(&self) -> Result<Option<Vec<Anchor>>, Error> {
        let (Some(_), Some(residents)) = (self.park(), &self.residents) else { return Ok(None) };
        let rules = DiagnosisRules::builtin();
        anchors(self.catalogue(), &self.target_chains(), &residents.intake.enterprises, residents.matches(), &rules).map(Some)
    }
}
