# Makes expected.json, the values that the tests of evidence compare with: Rscript expected.R (in this folder).
# Debian packages: r-base-core r-cran-psych r-cran-gparotation r-cran-lme4 r-cran-lmertest r-cran-survey r-cran-clubsandwich r-cran-mice r-cran-jsonlite
suppressMessages({library(psych); library(lmerTest); library(clubSandwich); library(survey); library(mice); library(jsonlite)})
options(survey.lonely.psu = "fail")
d <- read.csv("pupils.csv", stringsAsFactors = TRUE)
out <- list(versions = sapply(c("psych", "lme4", "lmerTest", "clubSandwich", "survey", "mice"), function(p) as.character(packageVersion(p))))

# scale
one_scale <- function(x) {
  a <- psych::alpha(x, warnings = FALSE, check.keys = FALSE)
  omega_of <- function(y) {
    invisible(capture.output(o <- suppressWarnings(suppressMessages(psych::omega(y, nfactors = 1, plot = FALSE, flip = FALSE)))))
    o$omega.tot
  }
  list(n = nrow(na.omit(x)), alpha = a$total$raw_alpha, feldt = unlist(alpha.ci(a$total$raw_alpha, n.obs = nrow(x), n.var = ncol(x))),
       item_rest = a$item.stats$r.drop, alpha_if_dropped = a$alpha.drop$raw_alpha,
       omega = omega_of(x), omega_if_dropped = sapply(seq_along(x), function(i) omega_of(x[, -i])),
       mean = mean(rowMeans(x)), sd = sd(rowMeans(x)))
}
items <- d[, paste0("q", 1:6)]
items$q3 <- 6 - items$q3
out$scale_listwise <- one_scale(na.omit(items))
out$scale_pairwise <- one_scale(items)

# regress
fit_values <- function(m, cluster) {
  ct <- as.data.frame(coef_test(m, vcov = "CR2", cluster = cluster, test = "Satterthwaite"))
  s <- summary(m)$coefficients
  list(term = rownames(s), b = s[, 1], se = s[, 2], p_ols = s[, 4], se_cr2 = ct$SE, df_cr2 = ct$df_Satt, p = ct$p_Satt, n = nobs(m))
}
type3 <- function(formula, data, weights = NULL) {
  old <- options(contrasts = c("contr.sum", "contr.poly")); on.exit(options(old))
  data$.w <- if (is.null(weights)) 1 else weights
  m <- lm(formula, data = data, weights = .w)
  x <- model.matrix(m); b <- coef(m); v <- vcov(m); a <- attr(x, "assign"); labels <- attr(terms(m), "term.labels")
  sse <- sum(m$weights * residuals(m)^2); dfr <- df.residual(m)
  lapply(seq_along(labels), function(i) {
    k <- which(a == i); f <- drop(t(b[k]) %*% solve(v[k, k], b[k])) / length(k); ss <- f * length(k) * sse / dfr
    list(term = labels[i], df1 = length(k), df2 = dfr, f = f, p = pf(f, length(k), dfr, lower.tail = FALSE), partial_eta2 = ss / (ss + sse))
  })
}
blocks <- list("pre", "sex + origin", "homework + talk", "homework:talk")
c1 <- na.omit(d[, c("post", "pre", "sex", "origin", "homework", "talk", "school", "weight")])
formula_to <- function(k) as.formula(paste("post ~", paste(blocks[1:k], collapse = " + ")))
block_values <- function(w) {
  c1$.w <- w
  null <- lm(post ~ 1, data = c1, weights = .w)
  models <- c(list(null), lapply(seq_along(blocks), function(k) lm(formula_to(k), data = c1, weights = .w)))
  lapply(seq_along(blocks), function(k) {
    r2 <- summary(models[[k + 1]])$r.squared
    before <- if (k == 1) 0 else summary(models[[k]])$r.squared
    a <- anova(models[[k]], models[[k + 1]])
    list(r2 = r2, r2_change = r2 - before, f = a$F[2], df1 = a$Df[2], df2 = a$Res.Df[2], p = a[["Pr(>F)"]][2])
  })
}
full <- lm(formula_to(4), data = c1)
z <- as.data.frame(lapply(as.data.frame(cbind(post = c1$post, model.matrix(full)[, -1])), function(v) v))
sds <- sapply(z, sd)
out$regress <- c(fit_values(full, c1$school), list(blocks = block_values(rep(1, nrow(c1))), type3 = type3(formula_to(4), c1), beta = unname(coef(full)[-1] * sds[-1] / sds[1])))
both <- linear_contrast(full, vcov = "CR2", cluster = c1$school, contrasts = matrix(as.numeric(names(coef(full)) %in% c("homeworkyes", "talkyes", "homeworkyes:talkyes")), 1), level = 0.95)
out$contrast <- list(b = both$Est, se = both$SE, df = both$df, low = both$CI_L, high = both$CI_U)
weighted <- lm(formula_to(4), data = c1, weights = weight)
out$regress_weighted <- c(fit_values(weighted, c1$school), list(blocks = block_values(c1$weight), type3 = type3(formula_to(4), c1, c1$weight)))
three <- lm(post ~ pre * sex + origin, data = c1)
out$type3_with_number <- type3(post ~ pre * sex + origin, c1)

