"""The first administrator of a company comes in by a one-time code, and by nothing else."""

from datetime import timedelta

from storage.columns import METADATA
from tests.beginnings import COMPANIES, at_once, begin, company_code, opened, saw, say

HEARD = "You are not in Parley’s directory"


def test_a_code_makes_a_company_and_its_first_administrator(empty):
    priya = empty.as_("priya")
    form = opened(priya, f"setup {company_code(empty)}")
    assert form.title == "Your company in Parley"
    assert form.fields["side"].value == ""
    assert form.fields["role"].value == ""
    priya.submit(**COMPANIES["priya"])
    assert "You administer Halcyra Therapeutics AG" in saw(priya, "Halcyra Therapeutics AG is in Parley")
    assert "Missing: your colleagues" in saw(priya, "Setting up Halcyra Therapeutics AG")
    companies = empty.rows("SELECT side, name, zone FROM organisation")
    assert [tuple(one) for one in companies] == [("sponsor", "Halcyra Therapeutics AG", "Europe/Zurich")]
    roles = empty.rows("SELECT role FROM role ORDER BY role")
    assert [one[0] for one in roles] == ["administrator", "alliance_manager"]
    told = {one[0] for one in empty.rows("SELECT what FROM audit")}
    assert told == {"company.found", "person.add", "invitation.make"}


def test_the_code_is_kept_nowhere(empty):
    code = company_code(empty)
    priya = begin(empty, "priya")
    opened(priya, f"setup {code}")
    for name in METADATA.tables:
        for row in empty.rows(f'SELECT * FROM "{name}"'):  # noqa: S608 our own tables' names
            assert code not in str(row)
            assert code.replace("-", "") not in str(row)


def test_a_code_can_be_typed_in_many_ways(empty):
    code = company_code(empty)
    assert opened(empty.as_("david"), f"setup {code.lower().replace('-', ' ')}")


def test_without_a_code_a_stranger_hears_what_strangers_hear(empty):
    priya = empty.as_("priya")
    for said in ("setup", "setup people", "link", "setup away", "issue list"):
        assert HEARD in say(priya, said)


def test_a_wrong_code_says_only_that_and_is_recorded(empty):
    priya = empty.as_("priya")
    for said in ("setup 7K3M-Q0ZD-94TB", "setup my company", "setup 1"):
        answer = say(priya, said)
        assert "That code is not valid" in answer
        assert priya.form is None
    refused = empty.rows("SELECT payload FROM audit WHERE what = 'refused'")
    assert len(refused) == 3
    assert all("NoSuchCode" in one[0] for one in refused)


def test_what_is_wrong_stands_at_its_field_and_the_rest_is_kept(empty):
    priya = empty.as_("priya")
    opened(priya, f"setup {company_code(empty)}")
    priya.submit(company="  ", zone="Zurich", hours="all day", email="priya", name="Priya Raghunathan")
    errors = priya.form.errors
    assert "Write your company’s name." in errors["company"]
    assert "“Zurich” is not a zone like Europe/Zurich." in errors["zone"]
    assert "Write hours like 09:00-17:30." in errors["hours"]
    assert "Write an address" in errors["email"]
    assert "Choose a side" in errors["side"]
    assert "Choose your role" in errors["role"]
    assert priya.form.fields["name"].value == "Priya Raghunathan"
    assert priya.form.fields["zone"].value == "Zurich"
    assert empty.rows("SELECT count(*) FROM organisation")[0][0] == 0
    priya.submit(**COMPANIES["priya"], hours="08:30-17:30", email="priya.raghunathan@halcyra.example")
    assert saw(priya, "Setting up Halcyra Therapeutics AG")
    kept = empty.rows("SELECT email, handle FROM person")[0]
    assert tuple(kept) == ("priya.raghunathan@halcyra.example", "priya.raghunathan")


def test_a_code_works_once(empty):
    code = company_code(empty)
    priya, david = empty.as_("priya"), empty.as_("david")
    opened(priya, f"setup {code}")
    priya.submit(**COMPANIES["priya"])
    assert "That code was used before, and each works once" in say(david, f"setup {code}")
    assert "You are in Parley already" in say(priya, f"setup {code}")


def test_of_two_people_with_one_code_exactly_one_gets_in(empty):
    code = company_code(empty)
    priya, david = empty.as_("priya"), empty.as_("david")
    opened(priya, f"setup {code}")
    opened(david, f"setup {code}")
    form = priya.form
    david.submit(**COMPANIES["david"])
    priya.submit(form, **COMPANIES["priya"])
    assert empty.rows("SELECT name FROM organisation") == [("Northmere Clinical Ltd",)]
    assert HEARD in say(priya, "issue list")


def test_also_where_both_send_it_at_the_same_moment(empty):
    code = company_code(empty)
    forms = []
    for name in ("priya", "david"):
        opened(empty.as_(name), f"setup {code}")
        forms.append((empty.as_(name).face, empty.as_(name).form))
        forms[-1][1].fill(**COMPANIES[name])
    at_once(empty, *(face.send(form) for face, form in forms))
    assert empty.rows("SELECT count(*) FROM organisation")[0][0] == 1
    assert empty.rows("SELECT count(*) FROM person")[0][0] == 1


def test_a_code_ends_after_seven_days(empty):
    code = company_code(empty)
    empty.pass_to(empty.now() + timedelta(days=7, minutes=1))
    assert "That code is no longer good" in say(empty.as_("priya"), f"setup {code}")


def test_a_form_that_was_opened_in_time_is_refused_when_it_is_sent_too_late(empty):
    priya = empty.as_("priya")
    opened(priya, f"setup {company_code(empty)}")
    form = priya.form
    empty.pass_to(empty.now() + timedelta(days=8))
    priya.submit(form, **COMPANIES["priya"])
    assert empty.rows("SELECT count(*) FROM organisation")[0][0] == 0


def test_one_workspace_or_tenant_is_one_company(empty):
    begin(empty, "priya")
    answer = say(empty.as_("tomasz"), f"setup {company_code(empty)}")
    assert "A company of your workspace or tenant is in Parley already" in answer
    assert "Halcyra" not in answer


def test_the_form_can_be_left_and_opened_again_after_a_restart(empty):
    david = empty.as_("david")
    code = company_code(empty)
    opened(david, f"setup {code}")
    david.dismiss()
    empty.restart()
    opened(david, f"setup {code}")
    david.submit(**COMPANIES["david"])
    assert saw(david, "Setting up Northmere Clinical Ltd")


def test_a_form_is_proof_of_nothing(empty):
    """Whoever sends it must have said the code with the same account."""
    priya = empty.as_("priya")
    opened(priya, f"setup {company_code(empty)}")
    empty.rows_gone("DELETE FROM shown")
    priya.submit(**COMPANIES["priya"])
    assert empty.rows("SELECT count(*) FROM organisation")[0][0] == 0


def test_a_lost_record_keeps_what_was_typed(empty):
    priya = empty.as_("priya")
    opened(priya, f"setup {company_code(empty)}")
    form = priya.form
    with empty.locked():
        priya.submit(form, **COMPANIES["priya"])
    assert empty.rows("SELECT count(*) FROM organisation")[0][0] == 0
    priya.submit()
    assert empty.rows("SELECT count(*) FROM organisation")[0][0] == 1
