"""HTML of strangers, made harmless and readable."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.formats.email import clean_html, html_to_text, text_to_html


def cleaned(html: str) -> str:
    """Return the cleaned HTML alone."""
    return clean_html(html)[0]


@pytest.mark.parametrize(
    ("html", "safe"),
    [
        ('<p onclick="go()">Hi</p>', "<p>Hi</p>"),
        ("<script>go()</script><p>Hi</p>", "<p>Hi</p>"),
        ('<p style="position:fixed" class="x" id="y">Hi</p>', "<p>Hi</p>"),
        ("<style>p{}</style>Hi", "Hi"),
        ('<form action="/x"><input name="y"><button>Go</button>Hi</form>', "Hi"),
        ('<iframe src="https://x.example"></iframe>Hi', "Hi"),
        ('<a href="javascript:go()">Hi</a>', '<a rel="noopener noreferrer nofollow">Hi</a>'),
        ('<a href="/cases/7">Hi</a>', '<a rel="noopener noreferrer nofollow">Hi</a>'),
        ('<a href="data:text/html,x">Hi</a>', '<a rel="noopener noreferrer nofollow">Hi</a>'),
        (
            '<a href="https://x.example/?a=1&b=2" target="_top">Hi</a>',
            '<a href="https://x.example/?a=1&amp;b=2" rel="noopener noreferrer nofollow">Hi</a>',
        ),
        ("<title>T</title><body bgcolor=red>Hi</body>", "Hi"),
        ("<!--[if mso]><p>Word</p><![endif]-->Hi", "Hi"),
        ("<svg><script>go()</script></svg>Hi", "Hi"),
        ("<p>a\x00b</p>", "<p>ab</p>"),
        ('<td colspan="2" width="9">x', "x"),
        ('<table><tr><td colspan="2">x</table>', '<table><tbody><tr><td colspan="2">x</td></tr></tbody></table>'),
        ('<img src="cid:a%40b" width="10" height="100%" alt="A">', '<img src="cid:a@b" width="10" alt="A">'),
        ('<img src="data:image/png;base64,iVBORw0K">', '<img src="data:image/png;base64,iVBORw0K">'),
    ],
)
def test_cleaning(html: str, safe: str) -> None:
    assert cleaned(html) == safe


@pytest.mark.parametrize(
    "source",
    [
        "https://x.example/a.png",
        "http://x.example/a.png",
        "//x.example/a.png",
        "/a.png",
        "data:image/svg+xml;base64,AAAA",
        "data:text/html,x",
        "HTTPS://X.EXAMPLE/A.PNG",
    ],
)
def test_pictures_from_elsewhere_lose_their_source_and_are_counted(source: str) -> None:
    assert clean_html(f'<img src="{source}" alt="A">') == ('<img alt="A">', 1, "")


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 50_000,
        "<div/>" * 50_000,
        "<b><div></b>" * 20_000,
        "<a><div></a>" * 20_000,
        "<div><table><td></div></table>" * 10_000,
        '<p a=b"><div>"' * 20_000,
        "<p " + " a".join(map(str, range(50_000))) + ">",
        "<p a=>" + "<x " + "/".join(f"a{number}" for number in range(50_000)) + ">",
        "<style><div>" * 20_000,
    ],
    ids=["deep", "closed", "bold", "links", "barrier", "hidden", "attributes", "slashes", "styles"],
)
def test_html_made_to_be_slow_is_not_cleaned_at_all(html: str) -> None:
    safe, _, problem = clean_html(html)
    assert (safe, problem) == (
        "",
        "The formatted text is put together in a harmful way; only the plain text is shown.",
    )


def test_very_long_html_is_not_cleaned_but_its_text_is_read() -> None:
    html = "<p>Where is it?</p>" + "<p>x</p>" * 100_000
    assert clean_html(html)[2] == "The formatted text is very long; only the plain text is shown."
    assert html_to_text(html).startswith("Where is it?")


def test_scripts_are_no_text_even_where_html_was_not_cleaned() -> None:
    assert html_to_text("<script>go()</script>Hi<style>p{}</style> there" + "<div>" * 20_000) == "Hi there"


def test_a_large_table_with_many_rows_is_no_attack() -> None:
    html = "<table>" + "<tr><td>a<td><p>b</tr>" * 300 + "<tr><td><p>c</p></td></tr>" * 3_000 + "</table>"
    assert clean_html(html)[2] == ""


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("<div>One</div><div>Two<br></div><div><br></div><div>Three</div>", "One\nTwo\n\nThree"),
        ("<div>One</div><div>&nbsp;</div><div>Two</div>", "One\n\nTwo"),
        ("One<br>Two<br/>\n Three", "One\nTwo\nThree"),
        ("<ul><li>One</li><li>Two</li></ul>", "- One\n- Two"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"),
        ("<blockquote><p>a</p><blockquote>b</blockquote></blockquote>c", "> a\n>\n> > b\n\nc"),
        ("<pre>a\n   b</pre>", "a\n   b"),
        ("a  \n\t b&nbsp;c", "a b c"),
        ("1 &lt; 2 &amp;amp; &euro;", "1 < 2 &amp; €"),
        ('Hi<img src="x" alt="Logo">', "Hi [Logo]"),
        ('Hi <img src="x" alt="😀">', "Hi 😀"),
        ('<a href="https://x.example">here</a>', "here"),
        ("<head><title>T</title><style>p{}</style></head>Hi", "Hi"),
        ("", ""),
    ],
)
def test_html_as_text(html: str, text: str) -> None:
    assert html_to_text(html) == text


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("One\n\nTwo\nThree", "<p>One</p>\n<p>Two<br>\nThree</p>"),
        ("> q\n> r\n\nHi", "<blockquote><p>q<br>\nr</p></blockquote>\n<p>Hi</p>"),
        ("<b>&\"'", "<p>&lt;b&gt;&amp;&quot;&#x27;</p>"),
        ("javascript:go() ftp://x", "<p>javascript:go() ftp://x</p>"),
        (
            "(see https://x.example/a_(b).)",
            '<p>(see <a href="https://x.example/a_(b)">https://x.example/a_(b)</a>.)</p>',
        ),
        (
            'https://x.example/"onclick="go()',
            '<p><a href="https://x.example/">https://x.example/</a>&quot;onclick=&quot;go()</p>',
        ),
        ("https://", "<p>https://</p>"),
        ("\n\n", ""),
    ],
)
def test_text_as_html(text: str, html: str) -> None:
    assert text_to_html(text) == html


@given(st.text(alphabet="ab<>&\"' \n/:.hH(tps)", max_size=200))
def test_text_survives_being_html(text: str) -> None:
    words = "".join(text.split()).replace(">", "")
    assert "".join(html_to_text(text_to_html(text)).split()).replace(">", "") == words


@given(st.text(alphabet="<>/\"'= abpdivsrcimgonclk:;&#\x00", max_size=300))
def test_cleaning_twice_changes_nothing(html: str) -> None:
    once = cleaned(html)
    assert cleaned(once) == once