# mixed
mixed_values <- function(formula, data) {
  m <- lmer(formula, data = data, control = lmerControl(optimizer = "nloptwrap", optCtrl = list(xtol_abs = 1e-14, ftol_abs = 1e-14, maxeval = 1e5)))
  s <- summary(m)$coefficients
  v <- as.data.frame(VarCorr(m))
  cr2 <- as.data.frame(coef_test(m, vcov = "CR2", test = "Satterthwaite"))
  list(term = rownames(s), b = s[, 1], se = s[, 2], df = s[, 3], p = s[, 5], se_cr2 = cr2$SE, df_cr2 = cr2$df_Satt, p_cr2 = cr2$p_Satt, groups = setNames(as.list(v$vcov), v$grp), reml = REMLcrit(m), n = nobs(m))
}
out$mixed_one <- mixed_values(post ~ pre + sex + homework + (1 | school), d)
out$mixed_two <- mixed_values(post ~ pre + sex + homework + (1 | school / class), d)
out$mixed_null <- mixed_values(post ~ 1 + (1 | school), d)

# crosstab
tab <- function(cols, keep = c("q1", cols)) na.omit(d[, c(keep, "weight", "school")])
plain <- tab("origin"); x <- chisq.test(table(plain$q1, plain$origin), correct = FALSE)
out$crosstab <- list(n = nrow(plain), chi2 = unname(x$statistic), df = unname(x$parameter), p = x$p.value,
  v = sqrt(unname(x$statistic) / (nrow(plain) * 2)), kruskal = unclass(kruskal.test(q1 ~ origin, data = plain))[c("statistic", "p.value")])
two <- tab("sex"); w <- wilcox.test(q1 ~ sex, data = two, exact = FALSE, correct = FALSE)
pairs <- sapply(1:5, function(k) prop.test(c(sum(two$q1[two$sex == "boy"] == k), sum(two$q1[two$sex == "girl"] == k)), c(sum(two$sex == "boy"), sum(two$sex == "girl")), correct = FALSE)$p.value)
out$crosstab_two <- list(u = unname(w$statistic), p = w$p.value, pairs = pairs, holm = p.adjust(pairs, "holm"), bonferroni = p.adjust(pairs, "bonferroni"), fdr = p.adjust(pairs, "BH"))
rao <- function(data, ids) {
  design <- svydesign(ids = ids, weights = ~weight, data = data)
  s <- svychisq(~q1 + origin, design); pearson <- svychisq(~q1 + origin, design, statistic = "Chisq")
  m <- svyby(~ I(q1 == 5), ~origin, design, svymean, covmat = TRUE)
  k <- grep("TRUE", names(coef(m))); one <- svycontrast(m, setNames(list(c(1, -1)), "d")[[1]] |> (\(v) { z <- rep(0, length(coef(m))); z[k[1:2]] <- v; z })())
  list(f = unname(s$statistic), df1 = unname(s$parameter[1]), df2 = unname(s$parameter[2]), p = s$p.value, chi2 = unname(pearson$statistic), difference = unname(coef(one)), se = unname(sqrt(vcov(one)[1])))
}
out$rao_weighted <- rao(plain, ~1)
out$rao_clustered <- rao(plain, ~school)

