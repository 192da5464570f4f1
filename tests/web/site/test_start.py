import subprocess
import sys

SLOW = {
    "duckdb",
    "ibis",
    "lxml",
    "openpyxl",
    "pandas",
    "pyxform",
    "scipy",
    "sqlglot",
    "statsmodels",
    "weasyprint",
}


def test_libraries_that_take_seconds_to_load_are_not_loaded_when_the_house_starts():
    code = (
        "import sys, driegesprek.web.site.wsgi, driegesprek.web.site.urls;"
        f"print(*sorted({SLOW!r} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603 - our own code
    assert done.stdout.strip() == ""
