/** A list from its public repository: as of the commit that changed it last. */
import { createHash } from 'node:crypto';

const TIMEOUT_MS = 30_000;

async function get(url) {
  const answer = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) }).catch((error) => {
    throw new Error(`${url} can't be reached (${error.cause?.code ?? error.name}).`);
  });
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}.`);
  return await answer.text();
}

/** The commit that changed a file last, and its day. */
async function lastChange(repository, path, api) {
  const url = `${api}/repos/${repository}/commits?path=${encodeURIComponent(path)}&per_page=1`;
  let commit, date;
  try {
    const [last] = JSON.parse(await get(url));
    commit = last.sha;
    date = new Date(last.commit.committer.date).toISOString().slice(0, 10);
  } catch (error) {
    if (error.message.startsWith(url)) throw error;
  }
  if (date === undefined || !/^[0-9a-f]{40}$/.test(commit)) throw new Error(`${url} names no commit with a date.`);
  return { commit, date };
}

/** @param list as in sources.json; `origin` is a repository and a folder in it */
export async function download({ file, origin }, { api, raw }) {
  const [repository, folder] = origin.split(' ');
  const path = `${folder}${file}`;
  const { commit, date } = await lastChange(repository, path, api);
  const text = await get(`${raw}/${repository}/${commit}/${path}`);
  return { text, commit, date, sha256: createHash('sha256').update(text).digest('hex') };
}
