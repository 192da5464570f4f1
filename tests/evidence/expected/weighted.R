# Weighted scales and changes by R (survey 4.1-1, psych 2.2.9): Rscript tests/evidence/expected/weighted.R
# writes tests/evidence/expected/weighted.json from pupils.csv beside it.
suppressMessages({library(survey); library(psych); library(jsonlite)})
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
d <- read.csv(file.path(here, "pupils.csv"))
it <- c("q1", "q2", "q3", "q4", "q5", "q6")
k <- d[complete.cases(d[, c(it, "weight")]) & d$weight > 0, ]
k$q3 <- 6 - k$q3
m <- as.matrix(k[, it])
cw <- cov.wt(m, wt = k$weight, method = "ML")
C <- cw$cov * nrow(k) / (nrow(k) - 1)
alpha <- 6 / 5 * (1 - sum(diag(C)) / sum(C))
k$u <- rowSums(sweep(m, 2, cw$center)^2)
k$v <- (rowSums(m) - sum(cw$center))^2
r <- svyratio(~u, ~v, svydesign(~1, weights = ~weight, data = k))
reach <- exp(qt(.975, nrow(k) - 1) * as.numeric(SE(r)) / as.numeric(coef(r)))
f <- fa(cov2cor(C), 1, fm = "minres", n.obs = nrow(k))
rest <- sapply(seq_along(it), function(j) cov.wt(cbind(m[, j], rowSums(m[, -j])), wt = k$weight, cor = TRUE)$cor[1, 2])
scale <- list(n = nrow(k), alpha = alpha, alpha_ci = 1 - (1 - alpha) * c(reach, 1 / reach),
  omega = 1 - sum(f$uniquenesses) / sum(cov2cor(C)), item_rest = rest, mean = mean(cw$center), sd = sqrt(sum(C)) / 6)
b <- d[complete.cases(d[, c("pre", "post", "weight")]) & d$weight > 0, ]
b$c <- b$post - b$pre
b$up <- as.numeric(b$c > 0)
change <- function(id) {
  D <- svydesign(id, weights = ~weight, data = b)
  found <- svymean(~c + up + pre + post, D)
  spread <- sapply(list(~c, ~pre, ~post), function(one) sqrt(as.numeric(coef(svyvar(one, D)))))
  ends <- confint(found, df = degf(D))
  list(n = nrow(b), mean = as.numeric(coef(found)), se = as.numeric(SE(found)), sd = spread, df = degf(D),
    ci = ends["c", ], improved = 100 * ends["up", ])
}
v <- function(x, w) sum(w * (x - sum(w * x) / sum(w))^2) / sum(w) * sum(w > 0) / (sum(w > 0) - 1)
effects <- withReplicates(as.svrepdesign(svydesign(~school, weights = ~weight, data = b), type = "JK1"), function(w, d) {
  moved <- sum(w * d$c) / sum(w)
  c(moved / sqrt(v(d$c, w)), moved / sqrt((v(d$pre, w) + v(d$post, w)) / 2))
})
write(toJSON(list(scale = scale, alone = change(~1), schools = change(~school),
  effects = list(d = as.numeric(coef(effects)), se = as.numeric(SE(effects)))), digits = 14, auto_unbox = TRUE,
  pretty = TRUE), file.path(here, "weighted.json"))
