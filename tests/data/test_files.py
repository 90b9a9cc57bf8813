"""Files of rows as spreadsheets save them, and as nobody should."""

import pytest

from explorer.data import DataError
from explorer.data.files import read_file
from explorer.data.labels import read_labelled
from explorer.data.rows import read_rows

WANTED = ((1.5, 100.0), (2.0, -200.25))


@pytest.mark.parametrize(
    "content",
    [
        b"1.5,100\n2,-200.25\n",
        b"x,y\r\n1.5,100\r\n\r\n2,-200.25",
        "\ufeffrooms (1);price (k€)\n1,5;100\n2;-200,25\n".encode(),
        "rooms;price\n1,5;100\n2;−200,25".encode("utf-16"),
        b"rooms\tprice\r1,5\t100\r2\t-200,25\r",
        "Größe;Preis\n1,5;100\n2;-200,25".encode("cp1252"),
        b'"rooms, all","price"\n"1.5","100"\n"2","-200.25"\n',
        b"sep=;\nrooms;price\n1,5;100\n2;-200,25\n",
        b"# taken in May, by hand, twice\n# rooms price\n1.5,100\n2,-200.25\n",
    ],
)
def test_a_table_is_read_however_it_was_saved(content: bytes) -> None:
    assert read_rows(read_file(content).text(0, 1)) == WANTED


def test_what_parts_cells_may_stand_in_a_cell_in_quotes() -> None:
    head = b'"name, first","height; cm","weight ""kg"""'
    table = read_file(head + b'\n"Ann; B.",171.5,64.25\n"Bo ""X""",182,80\n')
    assert table.head == ("name, first", "height; cm", 'weight "kg"')
    assert table.rows == (("Ann; B.", "171.5", "64.25"), ('Bo "X"', "182", "80"))
    inches = read_file(b'size in 1";weight, kg\n3,5;2\n4;1,25\n')
    assert inches.rows == (("3.5", "2"), ("4", "1.25"))


def test_a_header_behind_a_sign_is_one() -> None:
    """NumPy's `savetxt` writes it so."""
    table = read_file(b"# made today\n# time (s),height (m)\n1.5,100\n2,-200.25\n")
    assert table.head == ("time (s)", "height (m)")
    assert read_rows(table.text(0, 1)) == WANTED
    assert read_file(b"#id,price\n1.5,100\n2,-200.25\n").head == ("id", "price")


def test_two_of_many_columns_are_chosen_and_labels_keep_their_spaces() -> None:
    table = read_file(b"id,weight (kg),kind,length\n1,0.5,not spam,7\n2,1.5,spam,9\n3,2.5,not spam;8,4\n")
    assert table.head == ("id", "weight (kg)", "kind", "length")
    assert read_rows(table.text(1, 3)) == ((0.5, 7.0), (1.5, 9.0), (2.5, 4.0))
    labelled = read_labelled("\n".join(table.text(1, 2).split("\n")[:3]))
    assert labelled.rows == ((0.5, 0.0), (1.5, 1.0))
    assert read_file(b"1,2,3\n4,5,6").head == ("column 1", "column 2", "column 3")
    for one in (b"3,4", b"x;y\n3;4\n", b"3\t4\r\n"):
        assert read_rows(read_file(one).text(0, 1)) == ((3.0, 4.0),)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "The file is empty."),
        (b"\n\n , \n", "The file is empty."),
        (b"1\n2\n3", "The file has one column only: two are needed."),
        (b"x,y\n" + b"1,2\n" * 10_001, "The file has 10001 rows; 10000 can be explored here."),
        (b"1,2\n" * 1_000_000, "The file has 1000000 lines; 10000 rows can be explored here."),
        (b"," * 60 + b"1", "The file has 61 columns; 50 can be chosen from."),
        (b"\x00\x01\x02,\xff", "The file holds bytes that no CSV file has."),
        (b"\xff\xfea", "The file is marked as UTF-16, and is not."),
        (b"1," + b"2" * 5_000_000, "The file is larger than 5 MB, the most that is read."),
    ],
)
def test_what_is_no_table_is_refused_with_a_sentence(content: bytes, says: str) -> None:
    with pytest.raises(DataError) as refused:
        read_file(content)
    assert str(refused.value) == says


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"x;y\n1;2\n3;\n", "Row 2: a cell is empty."),
        (
            b'"x, m",y\n"1","2"\n"1,000","7"\n',
            "Row 2: what looks like 1 000 or 1,000 is one number or two. Write a thousand as 1000.",
        ),
        (b"x,y\n1,2\n3,two\n", "Row 2: “two” is no number."),
        (b"x,y\n1,2\n3,1e400\n", "Row 2: “1e400” is no number."),
    ],
)
def test_a_bad_cell_is_named_by_its_row(content: bytes, says: str) -> None:
    with pytest.raises(DataError) as refused:
        read_rows(read_file(content).text(0, 1))
    assert str(refused.value) == says


@pytest.mark.parametrize(
    ("content", "numbers", "classes", "columns"),
    [
        ("name;x;y\nAnn;1;2\nBob;3;5\nCy;4;6\n", 2, 0, (1, 2)),
        ("x;name;y\n1;Ann;2\n3,5;Bob;−5\n", 2, 0, (0, 2)),
        ("name;y\nAnn;2\nBob;5\nCy;6\n", 2, 0, (0, 1)),
        ("x,y,z\n1,2,3\n4,5,6\n7,none,9\n", 2, 0, (0, 1)),
        ("name,passed,hours\nAnn,yes,2\nBob,no,5\nCy,yes,6\n", 1, 1, (2, 1)),
        ("passed,hours\n1,2\n0,5\n1,6\n", 1, 1, (1, 0)),
        ("hours,passed\n2,1\n5,0\n", 1, 1, (0, 1)),
        ("id,kind,a,b\nu,spam,1,2\nv,ham,3,4\nw,ham,5,6\n", 2, 1, (2, 3, 1)),
        ("a,b,kind\n1,2,p\n3,4,q\n5,6,r\n", 2, 1, (0, 1, 2)),
        ("id,area,town,price\n1,50,Ulm,210\n2,62,Bonn,255\n3,71,Ulm,268\n", 2, 0, (1, 3)),
        (",area,price\n0,50,210\n1,62,255\n", 2, 0, (1, 2)),
        ("bedrooms,price,area\n1,2,50\n2,5,60\n3,7,70\n", 2, 0, (0, 1)),
        ("no.,kind,a\n1,p,5\n2,q,6\n3,p,7\n", 1, 1, (2, 1)),
        ("id,y\n1,5\n2,6\n", 2, 0, (0, 1)),
    ],
)
def test_the_columns_to_begin_with_hold_what_is_needed(
    content: str, numbers: int, classes: int, columns: tuple[int, ...]
) -> None:
    assert read_file(content.encode()).first_columns(numbers, classes) == columns
