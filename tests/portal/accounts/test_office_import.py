import pytest
from django.core.management import CommandError, call_command

from portal.accounts import office_csv
from portal.accounts.models import Office
from portal.journal.models import EventRecord

HEADING = "code,name,name_en,level,parent,is_centre,takes_questions,phone,address\n"
TREE = (
    HEADING
    + "edu,区教育局,Education Bureau,county,county,,是,0574-1,学府路 1 号\n"  # above its parent on purpose
    + "county,江畔区,Riverside,county,,,,,\n"
    + "centre,区受理中心,,区县级,county,是,是,,\n"
    + "c1,望江社区,,community,street,,,,\n"
    + "street,望江街道,,township,county,,,,\n"
)


@pytest.fixture
def load(tmp_path, capsys):
    def run(text, *options, encoding="utf-8"):
        file = tmp_path / "offices.csv"
        file.write_bytes(text.encode(encoding))
        call_command("offices_import", str(file), *options)
        return capsys.readouterr().out

    return run


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (",教育局,,county,,,,,", "code 不能为空"),
        ("a b,教育局,,county,,,,,", "code 只能用"),
        ("edu,,,county,,,,,", "name 不能为空"),
        ("edu,教育局,,village,,,,,", "level 应为"),
        ("edu,教育局,,county,nowhere,,,,", "找不到上级单位：nowhere"),
        ("edu,教育局,,county,edu,,,,", "成环"),
        ("edu,教育局,,city,known,,,,", "层级不能高于"),
        ("edu,教育局,,county,,maybe,,,", "is_centre 应为"),
        ("c1,社区,,community,,,是,,", "社区不设网上发言人"),
        ("edu,教育局,,county,,,,,,more", "列数比表头多"),
        ("known,教育局,,county,,,,,\nknown,教育局,,county,,,,,", "与第 2 行重复"),
        (f"edu,{'长' * 81},,county,,,,,", "超过 80 个字"),
    ],
)
def test_every_fault_is_named(line, fault):
    _rows, faults = office_csv.read(HEADING + line, {"known": "county"})

    assert [fault in found.text for found in faults] == [True]


def test_a_circle_is_found_at_each_of_its_members():
    _rows, faults = office_csv.read("code,name,level,parent\na,A,county,b\nb,B,county,a\n", {})

    assert [found.line for found in faults] == [2, 3]


def test_a_wrong_heading_is_said_first():
    rows, faults = office_csv.read("code,title\nedu,x\n", {})

    assert rows == []
    assert [found.text for found in faults] == ["缺少列：level, name", "不认识的列：title"]


def test_parents_come_first_however_the_file_is_ordered():
    rows, faults = office_csv.read(TREE, {})

    assert faults == []
    assert [row.code for row in rows] == ["county", "edu", "centre", "street", "c1"]


@pytest.mark.django_db
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_the_tree_is_founded(load, encoding):
    assert "created: 5" in load(TREE, encoding=encoding)

    assert {office.code: getattr(office.get_parent(), "code", None) for office in Office.objects.all()} == {
        "county": None,
        "edu": "county",
        "centre": "county",
        "street": "county",
        "c1": "street",
    }
    assert (Office.objects.get(code="c1").takes_questions, Office.objects.get(code="centre").is_centre) == (False, True)
    assert EventRecord.objects.filter(name="accounts.office_created", actor="system:offices_import").count() == 5


@pytest.mark.django_db
def test_a_second_run_changes_nothing_and_a_changed_line_changes_one(load):
    load(TREE)

    assert "unchanged: 5" in load(TREE)
    assert "changed: 1 (edu)" in load(TREE.replace("学府路 1 号", "学府路 2 号"))
    assert Office.objects.get(code="edu").address == "学府路 2 号"
    assert EventRecord.objects.filter(name="accounts.office_changed").count() == 1


@pytest.mark.django_db
def test_a_dry_run_says_what_would_happen_and_writes_nothing(load):
    said = load(TREE, "--dry-run")

    assert "created: 5" in said
    assert "nothing was written" in said
    assert not Office.objects.exists()
    assert not EventRecord.objects.exists()


@pytest.mark.django_db
def test_one_fault_stops_everything(load, capsys):
    with pytest.raises(CommandError, match="1 faults, nothing was imported"):
        load(TREE + "x,某局,,county,nowhere,,,,\n")

    assert "offices.csv:7: 找不到上级单位：nowhere" in capsys.readouterr().err
    assert not Office.objects.exists()


@pytest.mark.django_db
def test_an_office_does_not_move(load, capsys):
    load(TREE)

    with pytest.raises(CommandError):
        load(TREE.replace("edu,区教育局,Education Bureau,county,county", "edu,区教育局,Education Bureau,county,centre"))

    assert "offices.csv:2:" in capsys.readouterr().err


def test_a_missing_file_is_said_in_a_sentence():
    with pytest.raises(CommandError, match="No such file"):
        call_command("offices_import", "/nowhere.csv")


@pytest.mark.django_db
def test_what_the_public_reads_of_an_office_is_taken_over_and_left_alone_where_the_file_is_silent(load):
    load(
        "code,name,level,phone,address,address_en,hours,hours_en,remit,remit_en\n"
        "edu,区教育局,county,0574-1,学府路 1 号,1 Xuefu Road,工作日 9:00—17:00,Weekdays 9:00–17:00,管学校。,Schools.\n"
    )
    office = Office.objects.get(code="edu")
    said = {name: getattr(office, name) for name in office_csv.TEXTS}

    assert said == {
        "name_en": "",
        "phone": "0574-1",
        "address": "学府路 1 号",
        "address_en": "1 Xuefu Road",
        "hours": "工作日 9:00—17:00",
        "hours_en": "Weekdays 9:00–17:00",
        "remit": "管学校。",
        "remit_en": "Schools.",
    }
    load("code,name,level,hours\nedu,区教育局,county,\n")
    office.refresh_from_db()
    assert {name: getattr(office, name) for name in office_csv.TEXTS} == said | {"hours": ""}


def test_a_cell_may_be_as_long_as_the_table_allows():
    limits = {name: Office._meta.get_field(name).max_length for name in office_csv.LONGEST}

    assert limits == office_csv.LONGEST