# weights
c2 <- na.omit(d[, c("sex", "origin", "post", "school", "weight")])
population <- c(`(Intercept)` = 1000, sexgirl = 520, originother = 280, originturkish = 170)
weights_of <- function(ids) {
  design <- svydesign(ids = ids, weights = ~weight, data = c2)
  raked <- calibrate(design, ~ sex + origin, population, calfun = "raking", epsilon = 1e-13, maxit = 1000)
  replicates <- rake(as.svrepdesign(design, type = "JK1"), list(~sex, ~origin), list(data.frame(sex = c("boy", "girl"), Freq = c(480, 520)), data.frame(origin = c("dutch", "other", "turkish"), Freq = c(550, 280, 170))), control = list(maxit = 2000, epsilon = 1e-11))
  plain_mean <- svymean(~post, design)
  list(n = nrow(c2), mean = unname(coef(svymean(~post, raked))), mean_se = unname(SE(svymean(~post, raked))[1]), total = unname(coef(svytotal(~post, raked))), total_se = unname(SE(svytotal(~post, raked))[1]),
       jackknife = unname(SE(svymean(~post, replicates))[1]), kish = nrow(c2) * sum(weights(raked)^2) / sum(weights(raked))^2,
       unraked = unname(coef(plain_mean)), unraked_se = unname(SE(plain_mean)[1]))
}
out$weights <- weights_of(~1)
out$weights_clustered <- weights_of(~school)

# change
both <- na.omit(d[, c("pre", "post", "school")]); moved <- both$post - both$pre
t1 <- t.test(both$post, both$pre, paired = TRUE)
nc <- function(t, df) sapply(c(0.975, 0.025), function(p) uniroot(function(x) pt(t, df, x) - p, t + c(-9, 9), tol = 1e-12)$root)
a <- var(both$pre) + var(both$post); k <- sqrt(2 * (a - 2 * cov(both$pre, both$post)) / (nrow(both) * a)); dav <- mean(moved) / sqrt(a / 2)
ct <- coef_test(lm(moved ~ 1), vcov = "CR2", cluster = both$school)
out$change <- list(n = nrow(both), t = unname(t1$statistic), p = t1$p.value, ci = t1$conf.int[1:2], dz = mean(moved) / sd(moved), dz_ci = nc(unname(t1$statistic), nrow(both) - 1) / sqrt(nrow(both)),
  dav = dav, dav_ci = nc(dav / k, nrow(both) - 1) * k, up = sum(moved > 0), se_cr2 = ct$SE, df_cr2 = ct$df_Satt)

# power: two arms of k/2 classes of 20, icc 0.1, effect 0.3
power_of <- function(k) { df <- k - 2; shift <- 0.3 / sqrt(4 / k * (0.1 + 0.9 / 20)); edge <- qt(0.975, df); pt(edge, df, shift, lower.tail = FALSE) + pt(-edge, df, shift) }
ks <- seq(4, 400, 2); k <- ks[which(sapply(ks, power_of) >= 0.8)[1]]
out$power <- list(classes = k, power = power_of(k))

# Rubin's rules
q <- c(0.31, 0.42, 0.28, 0.39, 0.35); se <- c(0.11, 0.12, 0.1, 0.115, 0.108)
r <- pool.scalar(q, se^2, n = 61, k = 1)
out$rubin <- list(b = r$qbar, se = sqrt(r$t), df = r$df, fmi = r$fmi)
set.seed(1)
imputed <- mice(d[, c("post", "pre", "sex", "homework", "talk", "school")], m = 100, maxit = 10, printFlag = FALSE, method = c("", "pmm", "logreg", "", "", ""))
pooled <- summary(pool(with(imputed, lm(post ~ pre + sex + homework + talk))))
out$mice <- list(term = as.character(pooled$term), b = pooled$estimate, se = pooled$std.error)
writeLines(toJSON(out, digits = NA, auto_unbox = TRUE, pretty = 1), "expected.json")
