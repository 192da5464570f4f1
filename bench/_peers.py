"""What others need for the same statistics on the same file: pandas with statsmodels, and R where it is installed."""

import shutil
import subprocess
import sys
import time
from pathlib import Path

FORMULA = "y ~ pre + sex * track + q1 + q2"
IN_R = """
a <- commandArgs(TRUE); d <- read.csv(a[1], stringsAsFactors = TRUE)
took <- function(x) cat(system.time(x)[["elapsed"]], "\\n")
switch(a[2],
  scale = { suppressMessages(library(psych)); took(psych::alpha(d, warnings = FALSE, check.keys = FALSE)) },
  regress = { suppressMessages(library(clubSandwich))
    took({ m <- lm(y ~ pre + sex * track + q1 + q2, d)
      coef_test(m, vcovCR(m, d$school, "CR2"), test = "Satterthwaite") }) },
  mixed = { suppressMessages(library(lme4)); took(lmer(y ~ pre + sex + (1 | school/class), d)) })
"""


def in_pandas(path: Path, which: str, columns: list[str]) -> float:
    """Seconds, the file read once and the model made from it."""
    import pandas as pd  # noqa: PLC0415 - heavy, and measured in a process of its own
    import statsmodels.formula.api as smf  # noqa: PLC0415 - as above

    start = time.perf_counter()
    frame = pd.read_parquet(path, columns=columns)
    if which == "scale":
        cov = frame.cov().to_numpy()
        print(len(cov) / (len(cov) - 1) * (1 - cov.trace() / cov.sum()), file=sys.stderr)
    else:
        smf.ols(FORMULA, frame).fit(cov_type="cluster", cov_kwds={"groups": frame["school"]})
    return time.perf_counter() - start


def in_r(path: Path, which: str, columns: list[str]) -> float | None:
    """Seconds of the model alone, the file read beforehand; None, with the reason on standard error, without R."""
    if not (program := shutil.which("Rscript")):
        print(
            "R is left out: there is no Rscript (apt-get install r-base-core and the packages).",
            file=sys.stderr,
        )
        return None
    import pyarrow.csv as arrow_csv  # noqa: PLC0415 - heavy
    import pyarrow.parquet as pq  # noqa: PLC0415 - heavy

    table = path.with_suffix(f".{which}.csv")
    arrow_csv.write_csv(pq.read_table(path, columns=columns), table)
    try:
        command = [program, "-e", IN_R, str(table), which]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=900)
    finally:
        table.unlink()
    if done.returncode:
        print(f"R is left out: {done.stderr.strip()[-200:]}", file=sys.stderr)
        return None
    return float(done.stdout.split()[-1])
