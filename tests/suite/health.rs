//! `/health/live` and `/health/ready`.

use mediane::service::app;

use super::support::{get, get_json, get_problem, header, sample_state};

#[test]
fn a_live_process_says_so_and_is_never_cached() {
    let response = get("/health/live");
    assert_eq!(response.status(), 200);
    assert_eq!(header(&response, "cache-control"), "no-cache");
}

#[test]
fn readiness_names_the_edition_and_what_it_holds() {
    let ready = get_json("/health/ready");
    assert_eq!(ready["edition"], "0123456789abcdef");
    assert_eq!(ready["as_of"], "2024-08-01");
    assert_eq!(ready["counts"]["venues"], 8);
}

#[test]
fn health_takes_no_parameter() {
    assert_eq!(get_problem("/health/live?verbose=1").0, 400);
}

#[test]
fn readiness_fails_once_the_door_is_closing_while_the_process_lives_on() {
    actix_web::rt::System::new().block_on(async {
        let state = sample_state();
        let service = actix_web::test::init_service(app(&state)).await;
        state.process.gate.close();
        let ask = |path: &str| actix_web::test::TestRequest::get().uri(path).to_request();
        let ready = actix_web::test::call_service(&service, ask("/health/ready")).await;
        assert_eq!(ready.status(), 503);
        assert!(ready.headers().contains_key("retry-after"));
        assert_eq!(actix_web::test::call_service(&service, ask("/health/live")).await.status(), 200);
    });
}

#[test]
fn an_instance_is_ready_when_its_figures_are_worked_out_and_pages_answer_before() {
    actix_web::rt::System::new().block_on(async {
        let state = sample_state();
        let service = actix_web::test::init_service(app(&state)).await;
        let status = async |path: &str| {
            let request = actix_web::test::TestRequest::get().uri(path).to_request();
            actix_web::test::call_service(&service, request).await.status().as_u16()
        };
        state.process.prepares(true);
        assert_eq!(status("/health/ready").await, 503);
        assert_eq!((status("/health/live").await, status("/suivi").await), (200, 200));
        mediane::service::begin(&state.process);
        assert_eq!((status("/health/ready").await, status("/territoires/france").await), (200, 200));
    });
}
