import subprocess
import sys


def test_heavy_libraries_are_loaded_only_when_something_is_counted_or_protected():
    code = (
        "import sys, driegesprek.evidence, driegesprek.figures;"
        "print(*sorted({'numpy', 'scipy', 'ibis', 'duckdb', 'pyarrow', 'django'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603 -- our own code
    assert done.stdout.strip() == ""
