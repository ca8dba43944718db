/** Starts browsers in which the names of real sites, and all below them, lead to the tests' own server. */
import type { BrowserName, LaunchOptions } from '../../../src/cli/drive/driver';

const TEST_HOSTS = ['site.test', 'www.site.test', 'cdn.test', 'cors.test', 'other.test'];

/** @param hosts as they stand in addresses */
export function withHosts(name: BrowserName, hosts: string[]): Partial<LaunchOptions> {
  const all = [...TEST_HOSTS, ...hosts];
  return name === 'chromium'
    ? { args: [`--host-resolver-rules=${all.map((host) => `MAP ${host} 127.0.0.1`).join(', ')}`] }
    : { prefs: { 'network.dns.localDomains': all.join(',') } };
}
