//! Answers over HTTP who is the best of a file that is sent: an axum handler, with chains and card shared by all requests.
//!
//! `cargo run --example web_service`

use std::{error::Error, sync::Arc};

use axum::body::{Body, Bytes, to_bytes};
use axum::http::{Request, StatusCode};
use axum::{Json, Router, extract::State, response::IntoResponse, routing::post};
use tower::ServiceExt;
use xiangma::{AssessOptions, Catalogue, Date, IntakeOptions, Locator, Ranking, Scorecard, assess, intake};

struct Engine {
    locator: Locator,
    card: Scorecard,
}

impl Engine {
    fn best(&self, file: &[u8]) -> Result<Vec<(usize, String, String)>, xiangma::Error> {
        let table = intake(file, &IntakeOptions::new())?;
        let matches: Vec<_> = table.enterprises.iter().map(|e| self.locator.locate(e)).collect();
        let options = AssessOptions::new(Date::constant(2026, 11, 1));
        let all = assess(&self.card, &options, &table.enterprises, &table.extra_columns, &matches, None, &[])?;
        let places = Ranking::new(&all).places().take(10).map(|p| (p.rank, p.row as usize, p.score.shown())).collect::<Vec<_>>();
        Ok(places.into_iter().map(|(rank, row, score)| (rank, table.enterprises[row].name.clone(), score)).collect())
    }
}

async fn rank(State(engine): State<Arc<Engine>>, file: Bytes) -> impl IntoResponse {
    engine.best(&file).map(Json).map_err(|e| (StatusCode::UNPROCESSABLE_ENTITY, format!("{}: {e}", e.code())))
}

#[tokio::main(flavor = "current_thread")]
pub(crate) async fn main() -> Result<(), Box<dyn Error>> {
    let engine = Engine { locator: Locator::new(&Catalogue::builtin())?, card: Scorecard::attraction() };
    let service = Router::new().route("/rank", post(rank)).with_state(Arc::new(engine));
    for file in ["企业名称,主营产品\n示例光电有限公司,光模块\n示例商贸有限公司,钢材销售\n", "a,b\n1,2\n"] {
        let answer = service.clone().oneshot(Request::post("/rank").body(Body::from(file))?).await?;
        println!("{} {}", answer.status(), String::from_utf8(to_bytes(answer.into_body(), 1 << 20).await?.to_vec())?);
    }
    Ok(())
}
