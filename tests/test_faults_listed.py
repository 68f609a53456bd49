# ruff: noqa: E501 - names of tests are sentences
"""Which test shows that a fault is survived: what may go wrong with a class, its server and its workers."""

import re
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
FAULTS = {
    # configs
    "groups that do not divide the channels": "spec/test_description.py::test_groups_must_divide_and_the_message_lists_the_divisors",
    "a batch larger than the data": "tasks/test_tasks.py::test_a_batch_larger_than_the_data_is_refused",
    "BatchNorm over a single value": "tasks/test_tasks.py::test_batchnorm_over_a_single_value_is_explained",
    "fewer classes than labels": "tasks/test_tasks.py::test_fewer_classes_than_labels_are_refused",
    "too many steps": "jobs/test_admission.py::test_too_many_steps_are_refused_with_how_many_fit",
    "a huge image": "jobs/test_admission.py::test_a_huge_image_is_refused_with_one_that_fits",
    "a run that diverges": "jobs/test_engine.py::test_a_divergence_keeps_its_curve",
    "a device that is not there": "jobs/test_engine.py::test_an_absent_device_is_refused",
    "any block at all": "jobs/test_admission.py::test_any_block_is_admitted_or_refused",
    "values that mean nothing": "tasks/test_tasks.py::test_a_value_that_means_nothing_is_refused_by_its_name",
    "nets that there cannot be": "spec/test_description.py::test_what_no_net_has_is_refused_in_a_sentence",
    "choices that go badly together": "spec/test_legal.py::test_what_would_do_nothing_is_refused_and_the_rest_of_the_link_kept",
    "a bad field": "spec/test_description.py::test_a_bad_field_keeps_the_rest",
    # links, frames, files
    "a bad link": "ui/test_link.py::test_a_bad_value_becomes_its_default_and_is_told",
    "many bad values": "ui/test_link.py::test_many_bad_values_give_a_short_notice",
    "a link to a run that is not": "browser/test_journeys.py::test_a_link_to_a_run_that_is_not_kept_says_so",
    "deep links that fill the caches": "test_bounded.py::test_large_nets_of_many_links_do_not_pile_up",
    "deep links that fill closed sessions": "test_bounded.py::test_a_session_that_is_kept_after_its_page_was_closed_keeps_no_table_of_it",
    "frames that no page sends": "ui/test_server.py::test_a_stranger_to_the_protocol_is_cut_off_and_told_once",
    "frames that are no frames": "ui/test_visitors.py::test_who_sends_anything_else_is_cut_off",
    "a flood of frames": "ui/test_visitors.py::test_a_flood_is_cut_off",
    "values of a wrong type": "ui/test_server.py::test_values_of_a_wrong_type_harm_the_session_that_sends_them_alone",
    "a session that is opened twice": "ui/test_server.py::test_a_session_that_is_opened_twice_is_one_and_goes_on",
    "more visitors than there is room for": "ui/test_visitors.py::test_beyond_the_most_a_page_says_so_and_its_parts_are_served",
    "a foreign Origin": "ui/test_server.py::test_a_foreign_page_gets_no_websocket_and_no_other_machine_is_asked",
    "an upload": "ui/test_server.py::test_nothing_is_uploaded",
    "a script in a page": "browser/test_guard.py::test_a_script_that_comes_into_a_page_does_not_run",
    "a name that breaks out of a drawing": "diagrams/test_dot.py::test_a_name_cannot_break_out",
    "a text that a spreadsheet would run": "ui/test_view.py::test_no_text_of_a_table_that_is_taken_away_is_a_formula",
    "a name of a field that is Markdown": "tasks/test_files.py::test_the_names_of_fields_stand_in_no_message",
    "a websocket that is kept back": "browser/test_guard.py::test_a_page_without_its_websocket_says_so_after_a_while",
    "too many streams": "ui/test_stream.py::test_a_visitor_has_so_many_streams_and_takes_none_of_anothers",
    "one key sixteen times": "ui/test_stream.py::test_a_run_is_told_once_in_a_stream",
    "a broken npz": "tasks/test_files.py::test_a_broken_npz_is_told",
    "a new session looks up every module": "ui/test_server.py::test_a_visitor_has_no_module_looked_up",
    # workers and queue
    "a tab that is closed": "browser/test_journeys.py::test_a_run_goes_on_while_its_visitor_is_elsewhere",
    "a page that is loaded again": "browser/test_journeys.py::test_a_run_is_found_again_after_a_reload_and_whoever_stops_it_leaves_it_to_the_others",
    "a connection that breaks": "ui/test_stream.py::test_who_comes_back_is_sent_the_rest",
    "a session that the server has forgotten": "browser/test_resume.py::test_the_first_action_in_a_session_that_the_server_has_forgotten_counts",
    "a worker is killed": "jobs/test_engine.py::test_a_killed_worker_is_told_and_the_next_job_runs",
    "a worker hangs": "jobs/test_class.py::test_a_worker_that_hangs_is_told_and_the_next_job_runs",
    "a worker takes too much memory": "faults/test_lasting.py::test_a_job_that_takes_too_much_memory_is_ended_and_told_and_the_next_one_runs",
    "no memory is left": "tasks/test_tasks.py::test_want_of_memory_is_explained",
    "a job without an end": "jobs/test_engine.py::test_a_job_that_hangs_is_ended_at_the_wall",
    "a job does not listen": "jobs/test_engine.py::test_a_job_that_does_not_listen_is_ended_and_the_next_one_runs",
    "equal jobs at once": "jobs/test_engine.py::test_equal_jobs_are_one_and_a_done_one_is_there_at_once",
    "a full queue": "jobs/test_engine.py::test_a_full_queue_refuses_and_says_for_how_long",
    "one visitor before all": "jobs/test_queue.py::test_one_visitors_runs_do_not_hold_back_anothers_first",
    "Stop while a run waits": "jobs/test_engine.py::test_a_waiting_job_tells_its_place_and_stops_at_once",
    "Stop while a run begins": "jobs/test_driver.py::test_a_launched_job_that_has_not_begun_stops_at_once",
    "Stop while a run ends": "jobs/test_table.py::test_a_job_ends_once",
    "the jobs of one press apart": "jobs/test_queue.py::test_the_jobs_of_one_press_begin_together",
    "an estimate from a busy moment": "jobs/test_queue.py::test_runs_that_are_done_correct_the_estimates",
    "somebody else's Stop": "jobs/test_queue.py::test_stop_means_that_i_no_longer_watch",
    "a closed tab's run": "jobs/test_queue.py::test_what_nobody_watches_stops_only_where_somebody_else_waits",
    "a student before the teacher": "jobs/test_class.py::test_the_teachers_run_goes_first_and_the_students_goes_on",
    "what an older attempt says": "jobs/test_table.py::test_what_an_old_attempt_says_is_passed_over",
    "other code or torch": "jobs/test_table.py::test_a_result_is_the_answer_only_where_it_would_be_made_so_again",
    "a ghost on a scheduler": "jobs/test_driver.py::test_what_a_scheduler_begins_again_is_cancelled_by_the_driver_not_by_who_hears_it",
    "a scheduler without workers": "jobs/test_driver.py::test_it_is_ready_only_with_a_worker",
    "a scheduler that is not there": "jobs/test_engine.py::test_a_scheduler_that_is_not_there_is_told",
    "a scheduler goes and comes back": "faults/test_faults.py::test_a_scheduler_that_goes_and_comes_back_is_told_and_jobs_run_again",
    "an outside worker dies": "faults/test_faults.py::test_a_worker_of_an_outside_cluster_that_dies_is_told_and_its_run_begins_nowhere_again",
    # server and disk
    "the server is killed": "faults/test_faults.py::test_a_killed_server_loses_nothing_that_was_done_and_leaves_no_orphan",
    "kills at random": "faults/test_storm.py::test_random_kills_lose_no_finished_run_and_leave_no_row_stuck_and_no_orphan",
    "one of two servers is killed": "faults/test_two_processes.py::test_any_of_two_processes_shows_any_run_and_one_that_is_killed_loses_nothing",
    "SIGTERM while workers start": "ui/test_server.py::test_a_server_that_is_asked_to_end_ends_well_though_its_workers_are_starting",
    "the server ends with a queue": "jobs/test_engine.py::test_jobs_wait_while_the_workers_start_and_closing_ends_them",
    "a clock that jumps": "jobs/test_database.py::test_a_clock_that_jumps_ends_nothing_here",
    "hundreds of runs": "faults/test_lasting.py::test_hundreds_of_runs_leave_neither_threads_nor_descriptors_nor_memory_behind",
    "a stream holds the server up": "ui/test_stream.py::test_a_server_that_ends_waits_for_no_stream",
    "a locked database": "jobs/test_database.py::test_a_locked_file_is_told_and_what_was_done_is_written_later",
    "a full disk": "jobs/test_database.py::test_a_full_disk_is_told_and_survived",
    "a damaged database": "jobs/test_database.py::test_a_damaged_file_is_set_aside_and_told",
    "a folder that cannot be written": "jobs/test_database.py::test_a_folder_that_cannot_be_written_is_told_and_survived",
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_the_test_of_a_fault_is_there(fault: str) -> None:
    file, _, name = FAULTS[fault].partition("::")
    assert re.search(rf"^(async )?def {name}\(", (HERE / file).read_text(encoding="utf-8"), re.MULTILINE)
