//! Measures this browser, so that it can be simulated: carries out the plans of `simulated::calibration`, which says what is to be run and
//! what is read from it. Once for a page: the next to ask is given what was measured.

use std::rc::Rc;

use super::{Engines, Machine};
use crate::engine::simulated::Model;
use crate::engine::simulated::calibration::{Calibration, Facts, Measurement, PLAN};
use crate::engine::{EngineId, Live, Options, RunError};

/// How far the measuring of this browser is.
#[derive(Clone)]
pub struct Measuring {
    /// What is being measured.
    pub what: &'static str,
    /// How many quantities were measured before it.
    pub done: usize,
    /// How many there are.
    pub of: usize,
    /// The run that is about to begin. Whoever hears of it draws it, as a demo's run is drawn: drawing takes a share of the cores, which is
    /// part of what is measured.
    pub live: Rc<Live>,
    /// Whether it has a worker for each core.
    pub fills_cores: bool,
}

impl Engines {
    /// What was measured of this browser, if it was.
    pub fn calibration(&self) -> Option<Rc<Calibration>> {
        self.calibration.borrow().clone()
    }

    /// This browser as a machine, measured if it was not yet, which takes some seconds; `tell` hears how far it is. Needs the engines for
    /// itself. A future that is dropped measures nothing.
    ///
    /// # Errors
    /// What a run came to, or [`RunError::NotSimulated`] with the number that cannot be.
    pub async fn calibrated(&self, tell: impl Fn(Measuring)) -> Result<Rc<Calibration>, RunError> {
        if let Some(calibration) = self.calibration() {
            return Ok(calibration);
        }
        let Machine { cores, clock_resolution_ms, .. } = *self.machine();
        let has_threads = self.available(EngineId::ThreadPool).is_ok();
        let wanted: Vec<_> = PLAN.iter().filter(|wanted| has_threads || !wanted.needs_threads()).collect();
        let mut readings = Vec::new();
        for (done, measurement) in wanted.iter().enumerate() {
            let (what, workers) = (measurement.quantity.name(), measurement.workers(cores));
            let fills_cores = measurement.engine.has_workers() && workers >= cores;
            let begins = |live| tell(Measuring { what, done, of: wanted.len(), live, fills_cores });
            for reading in self.readings(measurement, workers, begins).await? {
                readings.push((measurement.quantity, reading));
            }
        }
        let calibration = Calibration::new(&Facts { cores, clock_resolution_ms, has_threads }, &readings);
        let refused = |why| RunError::NotSimulated(format!("this browser could not be measured: {why}"));
        let calibration = Rc::new(calibration.map_err(|error| refused(error.to_string()))?);
        *self.calibration.borrow_mut() = Some(Rc::clone(&calibration));
        Ok(calibration)
    }

    /// What the runs of one measurement say that count.
    async fn readings(
        &self,
        measurement: &Measurement,
        workers: u32,
        begins: impl Fn(Rc<Live>),
    ) -> Result<Vec<f64>, RunError> {
        let plan = measurement.plan();
        let options = Options { workers, limit: 1, switch_interval_ms: 5, model: Model::DEFAULT };
        let mut readings = Vec::new();
        for run in 0..measurement.warm_up + measurement.repeats {
            if measurement.fresh {
                self.threads.end().await;
            }
            let live = self.prepare(measurement.engine, &plan);
            begins(Rc::clone(&live));
            let outcome = self.run_really(measurement.engine, &options, &plan, &live).await?;
            readings.extend(measurement.reading(&outcome.trace).filter(|_| run >= measurement.warm_up));
        }
        Ok(readings)
    }
}
