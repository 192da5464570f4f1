# The 95 % interval of a noncentrality, with R's own pt (good to |ncp| = 37.6) and uniroot. Rscript noncentral.R
options(digits = 15)
for (pair in list(c(0, 1), c(2, 1), c(12, 1), c(3.5, 4), c(-8, 9), c(20, 30), c(30, 200), c(1, 1e4), c(25, 1e6))) {
  at <- function(p) uniroot(function(nc) suppressWarnings(pt(pair[1], pair[2], nc)) - p, c(-37, 37), tol = 1e-13)$root
  cat(sprintf("(%g, %g, %.12g, %.12g),\n", pair[1], pair[2], at(0.975), at(0.025)))
}
