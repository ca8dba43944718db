/** The logistic function. */
export const sigmoid = (logit: number): number => 1 / (1 + Math.exp(-logit));

/** Its inverse, for 0 < p < 1. */
export const logit = (p: number): number => Math.log(p / (1 - p));
