/** A list from its public repository: as of the commit that changed it last, and as that commit has it. */
import { createHash } from 'node:crypto';

const TIMEOUT_MS = 30_000;

async function get(url) {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    if (answer.ok) return Buffer.from(await answer.arrayBuffer());
    throw new Error(`${url} answered ${answer.status}.`);
  } catch (error) {
    if (error.message.startsWith(url)) throw error;
    throw new Error(`${url} can't be reached, or not to its end (${error.cause?.code ?? error.name}).`);
  }
}

/** @param read takes what is needed from the answer; @returns null for an answer that is something else */
async function getJson(url, read) {
  const text = (await get(url)).toString();
  try {
    return read(JSON.parse(text));
  } catch {
    return null;
  }
}

/** The commit that changed a file last, and its day. */
async function lastChange(repository, path, api) {
  const url = `${api}/repos/${repository}/commits?path=${encodeURIComponent(path)}&per_page=1`;
  const last = await getJson(url, ([{ sha, commit }]) => ({
    commit: sha,
    date: new Date(commit.committer.date).toISOString().slice(0, 10),
  }));
  if (!/^[0-9a-f]{40}$/.test(last?.commit)) throw new Error(`${url} names no commit with a date.`);
  return last;
}

/** Git's own hash of a file. */
const gitHash = (bytes) => createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');

async function statedHash(repository, path, commit, api) {
  const url = `${api}/repos/${repository}/contents/${path}?ref=${commit}`;
  const hash = await getJson(url, ({ sha }) => sha);
  if (!/^[0-9a-f]{40}$/.test(hash)) throw new Error(`${url} states no hash.`);
  return hash;
}

/** @param list as in sources.json; `origin` is a repository and a folder in it */
export async function download({ file, origin, ...before }, { api, raw }) {
  const [repository, folder] = origin.split(' ');
  const path = `${folder}${file}`;
  const { commit, date } = await lastChange(repository, path, api);
  if (date < before.date) throw new Error(`${file} as offered is of ${date}, older than the one of ${before.date}.`);
  const hash = await statedHash(repository, path, commit, api);
  const bytes = await get(`${raw}/${repository}/${commit}/${path}`);
  if (gitHash(bytes) !== hash) throw new Error(`${file} as it came is not what its repository has: another hash.`);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (commit === before.commit && sha256 !== before.sha256) {
    throw new Error(`${file} as it came is not what this very commit had before: another hash.`);
  }
  return { text: bytes.toString(), commit, date, sha256 };
}
