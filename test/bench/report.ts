/** The numbers as a Markdown page. */
import { execFileSync } from 'node:child_process';
import { cpus, loadavg, totalmem } from 'node:os';
import type { BrowserName } from '../../src/cli/drive/driver';
import { findBrowser } from '../../src/cli/drive/executables';
import { PARTS } from './parts';
import { median } from './stats';
import type { Measure } from './stats';

export type Results = Record<string, Partial<Record<BrowserName, Measure[]>>>;

const number = (value: number): string =>
  value >= 100 ? String(Math.round(value)) : value >= 1 ? value.toFixed(1) : value.toFixed(2);

/** Median, lowest and highest; or why there is none. */
export function cell(measure: Measure | undefined): string {
  if (measure === undefined) return '';
  const { values, unit, why } = measure;
  const reason = why === undefined ? '' : ` (${why})`;
  if (values.length === 0) return `not measured${reason}`;
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const range = values.length === 1 ? '' : ` (${number(low)}–${number(high)})`;
  return `${number(median(values))} ${unit}${range}${reason}`;
}

function verdict(measures: (Measure | undefined)[]): string {
  const judged = measures.filter((m) => m?.target !== undefined && m.values.length > 0);
  return judged.map((m) => (m?.target?.holds(median(m.values)) === true ? 'met' : '**missed**')).join(' / ');
}

function table(results: Partial<Record<BrowserName, Measure[]>>): string[] {
  const browsers = Object.keys(results) as BrowserName[];
  const names = [...new Set(browsers.flatMap((b) => results[b]?.map((m) => m.name) ?? []))];
  const lines = names.map((name) => {
    const measures = browsers.map((b) => results[b]?.find((m) => m.name === name));
    const target = measures.find((m) => m?.target !== undefined)?.target?.text ?? '';
    return [name, ...measures.map(cell), target, verdict(measures)];
  });
  const head = ['', ...browsers, 'limit', browsers.length > 1 ? `met (${browsers.join(' / ')})` : 'met'];
  return [head, head.map(() => '---'), ...lines].map(
    (row) => `| ${row.map((c) => c.replaceAll('|', '/')).join(' | ')} |`,
  );
}

function version(browser: BrowserName): string {
  return execFileSync(findBrowser(browser), ['--version'], { encoding: 'utf8', stdio: 'pipe' }).trim();
}

/** Load of the machine, as three averages. */
export const load = (): string =>
  loadavg()
    .map((l) => l.toFixed(2))
    .join(' ');

export function report(results: Results, runs: number, loadBefore: string, commit: string): string {
  const browsers = [...new Set(Object.values(results).flatMap((r) => Object.keys(r)))] as BrowserName[];
  const [cpu] = cpus();
  const facts = [
    `- ${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC, commit ${commit}`,
    `- ${cpu?.model.trim() ?? 'unknown processor'}, ${String(cpus().length)} cores, ${(totalmem() / 2 ** 30).toFixed(1)} GiB`,
    `- ${browsers.map(version).join('; ')}; headless, no graphics processor`,
    `- load average before: ${loadBefore}; after: ${load()}`,
  ];
  const parts = Object.entries(results).flatMap(([name, result]) => {
    const part = PARTS[name];
    return part === undefined ? [] : ['', `## ${part.title}`, '', part.how, '', ...table(result)];
  });
  const intro = `Made by \`npm run bench\`. Medians of ${String(runs)} (lowest–highest); limits are those of the product's outline.`;
  return ['# Measured', '', intro, '', ...facts, ...parts, ''].join('\n');
}
