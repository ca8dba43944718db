/** `npm run check`: types, lint with import directions, formatting, unused files; in under a minute. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { readArguments } from './setup/arguments.mjs';
import { ROOT, ensurePackages } from './setup.mjs';

const bin = (name) => join(ROOT, 'node_modules/.bin', name);
const CHECKS = [
  ['types', 'tsc', ['-p', '.']],
  ['lint', 'oxlint', ['--type-aware', '--deny-warnings', 'src', 'test', 'scripts', 'vite.config.ts']],
  ['format', 'prettier', ['--check', '--log-level', 'warn', '.']],
  ['unused', 'knip', ['--no-progress']],
];

function check([name, program, args]) {
  return new Promise((resolve) => {
    const started = performance.now();
    const child = spawn(bin(program), args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const collect = (data) => {
      output += data.toString();
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.once('error', (error) => {
      output += error.message;
      resolve(false);
    });
    child.once('close', (code) => {
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      process.stdout.write(`${code === 0 ? 'ok  ' : 'FAIL'} ${name} (${seconds} s)\n`);
      if (code !== 0) process.stdout.write(`${output.trim()}\n`);
      resolve(code === 0);
    });
  });
}

readArguments();
ensurePackages();
const results = await Promise.all(CHECKS.map(check));
process.exitCode = results.every(Boolean) ? 0 : 1;
